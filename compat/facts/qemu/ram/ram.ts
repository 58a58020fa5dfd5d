import type { Fact } from "../../fact.ts";

/** Whether a page beyond the block is reported as if there were no block. */
export const CONTINUE_CHECKS_OFFSET: readonly Fact[] = [
  {
    id: "qemu/ram/continue-checks-offset",
    claim:
      "The block is looked up together with the offset, so that a page beyond the end of its block is one without a block.",
    value: true,
    since: "2.5",
    until: "2.6",
    evidence: [{ kind: "source", where: "2.5.0: migration/ram.c, host_from_stream_offset()" }],
  },
];

/** Flags that must not appear with mapped-ram. */
export const MAPPED_RAM_FORBIDS: readonly Fact<number>[] = [
  {
    id: "qemu/ram/mapped-ram-forbids",
    claim:
      "With mapped-ram no page stands in the RAM section: HOOK, MULTIFD_FLUSH, PAGE, XBZRLE and ZERO are refused.",
    value: 714,
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0 to 11.1.0: migration/ram.c, ram_load(), ram_load_precopy()" }],
  },
];

/** When pages compressed with zlib are taken. */
export const COMPRESSED_PAGES: readonly Fact<"always" | "capability">[] = [
  {
    id: "qemu/ram/compressed/always",
    claim: "Compressed pages are taken.",
    value: "always",
    since: "2.5",
    until: "2.10",
    evidence: [{ kind: "source", where: "2.5.0 to 2.9.0: migration/ram.c, ram_load(), ram_load_precopy()" }],
  },
  {
    id: "qemu/ram/compressed/capability",
    claim: "Compressed pages are taken with the capability compress.",
    value: "capability",
    since: "2.10",
    until: "9.1",
    evidence: [
      { kind: "source", where: "2.10.0 to 9.0.0: migration/ram.c, ram_load(), ram_load_precopy()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
];

/** What the ROM of ACPI tables may grow to. */
export const ACPI_TABLES_LIMIT: readonly Fact<number>[] = [
  {
    id: "qemu/ram/acpi-tables-limit",
    claim: "/rom@etc/acpi/tables has at most 2 MiB.",
    value: 0x200000,
    since: "2.5",
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" }],
  },
];

/** Whether the fields behind the size of a wrong block are read. */
export const BLOCK_FAILS_AT_ONCE: readonly Fact[] = [
  {
    id: "qemu/ram/block-fails-at-once",
    claim: "A block that is wrong is refused before its other fields are read.",
    value: true,
    since: "8.2",
    evidence: [{ kind: "source", where: "8.1.0 and 8.2.0: migration/ram.c, parse_ramblock()" }],
  },
];

/** What follows the size of a block with x-ignore-shared. */
export const SHARED_FIELDS: readonly Fact<"address-and-flag" | "address" | "address-first">[] = [
  {
    id: "qemu/ram/shared/flag",
    claim: "An address and a byte that tells whether the block is left out.",
    value: "address-and-flag",
    since: "4.0",
    until: "4.1",
    evidence: [{ kind: "source", where: "4.0.0: migration/ram.c, ram_load()" }],
  },
  {
    id: "qemu/ram/shared/address",
    claim: "An address.",
    value: "address",
    since: "4.1",
    until: "11.0",
    evidence: [
      { kind: "source", where: "4.1.0 to 10.2.0: migration/ram.c, ram_load_precopy(), parse_ramblock()" },
    ],
  },
  {
    id: "qemu/ram/shared/first",
    claim: "The address comes before the header of mapped-ram, and before the size is judged.",
    value: "address-first",
    since: "11.0",
    evidence: [{ kind: "source", where: "11.0.0: migration/ram.c, parse_ramblock()" }],
  },
];

/** What a record for RDMA is without RDMA. */
export const HOOK_RECORD: readonly Fact<"refused" | "ignored">[] = [
  {
    id: "qemu/ram/hook/refused",
    claim: "Flags that mean nothing but have HOOK are for RDMA: without it they are refused, without a text.",
    value: "refused",
    since: "2.5",
    until: "8.1",
    evidence: [{ kind: "source", where: "2.5.0 to 8.0.0: migration/qemu-file.c, ram_control_load_hook()" }],
  },
  {
    id: "qemu/ram/hook/ignored",
    claim: "HOOK alone is a record for RDMA, and nothing without it.",
    value: "ignored",
    since: "8.1",
    evidence: [
      {
        kind: "source",
        where:
          "8.1.0: migration/qemu-file.c, ram_control_load_hook(); 8.2.0 to 11.1.0: migration/rdma.c, rdma_registration_handle()",
      },
    ],
  },
];

/** Whether the end mark of a part waits for the multifd channels. */
export const FLUSHES_AT_END: readonly Fact<"always" | "machine">[] = [
  {
    id: "qemu/ram/flushes-at-end/always",
    claim: "Every end mark does.",
    value: "always",
    since: "3.0",
    until: "8.1",
    evidence: [{ kind: "source", where: "3.0.0 to 8.0.0: migration/ram.c, ram_load(), ram_load_precopy()" }],
  },
  {
    id: "qemu/ram/flushes-at-end/machine",
    claim: "It does for machine types up to 8.0 (multifd-flush-after-each-section).",
    value: "machine",
    since: "8.1",
    evidence: [
      {
        kind: "source",
        where:
          "8.1.0 to 11.1.0: migration/ram.c, ram_load(), ram_load_precopy(); hw/core/machine.c, hw_compat_8_0",
      },
    ],
  },
];
