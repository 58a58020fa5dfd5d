/** Migration streams of any size for measuring, the same bytes every time. Memory does not grow with the size. */
import { closeSync, openSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import {
  CONFIGURATION,
  CONTINUE,
  ConfigurationHeader,
  EndOfFile,
  EOF,
  EOS,
  encode,
  FILE_MAGIC,
  FILE_VERSION,
  FileHeader,
  MEM_SIZE,
  PAGE,
  RamBlockEntry,
  RamBlockName,
  RamRecord,
  SECTION_END,
  SECTION_FOOTER,
  SECTION_PART,
  SECTION_START,
  SectionFooter,
  SectionHeader,
  SectionPartHeader,
  ZERO,
} from "../dist/codec/index.js";

export const PAGE_SIZE = 4096;
export const PAGES_PER_GIB = 2 ** 30 / PAGE_SIZE;

const MACHINE = "pc-q35-10.0";
export const BLOCK = "pc.ram";
const SECTION_ID = 2;
const PAGES_PER_PART = 4096;
const RECORD = 8;
const SEED = 0x9e3779b9;
/** Not process.stdout.fd: touching process.stdout makes a pipe non-blocking. */
const STDOUT = 1;

/** A stream whose guest has `gibibytes` of RAM, all of it sent once as normal pages. */
export function pageStream(gibibytes, data = noise(PAGE_SIZE), machine = MACHINE) {
  return stream(gibibytes * PAGES_PER_GIB, PAGE, data, machine);
}

/** A stream of `pages` zero pages. */
export function zeroStream(pages) {
  return stream(pages, ZERO, () => Uint8Array.of(0));
}

/** Yields the stream in pieces, each valid until the next. `pages` is a multiple of a part's. */
function* stream(pages, kind, data, machine = MACHINE) {
  const total = pages * PAGE_SIZE;
  const footer = encode(SectionFooter, { type: SECTION_FOOTER, sectionId: SECTION_ID });
  const eos = record(0, EOS);
  yield headFor(machine, total);
  const part = encode(SectionPartHeader, { type: SECTION_PART, sectionId: SECTION_ID });
  const name = encode(RamBlockName, { nameLength: BLOCK.length, idstr: BLOCK });
  // QEMU names the block in its first record only, in whatever part that is.
  yield join(part, record(0, kind), name, data(), eos, footer);
  const records = runOfRecords(PAGES_PER_PART, data);
  for (let page = 1; page < pages; page += PAGES_PER_PART) {
    const count = Math.min(PAGES_PER_PART, pages - page);
    yield part;
    yield records(page, count, kind | CONTINUE);
    yield join(eos, footer);
  }
  yield streamTail();
}

/** Header, configuration and the START section of RAM, with more records behind the block list. */
export function streamHead(total, ...records) {
  return headFor(MACHINE, total, ...records);
}

function headFor(machine, total, ...records) {
  return join(
    encode(FileHeader, { magic: FILE_MAGIC, version: FILE_VERSION }),
    encode(ConfigurationHeader, { type: CONFIGURATION, nameLength: machine.length }),
    new TextEncoder().encode(machine),
    encode(SectionHeader, {
      type: SECTION_START,
      sectionId: SECTION_ID,
      idLength: 3,
      idstr: "ram",
      instanceId: 0,
      versionId: 4,
    }),
    record(total, MEM_SIZE),
    encode(RamBlockEntry, { nameLength: BLOCK.length, idstr: BLOCK, usedLength: total }),
    ...records,
    record(0, EOS),
    encode(SectionFooter, { type: SECTION_FOOTER, sectionId: SECTION_ID }),
  );
}

/** The END section of RAM, and the end of the stream. */
export function streamTail(...records) {
  return join(
    encode(SectionPartHeader, { type: SECTION_END, sectionId: SECTION_ID }),
    ...records,
    record(0, EOS),
    encode(SectionFooter, { type: SECTION_FOOTER, sectionId: SECTION_ID }),
    encode(EndOfFile, { type: EOF }),
  );
}

/** The records of one part in one buffer, whose words are written anew for each part. */
function runOfRecords(pages, data) {
  const step = RECORD + data().length;
  const bytes = new Uint8Array(pages * step);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < pages; i++) bytes.set(data(), i * step + RECORD);
  return (first, count, flags) => {
    for (let i = 0; i < count; i++) {
      const offset = (first + i) * PAGE_SIZE;
      view.setUint32(i * step, Math.floor(offset / 2 ** 32));
      view.setUint32(i * step + 4, (offset % 2 ** 32) + flags);
      // No two pages are alike.
      if (step > RECORD + 4) view.setUint32(i * step + RECORD, first + i);
    }
    return bytes.subarray(0, count * step);
  };
}

export function record(offset, flags) {
  return encode(RamRecord, { word: BigInt(offset + flags) });
}

/** Pages that look like code or data: no zero pages, nothing that compresses away, some bytes that look like section types. */
export function noise(length) {
  let state = SEED;
  const words = new Uint32Array(length / 4);
  const bytes = new Uint8Array(words.buffer);
  return () => {
    for (let i = 0; i < words.length; i++) {
      // xorshift32
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      words[i] = state;
    }
    return bytes;
  };
}

function join(...parts) {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Writes all of it and returns how many bytes that was. `fd` may be a pipe. */
export function writeStream(fd, pieces) {
  let bytes = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) at += writeSync(fd, piece, at);
    bytes += piece.length;
  }
  return bytes;
}

export function writeStreamFile(path, pieces) {
  const fd = openSync(path, "wx");
  try {
    return writeStream(fd, pieces);
  } finally {
    closeSync(fd);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [kind, amount, path] = process.argv.slice(2);
  const pieces = { pages: pageStream, zeros: zeroStream }[kind]?.(Number(amount));
  if (!pieces || !(Number(amount) > 0)) {
    process.stderr.write("usage: node bench/streams.mjs pages GIBIBYTES [FILE] | zeros PAGES [FILE]\n");
    process.exitCode = 2;
  } else if (path === undefined) writeStream(STDOUT, pieces);
  else writeStreamFile(path, pieces);
}
