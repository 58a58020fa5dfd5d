import { MappedRamHeader, type RamBlock } from "../../codec/index.ts";
import { encode, fixedSize, read } from "../../codec/layout/index.ts";

/** QEMU refuses page regions that do not begin at a multiple of this. */
const PAGES_ALIGNMENT = 1 << 20;
/** The source writes the bitmap of pages in whole words. */
const WORD_BITS = 64;
const WORD_BYTES = 8;

/** A mapped-ram stream as it lies in a file: what comes in front of the first page, and the headers with its offsets. */
export interface MappedStream {
  /** First byte of the stream. */
  readonly start: number;
  /** End of the first bitmap. From there to the first page nothing is kept. */
  readonly headEnd: number;
  /** First page of the first block. It and all that follows may only be moved by multiples of 1 MiB. */
  readonly pages: number;
  /** Offsets of the headers of blocks that have pages, in order. */
  readonly headers: readonly number[];
}

const HEADER_SIZE = fixedSize(MappedRamHeader) ?? 0;

/** Where a mapped-ram stream could be cut in two; undefined where it has no pages. */
export function mappedStream(start: number, blocks: readonly RamBlock[]): MappedStream | undefined {
  const placed = blocks.flatMap(({ mapped, usedLength }) =>
    mapped && mapped.pagesOffset > 0 ? [{ ...mapped, usedLength }] : [],
  );
  const [first] = placed;
  if (!first) return undefined;
  const words = Math.ceil(first.usedLength / first.pageSize / WORD_BITS);
  return {
    start,
    headEnd: first.bitmapOffset + WORD_BYTES * words,
    pages: first.pagesOffset,
    headers: placed.map(({ bitmapOffset }) => bitmapOffset - HEADER_SIZE),
  };
}

/** How a mapped-ram stream gets to another place in a file. */
export interface Move {
  /** What the head is moved by, and what everything behind it is. */
  readonly head: number;
  readonly pages: number;
}

/** Moves the stream to `start`. The pages stay where they are if the head still fits in front of them. */
export function moveTo(stream: MappedStream, start: number): Move {
  const head = start - stream.start;
  const overlap = stream.headEnd + head - stream.pages;
  return { head, pages: overlap > 0 ? PAGES_ALIGNMENT * Math.ceil(overlap / PAGES_ALIGNMENT) : 0 };
}

/** The header of a block after the move; the first one is part of the head, and so is its bitmap. */
export function movedHeader(header: Uint8Array, { head, pages }: Move, isFirst: boolean): Uint8Array {
  const { value } = read(MappedRamHeader, header);
  return encode(MappedRamHeader, {
    ...value,
    bitmapOffset: value.bitmapOffset + (isFirst ? head : pages),
    pagesOffset: value.pagesOffset + pages,
  });
}

export { HEADER_SIZE as MAPPED_HEADER_SIZE };
