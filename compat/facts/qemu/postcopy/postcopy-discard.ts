import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";
import { movedText } from "../../moved-text.ts";

/** A discard that nothing announced, or too late. */
export const DISCARD_STATE = movedText({
  id: "qemu/postcopy/discard/state",
  claim: "The text for POSTCOPY_RAM_DISCARD in another state than after POSTCOPY_ADVISE.",
  template: "CMD_POSTCOPY_RAM_DISCARD in wrong postcopy state (%d)",
  since: "2.5",
  movedIn: "10.2",
  commit: "fd487d7fc7",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_ram_handle_discard()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** A discard of an impossible length. */
export const DISCARD_LENGTH = movedText({
  id: "qemu/postcopy/discard/length",
  claim: "The text for a POSTCOPY_RAM_DISCARD that is too short, or whose ranges are not whole.",
  template: "CMD_POSTCOPY_RAM_DISCARD invalid length (%d)",
  since: "2.5",
  movedIn: "10.2",
  commit: "fd487d7fc7",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_ram_handle_discard()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** A discard of another version than 0. */
export const DISCARD_VERSION = movedText({
  id: "qemu/postcopy/discard/version",
  claim: "The text for another version of POSTCOPY_RAM_DISCARD.",
  template: "CMD_POSTCOPY_RAM_DISCARD invalid version (%d)",
  since: "2.5",
  movedIn: "10.2",
  commit: "fd487d7fc7",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_ram_handle_discard()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** A discard without a name. */
export const DISCARD_NAME = movedText({
  id: "qemu/postcopy/discard/name",
  claim: "The text for a POSTCOPY_RAM_DISCARD whose block name is empty or cut.",
  template: "CMD_POSTCOPY_RAM_DISCARD Failed to read RAMBlock ID",
  since: "2.5",
  movedIn: "10.2",
  commit: "fd487d7fc7",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_ram_handle_discard()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** A name that does not end with NUL. */
export const DISCARD_NIL = movedText({
  id: "qemu/postcopy/discard/nil",
  claim: "The text for a POSTCOPY_RAM_DISCARD without NUL behind the name.",
  template: "CMD_POSTCOPY_RAM_DISCARD missing nil (%d)",
  since: "2.5",
  movedIn: "10.2",
  commit: "fd487d7fc7",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_ram_handle_discard()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** The error of a range that cannot be dropped. */
export const DISCARD_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/discard/failed",
    claim: "The error names the block of a range that cannot be dropped; why is printed.",
    value: { template: "Failed to discard RAM range %s: %d", to: "error" },
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "fd487d7fc7", release: "10.2" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** A range of a block that is not there. */
export const DISCARD_UNKNOWN_BLOCK: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/discard/unknown-block",
    claim: "The text for a discard of an unknown RAM block.",
    value: { template: "ram_discard_range: Failed to find block '%s'", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0-rc2: migration/ram.c, ram_discard_range()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A range that begins inside a page. */
export const DISCARD_UNALIGNED_START: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/discard/unaligned-start/2.5",
    claim: "The text for a range that begins inside a page.",
    value: { template: "ram_discard_range: Unaligned start address: %p", to: "stderr" },
    since: "2.5",
    until: "2.9",
    evidence: [{ kind: "source", where: "2.5.0 to 2.8.0: migration/ram.c, ram_discard_range()" }],
  },
  {
    id: "qemu/postcopy/discard/unaligned-start/2.9",
    claim: "The text for a range that begins inside a page. The function has another name.",
    value: { template: "ram_block_discard_range: Unaligned start address: %p", to: "stderr" },
    since: "2.9",
    until: "11.1",
    evidence: [
      {
        kind: "source",
        where: "2.9.0 to 11.0.0: exec.c, softmmu/physmem.c, system/physmem.c, ram_block_discard_range()",
      },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
  {
    id: "qemu/postcopy/discard/unaligned-start/11.1",
    claim: "The text for a range that begins inside a page. The function has a new name again.",
    value: { template: "ram_block_discard_shared_range: Unaligned start address: %p", to: "stderr" },
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "1f3241bcae", release: "11.1" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** A range beyond the end of its block. */
export const DISCARD_OVERRUN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/discard/overrun/2.5",
    claim: "The text for a range beyond the end of its block.",
    value: { template: "ram_discard_range: Overrun block '%s' (%llu/%zx/%lx)", to: "stderr" },
    since: "2.5",
    until: "2.9",
    evidence: [{ kind: "source", where: "2.5.0 to 2.8.0: migration/ram.c, ram_discard_range()" }],
  },
  {
    id: "qemu/postcopy/discard/overrun/2.9",
    claim: "The text for a range beyond the end of its block. The function has another name.",
    value: { template: "ram_block_discard_range: Overrun block '%s' (%llu/%zx/%lx)", to: "stderr" },
    since: "2.9",
    until: "11.1",
    evidence: [
      {
        kind: "source",
        where: "2.9.0 to 11.0.0: exec.c, softmmu/physmem.c, system/physmem.c, ram_block_discard_range()",
      },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
  {
    id: "qemu/postcopy/discard/overrun/11.1",
    claim: "The text for a range beyond the end of its block. The function has a new name again.",
    value: { template: "ram_block_discard_shared_range: Overrun block '%s' (%llu/%zx/%lx)", to: "stderr" },
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "1f3241bcae", release: "11.1" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** A range that ends inside a page. */
export const DISCARD_UNALIGNED_END: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/discard/unaligned-end/2.5",
    claim: "The text for a range that ends inside a page.",
    value: { template: "ram_discard_range: Unaligned end address: %p", to: "stderr" },
    since: "2.5",
    until: "2.9",
    evidence: [{ kind: "source", where: "2.5.0 to 2.8.0: migration/ram.c, ram_discard_range()" }],
  },
  {
    id: "qemu/postcopy/discard/unaligned-end/2.9",
    claim: "The text for a range that ends inside a page. The function has another name.",
    value: { template: "ram_block_discard_range: Unaligned end address: %p", to: "stderr" },
    since: "2.9",
    until: "5.0",
    evidence: [{ kind: "source", where: "2.9.0 to 4.2.0: exec.c, ram_block_discard_range()" }],
  },
  {
    id: "qemu/postcopy/discard/unaligned-length/5.0",
    claim: "The text for a range that ends inside a page tells its length.",
    value: { template: "ram_block_discard_range: Unaligned length: %zx", to: "stderr" },
    since: "5.0",
    until: "11.1",
    evidence: [
      {
        kind: "source",
        where: "5.0.0 to 11.0.0: exec.c, softmmu/physmem.c, system/physmem.c, ram_block_discard_range()",
      },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
  {
    id: "qemu/postcopy/discard/unaligned-length/11.1",
    claim: "The text for a range that ends inside a page tells its length. The function has a new name.",
    value: { template: "ram_block_discard_shared_range: Unaligned length: %zx", to: "stderr" },
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "1f3241bcae", release: "11.1" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** Bits of received pages are cleared before a range is looked at. */
export const DISCARD_CLEARS_FIRST: readonly Fact[] = [
  {
    id: "qemu/postcopy/discard/clears-first",
    claim:
      "The bits of a discarded range are cleared in the bitmap of received pages before the range is checked, also behind its end.",
    value: true,
    since: "2.11",
    evidence: [
      { kind: "source", where: "2.11.0 to 11.1.0-rc2: migration/ram.c, ram_discard_range()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13: aborts with a heap that is torn" },
    ],
  },
];
