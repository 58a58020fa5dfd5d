import { createReadStream } from "node:fs";
import type { Finding, SaveFormat } from "../../codec/index.ts";
import { recognise } from "../../codec/index.ts";
import type { FileSystem } from "../durable/file-system.ts";
import { UsageError } from "../exit.ts";
import { CHUNK } from "../file-bytes.ts";
import { type Delivery, headOf, type Input, openInput, readAll } from "../io.ts";
import type { Output } from "../output.ts";
import { feedFile, inflate } from "../payload/feed-payload.ts";
import type { PayloadLimits, Take } from "../payload/meter.ts";
import { printable } from "../printable.ts";
import { type Progress, startProgress } from "../progress.ts";
import { containerFindings } from "../read-stream.ts";
import { startCompressor } from "./compressor.ts";
import { beginsMapped, isMappedRam } from "./is-mapped.ts";
import { mappedStream } from "./mapped-move.ts";
import { copyMapped } from "./move-mapped.ts";
import { isMisplaced } from "./unwrap-image.ts";
import { type StreamResult, watchStream } from "./watch-stream.ts";

/** A bare stream that is to become an image. */
export interface StreamToWrap {
  readonly name: string;
  readonly input: Input;
  readonly mapped: boolean;
}

/** An image that is being written, from where its stream begins. */
interface Work {
  readonly stream: StreamToWrap;
  readonly fd: number;
  readonly at: number;
  readonly fs: FileSystem;
  readonly output: Output;
}

export interface Wrapped extends StreamResult {
  /** What is wrong with the compression around the stream. */
  readonly broken: readonly Finding[];
}

export function openStream(name: string): StreamToWrap {
  const input = openInput(name, 0);
  const head = headOf(input);
  const looks = recognise(head);
  if (looks)
    throw new UsageError(
      `${printable(name)} looks like ${looks.name}, not like a bare stream: see “migwire image unwrap”`,
    );
  const isFile = input.seekable && input.compression === null;
  const mapped = isFile ? isMappedRam(input.fd, 0) : beginsMapped(head);
  if (mapped && !isFile)
    throw new UsageError(
      `${printable(name)} is a mapped-ram stream, whose pages have fixed places: it has to be a plain file`,
    );
  return { name, input, mapped };
}

/** Copies a stream into the image, compressed as wanted, and reads it meanwhile. */
export async function wrapPlain({ stream, fd, fs, output }: Work, format: SaveFormat): Promise<Wrapped> {
  const { name, input } = stream;
  const watched = watchStream();
  const progress = startProgress(input, output);
  const compressor = startCompressor(format === "raw" || format === "sparse" ? null : format, fd, fs);
  try {
    const take = (chunk: Uint8Array) => {
      watched.reader.push(chunk);
      return compressor.write(chunk);
    };
    const delivery = await takeAll(input, take, progress.update, watched.limits);
    await compressor.end();
    watched.reader.finish();
    return { ...watched.result(name), broken: containerFindings(input, delivery) };
  } finally {
    progress.stop();
    compressor.abort();
  }
}

/** A pipe is waited for without holding up signals: there is something to clean up when they come. */
async function takeAll(
  input: Input,
  take: Take,
  progress: Progress,
  limits: PayloadLimits,
): Promise<Delivery> {
  if (input.seekable) return await readAll(input, take, progress, limits);
  return await inflate({ chunks: arriving(input) }, input.compression, take, limits, progress);
}

async function* arriving({ fd, first }: Input): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* fd === 0 ? process.stdin : createReadStream("", { fd, autoClose: false, highWaterMark: CHUNK });
}

/** Copies a mapped-ram stream behind the head of the image; its offsets follow. */
export async function wrapMapped({ stream, fd, at, fs, output }: Work): Promise<Wrapped> {
  const { name, input } = stream;
  const { size = 0 } = input;
  const watched = watchStream();
  const progress = startProgress(input, output);
  try {
    await feedFile({ fd: input.fd, offset: 0, size }, watched.reader, progress.update);
    watched.reader.finish();
    const result = watched.result(name);
    const mapped = mappedStream(0, result.blocks);
    if (!mapped || isMisplaced(result))
      throw new UsageError(
        `the offsets of the mapped-ram stream in ${printable(name)} do not fit their place, so they cannot be moved: nothing was written`,
      );
    await copyMapped(fs, { fd: input.fd, size }, mapped, { fd, start: at }, progress.update);
    return { ...result, broken: [] };
  } finally {
    progress.stop();
  }
}
