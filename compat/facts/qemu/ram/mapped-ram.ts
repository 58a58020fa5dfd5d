import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for a header that is cut off. */
export const MAPPED_HEADER_CUT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapped-ram/header-cut",
    claim: "The header of a block must be whole.",
    value: {
      template: "Could not read whole mapped-ram migration header (expected %zd, got %zd bytes)",
      to: "stderr",
    },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0 to 11.1.0: migration/ram.c, mapped_ram_read_header()" }],
  },
];

/** The text for a header of a newer version. */
export const MAPPED_HEADER_VERSION: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapped-ram/header-version",
    claim: "The version of the header is at most 1.",
    value: {
      template: "Migration mapped-ram capability version not supported (expected <= %d, got %d)",
      to: "stderr",
    },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0 to 11.1.0: migration/ram.c, mapped_ram_read_header()" }],
  },
];

/** The text for pages of another size. */
export const MAPPED_PAGE_SIZE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapped-ram/page-size",
    claim: "The size of pages must be the own; before, it only served to count them.",
    value: { template: "Migration mapped-ram header has invalid page_size %llu (expected %d)", to: "stderr" },
    since: "11.1",
    evidence: [{ kind: "source", where: "11.1.0: migration/ram.c, mapped_ram_read_header()" }],
  },
];

/** The text for pages that do not begin on a page. */
export const MAPPED_ALIGNMENT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapped-ram/alignment",
    claim: "The pages of a block begin on a page of the file.",
    value: { template: "Error reading ramblock %s pages, region has bad alignment", to: "stderr" },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0 to 11.1.0: migration/ram.c, parse_ramblock_mapped_ram()" }],
  },
];

/** The text for a bitmap that is cut off. */
export const MAPPED_BITMAP: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapped-ram/bitmap",
    claim: "The bitmap of a block must be whole.",
    value: { template: "Error reading dirty bitmap", to: "stderr" },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0 to 11.1.0: migration/ram.c, parse_ramblock_mapped_ram()" }],
  },
];

/** Sizes of blocks are not compared in a mapped-ram file. */
export const MAPPED_SIZES_UNCHECKED: readonly Fact[] = [
  {
    id: "qemu/mapped-ram/sizes-unchecked",
    claim:
      "A destination with less memory restores what fits, as long as no page in the file lies beyond; one with more restores all.",
    value: true,
    since: "9.0",
    evidence: [
      { kind: "source", where: "9.0.0 to 11.0.0: migration/ram.c, parse_ramblock()" },
      { kind: "run", of: "10.0.13, 11.1.3: 64 MiB to 32 with nothing up there, 32 to 64, 32 to 2" },
    ],
  },
];

/** The text for pages outside of their block. */
export const MAPPED_OUTSIDE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapped-ram/outside",
    claim: "Bits stand for pages within the block.",
    value: { template: "page outside of ramblock %s range", to: "stderr" },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0 to 11.1.0: migration/ram.c, read_ramblock_mapped_ram()" }],
  },
];

/** Whether a block may be left out by a header without offsets. */
export const MAPPED_EMPTY_HEADER: readonly Fact[] = [
  {
    id: "qemu/mapped-ram/empty-header",
    claim: "With x-ignore-shared a header whose offsets are zero stands for a block that is left out.",
    value: true,
    since: "11.0",
    evidence: [{ kind: "source", where: "11.0.0: migration/ram.c, parse_ramblock_mapped_ram()" }],
  },
];
