import { closeSync, fstatSync, openSync } from "node:fs";
import { type ChannelReader, type Compression, compressionOf } from "../codec/index.ts";
import { UsageError } from "./exit.ts";
import { CHUNK, chunksFrom, readAt } from "./file-bytes.ts";
import type { PayloadDelivery } from "./payload/delivery.ts";
import { feedFile, inflate } from "./payload/feed-payload.ts";
import { LIMITS, type PayloadLimits, type Take } from "./payload/meter.ts";
import { inflateHead } from "./payload/peek.ts";
import type { Progress } from "./progress.ts";
import { isTerminal } from "./terminal.ts";

/** Read of a file to see what it is. */
const HEAD = 4096;

export interface Input {
  /** As given on the command line; `-` is stdin. */
  readonly name: string;
  readonly fd: number;
  /** Bytes of a regular file; undefined for pipes. */
  readonly size: number | undefined;
  readonly seekable: boolean;
  /** Where the stream begins, in the bytes as decompressed. */
  readonly offset: number;
  /** What all of it is compressed with, by its first bytes. */
  readonly compression: Compression | null;
  /** How much is decompressed of it, or of what is in it, and how long a program may take. */
  readonly limits: PayloadLimits;
  /** The first bytes, read to see what it is; of a pipe what came at once, and perhaps more. */
  first: Uint8Array;
}

/** What an input delivered: bytes, decompressed, and why they are not all. */
export type Delivery = PayloadDelivery;

export function openInput(name: string, offset: number, limits: PayloadLimits = LIMITS): Input {
  const fd = name === "-" ? 0 : openSync(name, "r");
  if (isTerminal(fd)) throw new UsageError("no input: name a file, or pipe one in");
  const stat = fstatSync(fd);
  if (stat.isDirectory()) throw new UsageError(`${name} is a directory`);
  const seekable = stat.isFile();
  const buffer = new Uint8Array(seekable ? HEAD : CHUNK);
  const first = buffer.subarray(0, readAt(fd, buffer, seekable ? 0 : null));
  const compression = compressionOf(first);
  return { name, fd, size: seekable ? stat.size : undefined, seekable, offset, compression, limits, first };
}

/** The first bytes from the input's offset on, inflated, as far as they were read. */
export function headOf(input: Input): Uint8Array {
  const { fd, seekable, offset, compression, first } = input;
  if (compression) return inflateHead(input, compression, offset + HEAD).subarray(offset);
  if (!seekable || offset === 0) return first.subarray(offset);
  const buffer = new Uint8Array(HEAD);
  return buffer.subarray(0, readAt(fd, buffer, offset));
}

/** The last bytes, if there are so many; undefined where they cannot be seen without reading all. */
export function tailOf(
  { fd, seekable, compression, offset, size = 0 }: Input,
  length: number,
): Uint8Array | undefined {
  if (!seekable || compression || size - offset < length) return undefined;
  const buffer = new Uint8Array(length);
  return buffer.subarray(0, readAt(fd, buffer, size - length));
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
  progress: Progress,
  limits: PayloadLimits = input.limits,
): Promise<Delivery> {
  const { fd, size = 0, offset, seekable, compression } = input;
  const useless: PayloadLimits["useless"] = () =>
    reader.skippable === Number.MAX_SAFE_INTEGER ? "given-up" : undefined;
  const watched = limits.useless ? limits : { ...limits, useless };
  const delivery =
    seekable && compression === null
      ? await feedFile({ fd, offset, size }, reader, progress)
      : await readFrom(input, (chunk) => reader.push(chunk), progress, watched);
  reader.finish();
  return delivery;
}

/** Takes what comes from the input's offset on. */
export async function readFrom(
  input: Input,
  take: Take,
  progress: Progress,
  limits: PayloadLimits = input.limits,
): Promise<Delivery> {
  let left = input.offset;
  const behind: Take = (chunk) => {
    const drop = Math.min(left, chunk.length);
    left -= drop;
    if (drop < chunk.length) return take(chunk.subarray(drop));
  };
  return await readAll(input, behind, progress, limits);
}

/** Reads an input from its beginning to its end, decompressed. Chunks are only lent. */
export async function readAll(
  input: Input,
  take: Take,
  progress: Progress = () => {},
  limits: PayloadLimits = input.limits,
): Promise<Delivery> {
  const { fd, seekable, compression, size = 0 } = input;
  const source = seekable ? { fd, offset: 0, size } : { chunks: chunksOf(input) };
  return await inflate(source, compression, take, limits, progress);
}

function* chunksOf({ fd, first }: Input): Generator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* chunksFrom(fd, null);
}
