import { concat } from "./bytes.ts";
import { type DecodeOptions, read, type Span } from "./decode.ts";
import { DecodeError } from "./errors.ts";
import type { Fields, StructDef } from "./fields.ts";
import { fixedSize, type Infer, minimumSize } from "./struct.ts";

/** A reader in the middle of its work. Each `yield` asks the owner for more input. */
export type Steps<T = void> = Generator<undefined, T, undefined>;

const EMPTY: Uint8Array = new Uint8Array(0);

/**
 * Reads on behind a skip, in the bytes `[at, end)`, and returns where it stopped: beyond `end` if it would step over
 * bytes that are still to come.
 */
export type Onward = (view: DataView, at: number, end: number) => number;

/** No struct is longer; a length that says so is not believed. */
const LONGEST_STRUCT = 1 << 20;

/**
 * Input pushed in any chunking, read as if it were one piece.
 *
 * The bytes at hand are `bytes[at..end)`: a view of the caller's chunk, or of a small carry buffer while a value
 * straddles two chunks. Views are valid until the next `yield`. Offsets are absolute and never reset.
 */
export class StreamCursor {
  bytes: Uint8Array = EMPTY;
  view: DataView = new DataView(EMPTY.buffer);
  at = 0;
  end = 0;
  /** Absolute offset that no read may pass: the end of an enclosing package. */
  limit = Number.POSITIVE_INFINITY;
  /** Bytes the reader does not want to see, so that a seekable source need not read them. */
  skippable = 0;
  /** Receives the span of every struct and raw range read. */
  trace: ((span: Span) => void) | undefined;
  #base: number;
  #ended = false;
  #chunk: Uint8Array = EMPTY;
  /** Bytes of `#chunk` that were copied to the carry buffer. */
  #taken = 0;
  #carry: Uint8Array = EMPTY;
  #inCarry = false;
  #onward: Onward | undefined;

  constructor(offset = 0) {
    this.#base = offset;
  }

  get offset(): number {
    return this.#base + this.at;
  }

  /** Absolute offset of the end of what was pushed so far. */
  get inputEnd(): number {
    const unseen = this.#inCarry ? this.#chunk.length - this.#taken : 0;
    return this.#base + this.end + unseen;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Hands over a chunk. The previous one must have been used up, which it is whenever the reader yields. */
  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#taken = 0;
    if (this.at === this.end) this.#useChunk();
  }

  /**
   * Uses up what was pushed without waking a reader that waits in a skip and has left word how to go on: waking it
   * through all its callers takes longer than reading the chunk. Returns false when the reader is needed.
   */
  passes(): boolean {
    const onward = this.#onward;
    if (!onward) return false;
    const end = Math.min(this.end, this.at + this.limit - this.offset);
    const step = Math.min(this.skippable, end - this.at);
    this.at += step;
    this.skippable -= step;
    if (this.skippable === 0) {
      const stopped = onward(this.view, this.at, end);
      this.at = Math.min(stopped, end);
      this.skippable = stopped - this.at;
    }
    return this.skippable > 0 && this.at === this.end;
  }

  /** Puts back bytes that were consumed just now, to be read again. */
  unread(bytes: Uint8Array): void {
    const unseen = this.#inCarry ? this.#chunk.subarray(this.#taken) : EMPTY;
    const window = concat([bytes, this.bytes.subarray(this.at, this.end), unseen]);
    this.#base = this.offset - bytes.length;
    this.bytes = window;
    this.view = new DataView(window.buffer);
    this.at = 0;
    this.end = window.length;
    this.#carry = window;
    this.#inCarry = true;
    this.#chunk = EMPTY;
    this.#taken = 0;
  }

  finish(): void {
    this.#ended = true;
  }

  /** Moves past bytes the source did not read. Only while `skippable` is at least `count`. */
  skipped(count: number): void {
    this.skippable -= count;
    this.#base += count;
  }

  has(count: number): boolean {
    return this.end - this.at >= count && this.offset + count <= this.limit;
  }

  /** Makes `count` bytes available at `at`, or throws a `truncated` DecodeError. Consumes nothing. */
  *need(count: number, path: string): Steps {
    const have = yield* this.upTo(count);
    if (have < count)
      throw new DecodeError({ code: "truncated", path, offset: this.offset, need: count, have });
  }

