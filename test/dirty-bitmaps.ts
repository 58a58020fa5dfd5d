import {
  BITMAP_NAME,
  BITS,
  COMPLETE,
  DEVICE_NAME,
  DirtyBitmapBits,
  DirtyBitmapBuffer,
  DirtyBitmapName,
  DirtyBitmapStart,
  ENABLED,
  START,
  ZEROES,
} from "../codec/formats/dirty-bitmap/dirty-bitmap.ts";
import { SECTION_END, SECTION_PART, SECTION_START } from "../codec/formats/stream/qemu-file.ts";
import { encode, encodeText } from "../codec/layout/index.ts";
import { concat, configuration, device, eof, footer, header, partHeader, sectionHeader } from "./streams.ts";

const ID = 9;

/** Names of a chunk; those left out are inherited. */
export interface ChunkNames {
  readonly node?: string;
  readonly bitmap?: string;
}

export function startChunk(names: ChunkNames, granularity: number, flags = ENABLED): Uint8Array {
  return concat(chunkHead(START, names), encode(DirtyBitmapStart, { granularity, flags }));
}

export function bitsChunk(
  names: ChunkNames,
  startSector: number | bigint,
  sectorCount: number,
  bits: Uint8Array,
): Uint8Array {
  const range = { startSector: BigInt(startSector), sectorCount };
  const length = encode(DirtyBitmapBuffer, { length: BigInt(bits.length) });
  return concat(chunkHead(BITS, names), encode(DirtyBitmapBits, range), length, bits);
}

export function zeroesChunk(names: ChunkNames, startSector: number, sectorCount: number): Uint8Array {
  const range = { startSector: BigInt(startSector), sectorCount };
  return concat(chunkHead(BITS | ZEROES, names), encode(DirtyBitmapBits, range));
}

export function completeChunk(names: ChunkNames = {}): Uint8Array {
  return chunkHead(COMPLETE, names);
}

function eosChunk(): Uint8Array {
  return Uint8Array.of(1);
}

/** Flags and names. */
export function chunkHead(content: number, { node, bitmap }: ChunkNames): Uint8Array {
  const flags = content | (node === undefined ? 0 : DEVICE_NAME) | (bitmap === undefined ? 0 : BITMAP_NAME);
  return concat(
    Uint8Array.of(flags),
    ...[node, bitmap].map((text) => (text === undefined ? NONE : name(text))),
  );
}

function name(text: string): Uint8Array {
  return encode(DirtyBitmapName, { nameLength: encodeText(text).length, name: text });
}

/** A stream whose dirty-bitmap sections have the given chunks, EOS excepted: START, PARTs, END. */
export function bitmapStream(...sections: readonly (readonly Uint8Array[])[]): Uint8Array<ArrayBuffer> {
  const parts = sections.map((chunks, i) => {
    const head =
      i === 0
        ? sectionHeader(SECTION_START, ID, "dirty-bitmap")
        : partHeader(i === sections.length - 1 ? SECTION_END : SECTION_PART, ID);
    return concat(head, ...chunks, eosChunk(), footer(ID));
  });
  const timer = device(5, "timer", Uint8Array.of(0, 0, 0x10, 0xe1));
  return concat(header(), configuration("none"), ...parts, timer, eof());
}

/** The chunks of a whole bitmap as a release cuts them: `chunk` bytes of bits at a time, padded to 32. */
export function wholeBitmap(
  names: { readonly node: string; readonly bitmap: string },
  granularity: number,
  sectors: number,
  bits: Uint8Array,
  chunk = 1024,
): { start: Uint8Array; parts: Uint8Array[]; complete: Uint8Array } {
  const perChunk = (chunk * 8 * granularity) / 512;
  const parts: Uint8Array[] = [];
  for (let sector = 0; sector < sectors || parts.length === 0; sector += perChunk) {
    const count = Math.min(perChunk, sectors - sector);
    const from = (sector / perChunk) * chunk;
    const size = 8 * Math.ceil((count * 512) / granularity / 64);
    const buffer = new Uint8Array(32 * Math.ceil(size / 32));
    buffer.set(bits.subarray(from, from + size));
    const zero = buffer.every((byte) => byte === 0);
    parts.push(zero ? zeroesChunk(names, sector, count) : bitsChunk(names, sector, count, buffer));
  }
  return { start: startChunk(names, granularity), parts, complete: completeChunk(names) };
}

const NONE = new Uint8Array(0);
