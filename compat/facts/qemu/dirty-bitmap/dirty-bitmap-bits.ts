import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** Most bytes of a piece of a bitmap. */
export const LONGEST_BITS: readonly Fact<number>[] = [
  {
    id: "qemu/dirty-bitmap/longest-bits",
    claim: "A piece of a bitmap of more bytes is refused.",
    value: 10240,
    since: "5.1",
    evidence: [{ kind: "commit", commit: "b91f33b81d", release: "5.1" }],
  },
];

/** A bitmap that is of an unknown kind. */
export const UNKNOWN_START_FLAGS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/unknown-start-flags",
    claim: "The text for flags of a bitmap that are reserved.",
    value: { template: "Unknown flags in migrated dirty bitmap header: %x", to: "stderr" },
    since: "2.12",
    evidence: [
      {
        kind: "source",
        where: "2.12.0 to 11.1.0-rc2: migration/block-dirty-bitmap.c, dirty_bitmap_load_start()",
      },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A piece of a bitmap that is too long to be read. */
export const BITS_TOO_LONG: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/bits-too-long",
    claim: "The text for a piece of a bitmap that is too long to be read.",
    value: { template: "Bitmap migration stream buffer allocation request is too large", to: "stderr" },
    since: "5.1",
    evidence: [
      { kind: "commit", commit: "b91f33b81d", release: "5.1" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A piece of a bitmap that is cut. */
export const BITS_CUT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/bits-cut",
    claim: "The text for a stream that ends inside a piece of a bitmap.",
    value: { template: "Failed to read bitmap bits", to: "stderr" },
    since: "2.12",
    evidence: [
      {
        kind: "source",
        where: "2.12.0 to 11.1.0-rc2: migration/block-dirty-bitmap.c, dirty_bitmap_load_bits()",
      },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A piece of a bitmap that has not the bytes it needs. */
export const BITS_MISFIT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/bits-misfit",
    claim: "The text for a piece of a bitmap whose bytes are not as many as its sectors need.",
    value: {
      template: "Migrated bitmap granularity doesn't match the destination bitmap '%s' granularity",
      to: "stderr",
    },
    since: "2.12",
    evidence: [
      {
        kind: "source",
        where: "2.12.0 to 11.1.0-rc2: migration/block-dirty-bitmap.c, dirty_bitmap_load_bits()",
      },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The texts of the aborts over a granularity and over bits that a bitmap does not have. */
export interface BitmapAssertions {
  readonly granularity: string;
  readonly start: string;
  readonly end: string;
  readonly count: string;
}

export const ASSERTIONS: readonly Fact<BitmapAssertions>[] = [
  {
    id: "qemu/dirty-bitmap/assertions/5.2",
    claim: "What QEMU prints when it aborts over a bitmap; the places are those of Debian's build of 5.2.0.",
    value: {
      granularity:
        "../../block/dirty-bitmap.c:105: bdrv_create_dirty_bitmap: Assertion `is_power_of_2(granularity) && granularity >= BDRV_SECTOR_SIZE' failed.",
      start: "../../util/hbitmap.c:613: serialization_chunk: Assertion `(start & (gran - 1)) == 0' failed.",
      end: "../../util/hbitmap.c:614: serialization_chunk: Assertion `(last >> hb->granularity) < hb->size' failed.",
      count: "../../util/hbitmap.c:616: serialization_chunk: Assertion `(count & (gran - 1)) == 0' failed.",
    },
    since: "5.2",
    until: "6.0",
    evidence: [{ kind: "run", of: "5.2.0" }],
  },
  {
    id: "qemu/dirty-bitmap/assertions/7.2",
    claim: "What QEMU prints when it aborts over a bitmap; the places are those of Debian's build of 7.2.22.",
    value: {
      granularity:
        "../../block/dirty-bitmap.c:105: bdrv_create_dirty_bitmap: Assertion `is_power_of_2(granularity) && granularity >= BDRV_SECTOR_SIZE' failed.",
      start: "../../util/hbitmap.c:646: serialization_chunk: Assertion `(start & (gran - 1)) == 0' failed.",
      end: "../../util/hbitmap.c:647: serialization_chunk: Assertion `(last >> hb->granularity) < hb->size' failed.",
      count: "../../util/hbitmap.c:649: serialization_chunk: Assertion `(count & (gran - 1)) == 0' failed.",
    },
    since: "7.2",
    until: "8.0",
    evidence: [{ kind: "run", of: "7.2.22" }],
  },
  {
    id: "qemu/dirty-bitmap/assertions/10.0",
    claim:
      "What QEMU prints when it aborts over a bitmap; the places are those of Debian's build of 10.0.13.",
    value: {
      granularity:
        "block/dirty-bitmap.c:107: bdrv_create_dirty_bitmap: Assertion `is_power_of_2(granularity) && granularity >= BDRV_SECTOR_SIZE' failed.",
      start: "util/hbitmap.c:646: serialization_chunk: Assertion `(start & (gran - 1)) == 0' failed.",
      end: "util/hbitmap.c:647: serialization_chunk: Assertion `(last >> hb->granularity) < hb->size' failed.",
      count: "util/hbitmap.c:649: serialization_chunk: Assertion `(count & (gran - 1)) == 0' failed.",
    },
    since: "10.0",
    until: "10.1",
    evidence: [{ kind: "run", of: "10.0.13" }],
  },
  {
    id: "qemu/dirty-bitmap/assertions/11.1",
    claim: "What QEMU prints when it aborts over a bitmap; the places are those of Debian's build of 11.1.3.",
    value: {
      granularity:
        "block/dirty-bitmap.c:107: bdrv_create_dirty_bitmap: Assertion `is_power_of_2(granularity) && granularity >= BDRV_SECTOR_SIZE' failed.",
      start: "util/hbitmap.c:646: serialization_chunk: Assertion `(start & (gran - 1)) == 0' failed.",
      end: "util/hbitmap.c:647: serialization_chunk: Assertion `(last >> hb->granularity) < hb->size' failed.",
      count: "util/hbitmap.c:649: serialization_chunk: Assertion `(count & (gran - 1)) == 0' failed.",
    },
    since: "11.1",
    evidence: [{ kind: "run", of: "11.1.3" }],
  },
];