  /** Makes up to `count` bytes available and says how many there are; fewer only at the end of the input or package. */
  *upTo(count: number): Steps<number> {
    const room = Math.min(count, this.limit - this.offset);
    while (this.end - this.at < room) {
      if (this.#topUp(room)) continue;
      if (this.#ended) break;
      this.#keep();
      yield;
    }
    return Math.min(room, this.end - this.at);
  }

  /**
   * Consumes `count` bytes without looking at them. Where these end before the input at hand does, `onward` may go on in
   * place of the caller, for as long as it steps over `count` bytes again; not within a package, whose limit it ignores.
   */
  *skip(count: number, path: string, onward?: Onward): Steps {
    let start = this.offset;
    const room = Math.min(count, this.limit - start);
    let left = room;
    while (true) {
      if (this.at === this.end) this.#topUp(1);
      const step = Math.min(left, this.end - this.at);
      this.at += step;
      left -= step;
      if (left === 0) break;
      if (this.at < this.end || this.#topUp(1)) continue;
      if (this.#ended) break;
      this.#keep();
      this.skippable = left;
      this.#onward = onward;
      yield;
      this.#onward = undefined;
      left = this.skippable;
      this.skippable = 0;
      start = this.offset - room + left;
    }
    const have = room - left;
    if (have < count) throw new DecodeError({ code: "truncated", path, offset: start, need: count, have });
  }

  /** Reads one struct and consumes it. */
  *struct<F extends Fields>(def: StructDef<F>, options: DecodeOptions = {}): Steps<Infer<StructDef<F>>> {
    const spans: Span[] = [];
    const trace = this.trace ? { trace: (span: Span) => spans.push(span) } : {};
    let wanted = fixedSize(def) ?? minimumSize(def);
    for (;;) {
      const have = yield* this.upTo(wanted);
      const room = Math.min(this.end - this.at, this.limit - this.offset);
      const window = this.bytes.subarray(this.at, this.at + room);
      spans.length = 0;
      try {
        const { value, end } = read(def, window, { ...options, ...trace, base: this.offset });
        for (const span of spans) this.trace?.(span);
        this.at += end;
        return value;
      } catch (error) {
        if (!(error instanceof DecodeError) || error.code !== "truncated" || have < wanted) throw error;
        wanted = error.offset - this.offset + (error.need ?? 1);
        if (wanted > LONGEST_STRUCT) throw tooLong(error);
      }
    }
  }

  #topUp(room: number): boolean {
    if (this.#inCarry && this.end - this.at <= this.#taken) {
      const back = this.end - this.at;
      const from = this.#taken - back;
      if (from < this.#chunk.length) {
        this.#useChunk(from);
        return true;
      }
      return false;
    }
    if (!this.#inCarry || this.#taken >= this.#chunk.length) return false;
    const left = this.end - this.at;
    const take = Math.min(room - left, this.#chunk.length - this.#taken);
    this.#fillCarry(left, take);
    return true;
  }

  #useChunk(from = 0): void {
    this.#base = this.offset - from;
    this.bytes = this.#chunk;
    this.view = new DataView(this.#chunk.buffer, this.#chunk.byteOffset, this.#chunk.byteLength);
    this.at = from;
    this.end = this.#chunk.length;
    this.#inCarry = false;
  }

  /** Copies what is left to the carry buffer, because the caller's chunk is only lent. */
  #keep(): void {
    const left = this.end - this.at;
    this.#fillCarry(left, 0);
    this.#chunk = EMPTY;
    this.#taken = 0;
  }

  #fillCarry(left: number, take: number): void {
    const size = left + take;
    const grown =
      this.#carry.length < size ? new Uint8Array(Math.max(size, 2 * this.#carry.length, 512)) : this.#carry;
    if (this.bytes !== grown || this.at > 0) grown.set(this.bytes.subarray(this.at, this.end), 0);
    grown.set(this.#chunk.subarray(this.#taken, this.#taken + take), left);
    this.#taken += take;
    this.#base = this.offset;
    this.#carry = grown;
    this.bytes = grown;
    this.view = new DataView(grown.buffer, 0, size);
    this.at = 0;
    this.end = size;
    this.#inCarry = true;
  }
}

function tooLong(error: DecodeError): DecodeError {
  const { path, offset, need } = error;
  const expected = `at most ${LONGEST_STRUCT} bytes in one struct`;
  return new DecodeError({ code: "length-out-of-bounds", path, offset, expected, found: `${need} bytes` });
}
