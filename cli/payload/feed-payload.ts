import type { ChannelReader, Compression } from "../../codec/index.ts";
import { breathe, CHUNK, chunksFrom, readAt } from "../file-bytes.ts";
import type { Progress } from "../progress.ts";
import type { PayloadDelivery } from "./delivery.ts";
import { type Inflation, startInflation } from "./inflation.ts";
import type { PayloadLimits, Take } from "./meter.ts";
import { openAgain } from "./open-again.ts";

/** Seeking costs about as much as reading this many bytes. */
const WORTH_SEEKING = 1 << 20;

/** A payload inside a regular file, or one that comes in pieces; each is only lent until the next is asked for. */
export type PayloadSource =
  | {
      readonly fd: number;
      /** First byte of the payload in the file. */
      readonly offset: number;
      readonly size: number;
    }
  | { readonly chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array> };

/**
 * Turns a payload into the bytes of its stream and pushes them to a reader. `progress` learns how far the file was read, or
 * how much came out where a program reads it.
 */
export async function feedPayload(
  source: PayloadSource & { readonly format: Compression | null },
  reader: ChannelReader,
  limits: PayloadLimits,
  progress: Progress,
): Promise<PayloadDelivery> {
  const { format } = source;
  const delivery =
    format === null && "fd" in source
      ? await feedFile(source, reader, progress)
      : await inflate(source, format, (chunk) => reader.push(chunk), limits, progress);
  reader.finish();
  return delivery;
}

/** Plain files are not read where the reader would only step over the bytes. */
export async function feedFile(
  { fd, offset, size }: Extract<PayloadSource, { fd: number }>,
  reader: ChannelReader,
  progress: Progress,
): Promise<PayloadDelivery> {
  const buffer = new Uint8Array(CHUNK);
  let position = offset;
  for (;;) {
    const count = readAt(fd, buffer, position);
    if (count === 0) return { bytes: position - offset };
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

/** Takes all that comes out of a payload. */
export async function inflate(
  source: PayloadSource,
  format: Compression | null,
  take: Take,
  limits: PayloadLimits,
  progress: Progress,
): Promise<PayloadDelivery> {
  const chunks = "fd" in source ? chunksFrom(source.fd, source.offset) : source.chunks;
  if (format === null) return await pass(chunks, take, progress);
  if (format !== "gzip" && "fd" in source) {
    const file = openAgain(source.fd, source.offset);
    if (file !== undefined) {
      const helper = await startInflation(format, counted(take, progress), limits, file);
      return await helper.end();
    }
  }
  return await pump(chunks, await startInflation(format, take, limits), progress);
}

function counted(take: Take, progress: Progress): Take {
  let bytes = 0;
  return (chunk) => {
    bytes += chunk.length;
    progress(bytes, true);
    return take(chunk);
  };
}

async function pass(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  take: Take,
  progress: Progress,
): Promise<PayloadDelivery> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    const wait = take(chunk);
    if (wait) await wait;
    progress(bytes);
    const pause = breathe();
    if (pause) await pause;
  }
  return { bytes };
}

async function pump(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  inflation: Inflation,
  progress: Progress,
): Promise<PayloadDelivery> {
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      if (inflation.done) break;
      await inflation.write(chunk);
      bytes += chunk.length;
      progress(bytes);
    }
  } catch (error) {
    inflation.abort();
    throw error;
  }
  return await inflation.end();
}
