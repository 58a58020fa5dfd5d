import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { ChannelReader } from "../codec/index.ts";
import { UsageError } from "./exit.ts";
import { isTerminal } from "./terminal.ts";

/** Beyond this, fewer system calls gain nothing. */
const CHUNK = 1 << 20;
/** Read of a file to see what it is. */
const HEAD = 4096;
/** Seeking costs about as much as reading this many bytes. */
const WORTH_SEEKING = 1 << 20;
const EAGAIN_PAUSE_MS = 2;
const GZIP_MAGIC = [0x1f, 0x8b];

/** Reading is synchronous, because that is twice as fast; now and then signal handlers get their turn. */
const BREATH_EVERY_MS = 100;
let lastBreath = Date.now();

function breathe(): Promise<void> | undefined {
  if (Date.now() - lastBreath < BREATH_EVERY_MS) return undefined;
  lastBreath = Date.now();
  return setImmediate();
}

export interface Input {
  /** As given on the command line; `-` is stdin. */
  readonly name: string;
  readonly fd: number;
  /** Bytes of a regular file; undefined for pipes. */
  readonly size: number | undefined;
  readonly seekable: boolean;
  /** Where the stream begins, in the bytes as decompressed. */
  readonly offset: number;
  /** The first bytes are gzip's. */
  readonly gzip: boolean;
  /** The first bytes, read to see what it is; of a pipe what came at once, and perhaps more. */
  first: Uint8Array;
}

/** What an input delivered. */
export interface Delivery {
  /** Bytes delivered, decompressed. */
  readonly bytes: number;
  /** The compressed data ends early or is damaged. */
  readonly broken?: string;
}

export function openInput(name: string, offset: number): Input {
  const fd = name === "-" ? 0 : openSync(name, "r");
  if (isTerminal(fd)) throw new UsageError("no input: name a file, or pipe one in");
  const stat = fstatSync(fd);
  if (stat.isDirectory()) throw new UsageError(`${name} is a directory`);
  const seekable = stat.isFile();
  const buffer = new Uint8Array(seekable ? HEAD : CHUNK);
  const first = buffer.subarray(0, readAt(fd, buffer, seekable ? 0 : null));
  const gzip = GZIP_MAGIC.every((byte, i) => byte === first[i]);
  return { name, fd, size: seekable ? stat.size : undefined, seekable, offset, gzip, first };
}

/** The first bytes from the input's offset on, inflated, as far as they were read. */
export function headOf({ fd, seekable, offset, gzip, first }: Input): Uint8Array {
  if (gzip) return inflateHead(first.subarray(0, HEAD)).subarray(offset);
  if (!seekable || offset === 0) return first.subarray(offset);
  const buffer = new Uint8Array(HEAD);
  return buffer.subarray(0, readAt(fd, buffer, offset));
}

/** The last bytes, if there are so many; undefined where they cannot be seen without reading all. */
export function tailOf(
  { fd, seekable, gzip, offset, size = 0 }: Input,
  length: number,
): Uint8Array | undefined {
  if (!seekable || gzip || size - offset < length) return undefined;
  const buffer = new Uint8Array(length);
  return buffer.subarray(0, readAt(fd, buffer, size - length));
}

