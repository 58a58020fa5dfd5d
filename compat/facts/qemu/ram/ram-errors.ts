import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for a page of the same block as before where there was none. */
export const PAGE_WITHOUT_BLOCK: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/page-without-block",
    claim: "CONTINUE needs a block before it.",
    value: { template: "Ack, bad migration stream!", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0: migration/ram.c, ram_block_from_stream()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The text for a page of an unknown block. */
export const PAGE_BLOCK_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/page-block-unknown",
    claim: "The block of a page must exist.",
    value: { template: "Can't find block %s", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0: migration/ram.c, ram_block_from_stream()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The text for a page outside of its block, or without one. */
export const OFFSET_ILLEGAL: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/offset-illegal",
    claim: "A page must lie in its block.",
    value: { template: "Illegal RAM offset %llx", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0: migration/ram.c, ram_load(), ram_load_precopy()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The text for flags that mean nothing together. */
export const FLAGS_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/flags-unknown/alternate",
    claim: "Flags that mean nothing are refused; 0 is printed without 0x.",
    value: { template: "Unknown combination of migration flags: %#x", to: "stderr" },
    since: "2.5",
    until: "5.2",
    evidence: [{ kind: "source", where: "2.5.0: migration/ram.c, ram_load(), ram_load_precopy()" }],
  },
  {
    id: "qemu/ram/flags-unknown/prefixed",
    claim: "0x is always printed.",
    value: { template: "Unknown combination of migration flags: 0x%x", to: "stderr" },
    since: "5.2",
    evidence: [
      { kind: "source", where: "5.2.0 to 11.1.0: migration/ram.c, ram_load(), ram_load_precopy()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The text for a record whose first word is cut off. */
export const ADDRESS_UNREADABLE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/address-cut",
    claim: "The first word of a record is noticed to be missing.",
    value: { template: "Getting RAM address failed", to: "stderr" },
    since: "9.0",
    evidence: [
      { kind: "source", where: "9.0.0 to 11.1.0: migration/ram.c, ram_load(), ram_load_precopy()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** The text for flags that the capabilities forbid. */
export const FLAGS_UNEXPECTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/flags-unexpected",
    claim: "Flags that the capabilities forbid are printed.",
    value: { template: "Unexpected RAM flags: %d", to: "stderr" },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0 to 11.1.0: migration/ram.c, ram_load(), ram_load_precopy()" }],
  },
];
