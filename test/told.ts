import { createReader } from "../codec/formats/stream/qemu-reader.ts";
import { readStream } from "../codec/formats/stream/qemu-stream.ts";
import { inflatePage } from "../codec/formats/stream/zlib-page.ts";
import { createStreamReader, type Span, type StreamEvent, type StreamSink } from "../codec/index.ts";

/** Hands a reader all of `data`, in pieces of its own choosing. */
export type Feed = (data: Uint8Array, sink: StreamSink) => void;

/** In pieces that end at each of `cuts`. Each piece is a copy that is spoilt afterwards: chunks are only lent. */
export function inPieces(...cuts: readonly number[]): Feed {
  return (data, sink) => {
    const reader = createStreamReader(sink, { inflatePage });
    let at = 0;
    for (const cut of [...cuts, data.length]) {
      if (cut > at) lend(reader, data.slice(at, cut));
      at = Math.max(at, cut);
    }
    reader.finish();
  };
}

/** In pieces of `size` bytes. */
export function inSteps(size: number): Feed {
  return (data, sink) => {
    const reader = createStreamReader(sink, { inflatePage });
    for (let at = 0; at < data.length; at += size) reader.push(data.subarray(at, at + size));
    reader.finish();
  };
}

function lend(reader: { push(chunk: Uint8Array): void }, chunk: Uint8Array): void {
  reader.push(chunk);
  chunk.fill(0x7e);
}

/** What a reader told, one line per event: comparable, and unaffected by what comes later. */
export function told(data: Uint8Array, feed: Feed, { pages = false, spans = false } = {}): string[] {
  const lines: string[] = [];
  const sink: StreamSink = { event: (event) => lines.push(line(event)) };
  const page: StreamSink["page"] = (block, offset, kind, content) =>
    lines.push(`page ${block.idstr} ${offset} ${kind} ${sum(content)}`);
  const span = ({ path, start, end, value }: Pick<Span, "path" | "start" | "end" | "value">) =>
    lines.push(`span ${path} ${start} ${end} ${value instanceof Uint8Array ? sum(value) : line(value)}`);
  const stateSpan: StreamSink["stateSpan"] = ({ path, start, end, type }) =>
    lines.push(`state ${path} ${start} ${end} ${type}`);
  feed(data, { ...sink, ...(pages ? { page } : {}), ...(spans ? { span, stateSpan } : {}) });
  return lines;
}

/** The events themselves, in one piece. */
export function events(data: Uint8Array, feed: Feed = inPieces()): StreamEvent[] {
  const all: StreamEvent[] = [];
  feed(data, { event: (event) => all.push(event) });
  return all;
}

/** Reads in one piece and says what it cost: events told and bytes covered in looking for places to go on. */
export function work(data: Uint8Array, sink: Partial<StreamSink> = {}) {
  const all: StreamEvent[] = [];
  const reader = createReader({ ...sink, event: (event) => all.push(event) }, 0, inflatePage);
  const steps = readStream(reader, "header");
  steps.next();
  reader.cursor.push(data);
  steps.next();
  reader.cursor.finish();
  if (!steps.next().done) throw new Error("the reader asks for more after the end");
  return { events: all, walked: reader.walked };
}

export function line(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}n` : inner));
}

function sum(content: Uint8Array): string {
  let a = content.length;
  for (const byte of content) a = (Math.imul(a, 31) + byte) | 0;
  return `${content.length}:${a >>> 0}`;
}

/** A small generator of random numbers, the same for the same seed everywhere. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}
