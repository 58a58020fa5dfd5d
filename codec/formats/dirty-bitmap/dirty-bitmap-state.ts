import { SECTOR } from "./dirty-bitmap.ts";

/** A bitmap that was started: what later chunks are held against. */
export interface KnownBitmap {
  readonly node: string;
  readonly name: string;
  /** Bytes per bit; 0 when what was told cannot be. */
  readonly granularity: number;
  complete: boolean;
  /** Sector behind the last that was told of. */
  next: number;
  /** Sector where the disk ends, once a chunk has shown it by not being whole words. */
  end: number | undefined;
}

/** What the chunks of all dirty-bitmap sections of a stream share. */
export interface BitmapsState {
  /** Names that chunks without names inherit. */
  node: string | undefined;
  name: string | undefined;
  readonly known: Map<string, KnownBitmap>;
  /** Chunks were lost in damage, so that what later ones refer to may be among them. */
  broken: boolean;
  /** The last section was there. */
  finished: boolean;
}

/** Bitmaps kept apart; the chunks of more are read but not held against anything. */
export const MOST_BITMAPS = 4096;

export function createBitmapsState(): BitmapsState {
  return { node: undefined, name: undefined, known: new Map(), broken: false, finished: false };
}

/** One text for the two names, which may hold any byte. */
export function bitmapKey(node: string, name: string): string {
  return `${node.length}:${node}${name}`;
}

/** Sectors covered by one 64-bit word of a bitmap: chunks begin and end at multiples of it. */
export function sectorsPerWord(granularity: number): number {
  return (64 * granularity) / SECTOR;
}

/** Bytes that the words for so many sectors take. */
export function wordBytes(granularity: number, sectors: number): number {
  return 8 * Math.ceil(sectors / sectorsPerWord(granularity));
}
