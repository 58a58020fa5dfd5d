import type { Finding } from "../../codec/index.ts";
import { concat } from "../../codec/layout/index.ts";
import { chunksFrom, readAt } from "../file-bytes.ts";
import { type Input, readFrom } from "../io.ts";
import type { PayloadSource } from "../payload/feed-payload.ts";
import { pull } from "../payload/pull.ts";
import type { Progress } from "../progress.ts";
import { containerFindings } from "../read-stream.ts";

/** The bytes of an image, first those up to its payload, then the payload. */
export interface ImageBytes {
  /** The next piece, lent until the one after it is asked for. */
  next(): Promise<Uint8Array | undefined>;
  /** Looks at `length` bytes of the payload, which begins behind `offset`: fewer where the image ends. */
  look(offset: number, length: number): Promise<Uint8Array>;
  /** The payload that was looked at. */
  payload(): PayloadSource;
  /** Ends it, and says how many bytes there were and what was wrong with what they came out of. */
  finish(wanted: boolean): Promise<{ readonly size: number; readonly findings: readonly Finding[] }>;
}

/** `seen` learns what is read as payload where the image is no plain file. */
export function openBytes(input: Input, progress: Progress, seen: (chunk: Uint8Array) => void): ImageBytes {
  return input.seekable && input.compression === null ? fileBytes(input) : pipedBytes(input, progress, seen);
}

function fileBytes({ fd, size = 0, offset }: Input): ImageBytes {
  const chunks = chunksFrom(fd, offset);
  let from = offset;
  return {
    next: async () => chunks.next().value ?? undefined,
    async look(start, length) {
      from = start;
      const buffer = new Uint8Array(length);
      return buffer.subarray(0, readAt(fd, buffer, start));
    },
    payload: () => ({ fd, offset: from, size }),
    finish: async () => ({ size: Math.max(0, size - offset), findings: [] }),
  };
}

function pipedBytes(input: Input, progress: Progress, seen: (chunk: Uint8Array) => void): ImageBytes {
  const pulled = pull((take) => readFrom(input, take, progress));
  let at = input.offset;
  let last: Uint8Array = new Uint8Array(0);
  const next = async () => {
    const chunk = await pulled.next();
    last = chunk ?? new Uint8Array(0);
    at += last.length;
    return chunk;
  };
  async function* rest(): AsyncGenerator<Uint8Array> {
    if (last.length > 0) yield last;
    for (let chunk = await next(); chunk; chunk = await next()) {
      seen(chunk);
      yield chunk;
    }
  }
  return {
    next,
    async look(offset, length) {
      let have = last.slice(Math.max(0, last.length - (at - offset)));
      while (have.length < length) {
        const chunk = await next();
        if (!chunk) break;
        seen(chunk);
        have = concat([have, chunk]);
      }
      last = have;
      return have.slice(0, length);
    },
    payload: () => ({ chunks: rest() }),
    async finish(wanted) {
      const { offset } = input;
      if (!wanted) {
        await pulled.stop();
        return { size: at - offset, findings: [] };
      }
      const delivery = await pulled.drain();
      // What a plain pipe delivers is all of it; what was decompressed counts from its beginning.
      return { size: delivery.bytes - offset, findings: containerFindings(input, delivery) };
    },
  };
}
