import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** A page of the block before, when there is none. */
export const PAGE_WITHOUT_BLOCK: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/page/no-block",
    claim: "The text for a page with CONTINUE before any block was named.",
    value: { template: "Ack, bad migration stream!", to: "stderr" },
    since: "2.5",
    evidence: [
      {
        kind: "source",
        where:
          "2.5.0: migration/ram.c, host_from_stream_offset(); 2.6.0 to 11.1.0-rc2: migration/ram.c, ram_block_from_stream()",
      },
    ],
  },
];

/** A page of a block that is not there. */
export const PAGE_UNKNOWN_BLOCK: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/page/unknown-block",
    claim: "The text for a page of an unknown block.",
    value: { template: "Can't find block %s", to: "stderr" },
    since: "2.5",
    evidence: [
      {
        kind: "source",
        where:
          "2.5.0: migration/ram.c, host_from_stream_offset(); 2.6.0 to 11.1.0-rc2: migration/ram.c, ram_block_from_stream()",
      },
    ],
  },
];

/** A page beyond its block. */
export const PAGE_ILLEGAL_OFFSET: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/page/illegal-offset",
    claim: "The text for a page beyond the end of its block.",
    value: { template: "Illegal RAM offset %lx", to: "stderr" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0-rc2: migration/ram.c, ram_load_postcopy()" }],
  },
];

/** A page of a host page that is not the one begun. */
export const POSTCOPY_PAGE_ORDER: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/ram/order/2.5",
    claim: "Target pages come in order within a host page.",
    value: { template: "Non-sequential target page %p/%p", to: "stderr" },
    since: "2.5",
    until: "5.0",
    evidence: [{ kind: "source", where: "2.5.0 to 4.2.0: migration/ram.c, ram_load_postcopy()" }],
  },
  {
    id: "qemu/postcopy/ram/order/5.0",
    claim: "Target pages come in any order, but all of one host page before another begins.",
    value: { template: "Non-same host page %p/%p", to: "stderr" },
    since: "5.0",
    until: "7.0",
    evidence: [{ kind: "commit", commit: "91ba442f5c", release: "5.0" }],
  },
  {
    id: "qemu/postcopy/ram/order/7.0",
    claim: "All pages of one host page come before another begins; the text names the block.",
    value: {
      template:
        "Non-same host page detected.  Target host page %p, received host page %p (rb %s offset 0x%lx target_pages %d)",
      to: "stderr",
    },
    since: "7.0",
    until: "7.1",
    evidence: [{ kind: "commit", commit: "cfc7dc8abf", release: "7.0" }],
  },
  {
    id: "qemu/postcopy/ram/order/7.1",
    claim: "All pages of one host page come before another begins; the text names block and channel.",
    value: {
      template:
        "Non-same host page detected on channel %d: Target host page %p, received host page %p (rb %s offset 0x%lx target_pages %d)",
      to: "stderr",
    },
    since: "7.1",
    evidence: [{ kind: "commit", commit: "36f62f11e4", release: "7.1" }],
  },
];

/** A RAM record that postcopy does not know. */
export const POSTCOPY_FLAGS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/ram/flags/2.5",
    claim: "The text for a RAM record of another kind than pages and the end.",
    value: { template: "Unknown combination of migration flags: %#x (postcopy mode)", to: "stderr" },
    since: "2.5",
    until: "5.2",
    evidence: [{ kind: "source", where: "2.5.0 to 5.1.0: migration/ram.c, ram_load_postcopy()" }],
  },
  {
    id: "qemu/postcopy/ram/flags/5.2",
    claim: "The text for a RAM record of another kind than pages and the end, with 0x written out.",
    value: { template: "Unknown combination of migration flags: 0x%x (postcopy mode)", to: "stderr" },
    since: "5.2",
    evidence: [{ kind: "source", where: "5.2.0 to 11.1.0-rc2: migration/ram.c, ram_load_postcopy()" }],
  },
];

/** A zero page that is not zero. */
export const POSTCOPY_ZERO_VALUE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/ram/zero-value",
    claim: "A page of one repeated byte must be of zeroes.",
    value: { template: "Found a zero page with value %d", to: "stderr" },
    since: "8.2",
    evidence: [{ kind: "commit", commit: "413d64fedc", release: "8.2" }],
  },
];

/** Compressed pages in postcopy. */
export const POSTCOPY_COMPRESSED: readonly Fact[] = [
  {
    id: "qemu/postcopy/ram/compressed",
    claim: "Compressed pages are taken in postcopy.",
    value: true,
    since: "5.0",
    until: "9.1",
    evidence: [{ kind: "source", where: "5.0.0 to 9.0.0: migration/ram.c, ram_load_postcopy()" }],
  },
];

/** MULTIFD_FLUSH in postcopy. */
export const POSTCOPY_MULTIFD_FLUSH: readonly Fact[] = [
  {
    id: "qemu/postcopy/ram/multifd-flush",
    claim: "MULTIFD_FLUSH is taken in postcopy.",
    value: true,
    since: "8.1",
    until: "10.0",
    evidence: [{ kind: "source", where: "8.1.0 to 9.2.0: migration/ram.c, ram_load_postcopy()" }],
  },
];

/** An unknown block ends a page at once. */
export const POSTCOPY_BLOCK_CHECKED: readonly Fact[] = [
  {
    id: "qemu/postcopy/ram/block-checked",
    claim: "A page of an unknown block is not complained about a second time, for its offset.",
    value: true,
    since: "6.1",
    evidence: [{ kind: "source", where: "6.0.0 and 6.1.0: migration/ram.c, ram_load_postcopy()" }],
  },
];

/** A RAM record that is cut is an I/O error. */
export const POSTCOPY_WORD_CHECKED: readonly Fact[] = [
  {
    id: "qemu/postcopy/ram/word-checked",
    claim: "A stream that ends inside the first word of a RAM record is an I/O error, not a record.",
    value: true,
    since: "2.12",
    evidence: [{ kind: "source", where: "2.11.0 and 2.12.0: migration/ram.c, ram_load_postcopy()" }],
  },
];

/** A compressed page that is longer than any can be. */
export const COMPRESSED_LENGTH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/ram/compressed-length",
    claim: "The text for a compressed page that is longer than zlib makes one.",
    value: { template: "Invalid compressed data length: %d", to: "stderr" },
    since: "5.0",
    until: "9.1",
    evidence: [{ kind: "source", where: "5.0.0 to 9.0.0: migration/ram.c, ram_load_postcopy()" }],
  },
];

/** The text of the abort at a compressed page without the capability, where its place in the source is known. */
export const COMPRESSED_UNPREPARED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/ram/compressed-unprepared/5.2",
    claim:
      "A compressed page without the compress capability aborts the process; the place is that of Debian's build of 5.2.0.",
    value: {
      template:
        "../../util/qemu-thread-posix.c:77: qemu_mutex_lock_impl: Assertion `mutex->initialized' failed.",
      to: "stderr",
    },
    since: "5.2",
    until: "6.0",
    evidence: [{ kind: "run", of: "5.2.0" }],
  },
  {
    id: "qemu/postcopy/ram/compressed-unprepared/7.2",
    claim:
      "A compressed page without the compress capability aborts the process; the place is that of Debian's build of 7.2.22.",
    value: {
      template:
        "../../util/qemu-thread-posix.c:87: qemu_mutex_lock_impl: Assertion `mutex->initialized' failed.",
      to: "stderr",
    },
    since: "7.2",
    until: "8.0",
    evidence: [{ kind: "run", of: "7.2.22" }],
  },
];
