import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for a list of blocks with one that does not exist here. */
export const BLOCK_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/block-unknown",
    claim: "Every block of the list must exist.",
    value: { template: 'Unknown ramblock "%s", cannot accept migration', to: "stderr" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0: migration/ram.c, ram_load(), ram_load_precopy()" }],
  },
];

/** The text for a block of another size that cannot be resized. */
export const BLOCK_SIZE_DIFFERS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/block-size/length",
    claim: "A block of another size is refused.",
    value: { template: "Length mismatch: %s: 0x%llx in != 0x%llx: Invalid argument", to: "stderr" },
    since: "2.5",
    until: "5.2",
    evidence: [{ kind: "source", where: "2.5.0 to 5.1.0: exec.c, qemu_ram_resize()" }],
  },
  {
    id: "qemu/ram/block-size/size",
    claim: "A block of another size is refused, in other words.",
    value: { template: "Size mismatch: %s: 0x%llx != 0x%llx: Invalid argument", to: "stderr" },
    since: "5.2",
    evidence: [
      { kind: "source", where: "5.2.0: softmmu/physmem.c, qemu_ram_resize()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The text for a ROM that is larger than it may become. */
export const BLOCK_TOO_LARGE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/block-too-large/length",
    claim: "A ROM grows up to its limit.",
    value: { template: "Length too large: %s: 0x%llx > 0x%llx: Invalid argument", to: "stderr" },
    since: "2.5",
    until: "5.2",
    evidence: [{ kind: "source", where: "2.5.0 to 5.1.0: exec.c, qemu_ram_resize()" }],
  },
  {
    id: "qemu/ram/block-too-large/size",
    claim: "A ROM grows up to its limit; in other words.",
    value: { template: "Size too large: %s: 0x%llx > 0x%llx: Invalid argument", to: "stderr" },
    since: "5.2",
    evidence: [
      { kind: "source", where: "5.2.0: softmmu/physmem.c, qemu_ram_resize()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The text for a block that only one side leaves out. */
export const SHARED_FLAG_DIFFERS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/shared-flag-differs",
    claim: "Both sides must leave out the same blocks.",
    value: { template: "RAM block %s should %s be migrated", to: "stderr" },
    since: "4.0",
    until: "4.1",
    evidence: [{ kind: "source", where: "4.0.0: migration/ram.c, ram_load()" }],
  },
];

/** The text for a block that is there but stays on its host. */
export const BLOCK_NOT_MIGRATABLE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/block-not-migratable",
    claim: "A block that does not migrate, such as that of a device assigned to the guest, is refused.",
    value: { template: "block %s should not be migrated !", to: "stderr" },
    since: "3.0",
    evidence: [
      { kind: "commit", commit: "b895de5027", release: "3.0" },
      { kind: "source", where: "3.0.0 to 11.1.0-rc2: migration/ram.c, ram_load(), ram_block_from_stream()" },
    ],
  },
];

/** The text for pages of another size, which are compared once postcopy was announced. */
export const BLOCK_PAGE_SIZE_DIFFERS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/block-page-size",
    claim: "A block must have the same page size on both sides when postcopy was announced.",
    value: { template: "Mismatched RAM page size %s (local) %zd != %lld", to: "stderr" },
    since: "2.9",
    evidence: [{ kind: "commit", commit: "ef08fb389f", release: "2.9" }],
  },
];

/** The text for a shared block at another address of the guest. */
export const BLOCK_ADDRESS_DIFFERS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/block-address",
    claim: "With x-ignore-shared a block must lie at the same guest address on both sides.",
    value: { template: "Mismatched GPAs for block %s %lld!= %lld", to: "stderr" },
    since: "4.0",
    evidence: [{ kind: "commit", commit: "fbd162e629", release: "4.0" }],
  },
];
