import { DecodeError, read, type Steps } from "../../layout/index.ts";
import type { BlockListReading, RamBlock } from "./qemu-events.ts";
import { isSound, readMappedBlock } from "./qemu-mapped-ram.ts";
import { CONTINUE, KNOWN_FLAGS, MappedRamHeader, RamBlockEntry } from "./qemu-ram.ts";
import { noPages } from "./qemu-ram-state.ts";
import { find, pathOf, type Reader, wrong } from "./qemu-reader.ts";

/** Longest block list looked at before choosing how to read it: some 4,000 blocks. */
const LONGEST_LIST = 1 << 20;
const MOST_BLOCKS = 1 << 16;
const LONGEST_ENTRY = 1 + 255 + 8 + 8 + 8 + 1 + 28;

interface Attempt {
  readonly reading: BlockListReading;
  readonly blocks: readonly RamBlock[];
  readonly length: number;
}

/** Reads the block list behind a MEM_SIZE record, and with mapped-ram all pages. */
export function* readBlocks(reader: Reader, totalBytes: number): Steps {
  const { cursor, ram, sink } = reader;
  const offset = cursor.offset;
  const reading = yield* chooseReading(reader, totalBytes);
  ram.blocks = [];
  ram.byName.clear();
  ram.totalBytes = totalBytes;
  ram.mapped = reading.mappedRam;
  ram.reading = reading;
  try {
    for (let left = totalBytes; left > 0; left -= ram.blocks.at(-1)?.usedLength ?? left)
      yield* readBlock(reader, reading, left);
  } finally {
    sink.event({ kind: "ram-blocks", offset, totalBytes, blocks: ram.blocks, reading });
  }
}

function* readBlock(reader: Reader, reading: BlockListReading, left: number): Steps {
  const { cursor, ram } = reader;
  const offset = cursor.offset;
  const entry = yield* readEntry(reader, reading);
  const { idstr, usedLength } = entry;
  if (ram.blocks.length >= MOST_BLOCKS)
    throw wrong(
      reader,
      "RamBlockEntry.idstr",
      offset,
      `at most ${MOST_BLOCKS} blocks`,
      JSON.stringify(idstr),
    );
  if (usedLength > left || usedLength === 0)
    throw wrong(reader, "RamBlockEntry.usedLength", offset, `1 to ${left}`, String(usedLength));
  const block = blockOf(entry, ram.blocks.length);
  ram.blocks.push(block);
  if (ram.byName.has(idstr)) find(reader, "RAM_BLOCK_UNIQUE", "error", offset, { block: idstr });
  else ram.byName.set(idstr, block);
  if (reading.mappedRam) block.mapped = yield* readMappedBlock(reader, block);
}

/** Reads and consumes one entry. */
function* readEntry(reader: Reader, reading: BlockListReading): Steps<RamBlockEntry> {
  const { cursor } = reader;
  const have = yield* cursor.upTo(LONGEST_ENTRY);
  const { entry, context } = peekEntry(reader, 0, have, reading);
  yield* cursor.struct(RamBlockEntry, {
    within: `${pathOf(reader)}.blocks[${reader.ram.blocks.length}]`,
    context,
  });
  return entry;
}

/**
 * Chooses how to read a block list. Which optional fields its entries have depends on capabilities that may not be in
 * the stream, so every reading that the stream does not rule out is tried: it must add up to the announced total and be
 * followed by a RAM record. Consumes nothing.
 */
function* chooseReading(reader: Reader, total: number): Steps<BlockListReading> {
  const offset = reader.cursor.offset;
  const attempts: Attempt[] = [];
  let failure: DecodeError | undefined;
  for (const reading of candidates(reader)) {
    const result = yield* attempt(reader, total, reading);
    if (result instanceof DecodeError) failure = moreTelling(failure, result);
    else if (!attempts.some((other) => sameFields(other, result))) attempts.push(result);
  }
  const [best, ...others] = attempts;
  if (!best)
    throw failure ?? wrong(reader, "ram.blocks", offset, `blocks of ${total} bytes in all`, "no such list");
  if (others.length > 0) {
    const readings = attempts.map(({ reading }) => describe(reading)).join(" | ");
    find(reader, "RAM_BLOCK_LIST_UNAMBIGUOUS", "warning", offset, {
      chosen: describe(best.reading),
      readings,
    });
  }
  return best.reading;
}

function candidates(reader: Reader): BlockListReading[] {
  const { capabilities, postcopyAdvised } = reader;
  const told = (name: string) => (capabilities ? [capabilities.includes(name)] : [false, true]);
  const readings: BlockListReading[] = [];
  for (const postcopyPageSize of [postcopyAdvised, !postcopyAdvised])
    for (const mappedRam of told("mapped-ram"))
      for (const ignoreShared of told("x-ignore-shared"))
        for (const ignoreSharedFlag of ignoreShared ? [false, true] : [false])
          readings.push({ postcopyPageSize, mappedRam, ignoreShared, ignoreSharedFlag });
  return readings;
}

