import { struct, u32, u64 } from "../../layout/index.ts";

const SOURCE = "QEMU docs/interop/qcow2.rst and block/qcow2.h";

export const Qcow2L1Entry = struct({
  name: "Qcow2L1Entry",
  endian: "be",
  doc: "One entry of an L1 table: where one L2 table is.",
  source: `${SOURCE}, L1E_OFFSET_MASK, 0.9 to 11.1`,
  fields: {
    entry: u64(
      "Offset of an L2 table in bits 9 to 55, 0 where nothing is allocated; bit 63 is set where nobody else uses it, which counts in the active table only. Others are 0.",
      { format: "hex" },
    ),
  },
});

export const Qcow2L2Entry = struct({
  name: "Qcow2L2Entry",
  endian: "be",
  doc: "One entry of an L2 table: where one cluster is.",
  source: `${SOURCE}, L2E_OFFSET_MASK and qcow2_get_cluster_type(), 0.9 to 11.1`,
  fields: {
    entry: u64(
      "Bit 62 tells a compressed cluster: its offset in the low 70 - clusterBits bits, then how many sectors of 512 bytes it goes on into. Otherwise bits 9 to 55 are the offset, 0 where nothing is allocated. Bit 63 is set where nobody else uses it.",
      {
        format: "hex",
        low: { 1: { name: "ZERO", doc: "Reads as zeros; version 3 only.", since: "1.1" } },
      },
    ),
  },
});

export const Qcow2ExtendedL2Entry = struct({
  name: "Qcow2ExtendedL2Entry",
  endian: "be",
  doc: "One entry of an L2 table of an image with subclusters.",
  source: `${SOURCE}, qcow2_get_subcluster_type(), 5.2 to 11.1`,
  fields: {
    entry: u64("As in a plain L2 table, but bit 0 is never set.", { format: "hex" }),
    zero: u32("Bit n: subcluster n reads as zeros.", { format: "hex" }),
    allocated: u32("Bit n: subcluster n is allocated. Both at once are an error.", { format: "hex" }),
  },
});

export const L1_ENTRY = 8;
export const L2_ENTRY = 8;
export const EXTENDED_L2_ENTRY = 16;

/** Offsets and flags of an entry, as two words. Agrees with the tables above. */
export interface EntryWords {
  readonly high: number;
  readonly low: number;
}

export function hasBit(word: number, bit: number): boolean {
  return Math.floor(word / 2 ** bit) % 2 === 1;
}

/** Bits 9 to 55. A multiple of 512, so that it is exact as a number. */
export function offsetOf({ high, low }: EntryWords): number {
  return (high % 0x100_0000) * 0x1_0000_0000 + low - (low % 512);
}

export function isCompressed({ high }: EntryWords): boolean {
  return hasBit(high, 30);
}

export function isZero({ low }: EntryWords): boolean {
  return hasBit(low, 0);
}

/** Bits 56 to 61 and 1 to 8 (0 to 8 with subclusters) of a cluster that is not compressed. */
export function hasReservedBits({ high, low }: EntryWords, extended: boolean): boolean {
  return Math.floor(high / 0x100_0000) % 0x40 !== 0 || (low % 512) - (extended ? 0 : low % 2) !== 0;
}

/** Where a compressed cluster is, and within how many bytes it ends. */
export function compressedPlace(
  { high, low }: EntryWords,
  clusterBits: number,
): { readonly offset: number; readonly stored: number } {
  const bits = BigInt(70 - clusterBits);
  const descriptor = (BigInt(high % 0x4000_0000) << 32n) + BigInt(low);
  const offset = Number(descriptor % (1n << bits));
  const sectors = Number(descriptor >> bits) + 1;
  return { offset, stored: sectors * 512 - (offset % 512) };
}

/** The words of an entry as one number in hex. */
export function entryText({ high, low }: EntryWords): string {
  return `0x${high.toString(16).padStart(8, "0")}${low.toString(16).padStart(8, "0")}`;
}
