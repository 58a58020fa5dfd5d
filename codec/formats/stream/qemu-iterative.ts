import { decodeText, type Steps } from "../../layout/index.ts";
import { readDirtyBitmaps } from "../dirty-bitmap/dirty-bitmap-reader.ts";
import type { Understanding } from "./qemu-events.ts";
import { pathOf, type Reader, skipRaw, wrong } from "./qemu-reader.ts";

/** Walks the payload of one part of an iterative section, leaves the cursor behind it and says how well it is known. */
export type Walker = (reader: Reader) => Steps<Understanding>;

/** QEMU migration/block.c, block_load(), up to 9.0. */
function* walkBlock(reader: Reader): Steps<"delimited"> {
  const DEVICE_BLOCK = 1n;
  const END = 2n;
  const PROGRESS = 4n;
  const ZERO_BLOCK = 8n;
  for (;;) {
    const word = yield* u64At(reader, "block.word");
    const flags = word & 0x1ffn;
    if ((flags & DEVICE_BLOCK) !== 0n) {
      yield* name(reader, "block.device");
      if ((flags & ZERO_BLOCK) === 0n) yield* skipRaw(reader, 1 << 20, "block.data");
    } else if ((flags & (PROGRESS | END)) === 0n) throw unexpected(reader, "block.word", flags);
    if ((flags & END) !== 0n) return "delimited";
  }
}

/** QEMU hw/ppc/spapr.c, htab_load(), 2.5 to 11.1. */
function* walkHtab(reader: Reader): Steps<"delimited"> {
  const header = yield* u32At(reader, "htab.header");
  if (header !== 0) return "delimited";
  for (;;) {
    const index = yield* u32At(reader, "htab.index");
    const counts = yield* u32At(reader, "htab.counts");
    if (index === 0 && counts === 0) return "delimited";
    yield* skipRaw(reader, 16 * Math.floor(counts / 0x10000), "htab.entries");
  }
}

/** QEMU hw/s390x/s390-stattrib.c, cmma_load(), 2.11 to 11.1. */
function* walkStorageAttributes(reader: Reader): Steps<"delimited"> {
  for (;;) {
    const flags = (yield* u64At(reader, "stattrib.word")) & 0xfffn;
    if (flags === 1n) return "delimited";
    if (flags === 2n) yield* skipRaw(reader, yield* count(reader, "stattrib.count"), "stattrib.attributes");
    else if (flags !== 4n && flags !== 8n) throw unexpected(reader, "stattrib.word", flags);
  }
}

export const WALKERS: Readonly<Record<string, Walker>> = {
  block: walkBlock,
  "spapr/htab": walkHtab,
  "s390-storage_attributes": walkStorageAttributes,
  "dirty-bitmap": readDirtyBitmaps,
};

function* u8At(reader: Reader, field: string): Steps<number> {
  return Number(yield* uintAt(reader, field, 1));
}

function* u32At(reader: Reader, field: string): Steps<number> {
  return Number(yield* uintAt(reader, field, 4));
}

function* u64At(reader: Reader, field: string): Steps<bigint> {
  return yield* uintAt(reader, field, 8);
}

function* count(reader: Reader, field: string): Steps<number> {
  const value = yield* uintAt(reader, field, 8);
  if (value <= 1n << 40n) return Number(value);
  throw wrong(reader, field, reader.cursor.offset - 8, "at most 2^40", String(value));
}

function* uintAt(reader: Reader, field: string, size: number): Steps<bigint> {
  const { cursor } = reader;
  const path = `${pathOf(reader)}.${field}`;
  if (!cursor.has(size)) yield* cursor.need(size, path);
  let value = 0n;
  for (let i = 0; i < size; i++) value = (value << 8n) | BigInt(cursor.view.getUint8(cursor.at + i));
  yield* skipRaw(reader, size, field);
  return value;
}

function* name(reader: Reader, field: string): Steps<string> {
  const { cursor } = reader;
  const length = yield* u8At(reader, `${field}Length`);
  yield* cursor.need(length, `${pathOf(reader)}.${field}`);
  const text = decodeText(cursor.bytes.subarray(cursor.at, cursor.at + length));
  yield* skipRaw(reader, length, field);
  return text;
}

function unexpected(reader: Reader, field: string, flags: bigint) {
  return wrong(reader, field, reader.cursor.offset, "known flags", `0x${flags.toString(16)}`);
}