function describe(reading: BlockListReading): string {
  const named = [
    reading.ignoreShared ? "x-ignore-shared" : "",
    reading.ignoreSharedFlag ? "x-ignore-shared as in 4.0" : "",
    reading.postcopyPageSize ? "postcopy-ram page sizes" : "",
    reading.mappedRam ? "mapped-ram" : "",
  ];
  return named.filter((name) => name !== "").join(" + ") || "plain";
}

function sameFields(a: Attempt, b: Attempt): boolean {
  const key = ({ blocks, length, reading }: Attempt) =>
    `${length} ${reading.mappedRam} ${blocks.map((block) => `${block.pageSize}/${block.address}`).join()}`;
  return key(a) === key(b);
}

function moreTelling(a: DecodeError | undefined, b: DecodeError): DecodeError {
  if (!a) return b;
  if (a.code === "truncated") return a;
  return b.code === "truncated" || b.offset > a.offset ? b : a;
}

function* attempt(reader: Reader, total: number, reading: BlockListReading): Steps<Attempt | DecodeError> {
  const { cursor } = reader;
  const blocks: RamBlock[] = [];
  let left = total;
  let at = 0;
  try {
    while (left > 0) {
      const have = yield* cursor.upTo(at + LONGEST_ENTRY);
      if (at > LONGEST_LIST)
        return wrong(
          reader,
          "ram.blocks",
          cursor.offset + at,
          `a list of at most ${LONGEST_LIST} bytes`,
          "more",
        );
      const { entry, end } = peekEntry(reader, at, have, reading);
      if (entry.usedLength > left || entry.usedLength === 0 || entry.nameLength === 0)
        return wrong(
          reader,
          "ram.blocks",
          cursor.offset + at,
          `a block of at most ${left} bytes`,
          `${entry.idstr}: ${entry.usedLength}`,
        );
      blocks.push(blockOf(entry, blocks.length));
      left -= entry.usedLength;
      at = end;
      if (!reading.mappedRam) continue;
      const header = read(MappedRamHeader, window(reader, have), {
        at,
        base: cursor.offset,
        within: pathOf(reader),
      });
      if (!isSound(header.value, entry.usedLength, reader.ram.pageSize))
        return wrong(reader, "ram.blocks", cursor.offset + at, "a mapped-ram header", "something else");
      return { reading, blocks, length: header.end };
    }
    const have = yield* cursor.upTo(at + 8);
    const next =
      have >= at + 8
        ? Number(cursor.view.getBigUint64(cursor.at + at) & 0xffffn) & (reader.ram.pageSize - 1)
        : 0x10;
    const kind = next & ~CONTINUE;
    if (kind === 0 || (kind & (kind - 1)) !== 0 || (kind & ~KNOWN_FLAGS) !== 0)
      return wrong(
        reader,
        "ram.record",
        cursor.offset + at,
        "a RAM record after the block list",
        `flags 0x${next.toString(16)}`,
      );
    return { reading, blocks, length: at };
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}

function window(reader: Reader, length: number): Uint8Array {
  const { bytes, at } = reader.cursor;
  return bytes.subarray(at, at + length);
}

/**
 * Reads one entry. With postcopy-ram only blocks whose pages are not of the host's size carry a page size: a name
 * cannot be empty and a record cannot have no flags, so a power of two in its place can be nothing else.
 */
function peekEntry(reader: Reader, at: number, have: number, reading: BlockListReading) {
  const { ignoreShared, ignoreSharedFlag } = reading;
  const data = window(reader, have);
  const options = { at, base: reader.cursor.offset, within: pathOf(reader) };
  const short = read(RamBlockEntry, data, options);
  const postcopyPageSize = reading.postcopyPageSize && isPageSize(data, short.end);
  const context = { ignoreShared, ignoreSharedFlag, postcopyPageSize };
  const { value: entry, end } = read(RamBlockEntry, data, { ...options, context });
  return { entry, end, context };
}

function isPageSize(data: Uint8Array, at: number): boolean {
  if (data.length < at + 8) return false;
  const value = new DataView(data.buffer, data.byteOffset + at, 8).getBigUint64(0);
  return value > 4096n && value <= 1n << 40n && (value & (value - 1n)) === 0n;
}

function blockOf(entry: RamBlockEntry, index: number): RamBlock {
  const { idstr, usedLength, pageSize, address } = entry;
  return {
    idstr,
    index,
    usedLength,
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(address === undefined ? {} : { address }),
    pages: noPages(),
  };
}