function inflateHead(compressed: Uint8Array): Uint8Array {
  const { constants, gunzipSync } = process.getBuiltinModule("node:zlib");
  try {
    return gunzipSync(compressed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array(0);
  }
}

/** Reads on in a pipe, to see what it is. Returns false when there is nothing more to see. */
export function readMore(input: Input): boolean {
  if (input.seekable || input.first.length >= CHUNK) return false;
  const buffer = new Uint8Array(CHUNK);
  const count = readAt(input.fd, buffer, null);
  const joined = new Uint8Array(input.first.length + count);
  joined.set(input.first);
  joined.set(buffer.subarray(0, count), input.first.length);
  input.first = joined;
  return count > 0;
}

export function closeInput({ fd }: Input): void {
  if (fd !== 0) closeSync(fd);
}

/** Reads an input to its end into a reader. Plain files are not read where the reader would only step over the bytes. */
export async function feed(
  input: Input,
  reader: ChannelReader,
  progress: (bytes: number) => void,
): Promise<Delivery> {
  const delivery =
    input.seekable && !input.gzip
      ? await feedFile(input, reader, progress)
      : await feedPipe(input, reader, progress);
  reader.finish();
  return delivery;
}

async function feedFile(
  { fd, size = 0, offset }: Input,
  reader: ChannelReader,
  progress: (bytes: number) => void,
): Promise<Delivery> {
  const buffer = new Uint8Array(CHUNK);
  let position = offset;
  for (;;) {
    const count = readAt(fd, buffer, position);
    if (count === 0) return { bytes: position };
    reader.push(buffer.subarray(0, count));
    position += count;
    const step = Math.min(reader.skippable, size - position);
    if (step >= WORTH_SEEKING) {
      reader.skip(step);
      position += step;
    }
    progress(position);
    const pause = breathe();
    if (pause) await pause;
  }
}

async function feedPipe(
  input: Input,
  reader: ChannelReader,
  progress: (bytes: number) => void,
): Promise<Delivery> {
  let left = input.offset;
  return await readAll(
    input,
    (chunk) => {
      const drop = Math.min(left, chunk.length);
      left -= drop;
      if (drop < chunk.length) reader.push(chunk.subarray(drop));
    },
    progress,
  );
}

/** Reads an input from its beginning to its end, decompressed. Chunks are only lent. */
export async function readAll(
  input: Input,
  take: (chunk: Uint8Array) => void,
  progress: (bytes: number) => void = () => {},
): Promise<Delivery> {
  let bytes = 0;
  const count = (chunk: Uint8Array) => {
    bytes += chunk.length;
    take(chunk);
  };
  if (input.gzip) return await inflateAll(input, count, progress, () => bytes);
  for (const chunk of chunksOf(input)) {
    count(chunk);
    progress(bytes);
    const pause = breathe();
    if (pause) await pause;
  }
  return { bytes };
}

async function inflateAll(
  input: Input,
  take: (chunk: Uint8Array) => void,
  progress: (bytes: number) => void,
  bytes: () => number,
): Promise<Delivery> {
  const { createGunzip } = await import("node:zlib");
  const gunzip = createGunzip({ chunkSize: CHUNK });
  let failed: Error | undefined;
  let broken: string | undefined;
  let read = 0;
  gunzip.on("data", (chunk: Uint8Array) => {
    try {
      take(chunk);
    } catch (error) {
      failed ??= error instanceof Error ? error : new Error(String(error));
    }
  });
  const ended = new Promise<void>((resolve) => {
    gunzip.once("end", resolve);
    gunzip.once("error", (error) => {
      broken = error.message;
      resolve();
    });
  });
  for (const chunk of chunksOf(input)) {
    if (broken !== undefined || failed) break;
    read += chunk.length;
    await Promise.race([
      ended,
      new Promise<void>((resolve) => void gunzip.write(chunk.slice(), () => resolve())),
    ]);
    progress(read);
  }
  gunzip.end();
  await ended;
  if (failed) throw failed;
  return { bytes: bytes(), ...(broken === undefined ? {} : { broken }) };
}

function* chunksOf({ fd, seekable, first }: Input): Generator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK);
  let position = first.length;
  if (first.length > 0) yield first;
  for (;;) {
    const count = readAt(fd, buffer, seekable ? position : null);
    if (count === 0) return;
    position += count;
    yield buffer.subarray(0, count);
  }
}

function readAt(fd: number, buffer: Uint8Array, position: number | null): number {
  for (;;) {
    try {
      return readSync(fd, buffer, 0, buffer.length, position);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, EAGAIN_PAUSE_MS);
    }
  }
}
