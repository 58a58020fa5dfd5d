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
  at = 0;
  end = 0;
  /** Absolute offset that no read may pass: the end of an enclosing package. */
  limit = Number.POSITIVE_INFINITY;
  /** Bytes the reader does not want to see, so that a seekable source need not read them. */
  skippable = 0;
  /** Receives the span of every struct and raw range read. */
  trace: ((span: Span) => void) | undefined;
  #view: DataView | undefined;
  #base: number;
  #ended = false;
  #chunk: Uint8Array = EMPTY;
  /** Bytes of `#chunk` that were copied to the carry buffer. */
  #taken = 0;
  #carry: Uint8Array = EMPTY;
  #inCarry = false;
  #onward: Onward | undefined;
  /** Bytes lost behind those at hand. */
  #lost = 0;

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

  /** The same bytes as `bytes`. */
  get view(): DataView {
    this.#view ??= new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
    return this.#view;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Bytes are missing right behind those at hand; nothing can be read until they are crossed. */
  get lost(): number {
    return this.#lost;
  }

  /** Says that `count` bytes are missing behind what was pushed so far. The reader must be woken next. */
  lose(count: number): void {
    this.#lost += count;
  }

  /**
   * Moves behind the missing bytes, or to the end of the package where that comes first, and says how many they were.
   * Only where nothing is at hand any more.
   */
  cross(): number {
    const lost = Math.max(0, Math.min(this.#lost, this.limit - this.offset));
    this.#base += lost;
    this.#lost -= lost;
    return lost;
  }

  /** Hands over a chunk. The previous one must have been used up, which it is whenever the reader yields. */
  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#taken = 0;
    if (this.at === this.end) this.#useChunk();
  }

  /**
   * Uses up what was pushed without waking a reader that waits in a skip, if that takes all of it or the reader has left
   * word how to go on: waking it through all its callers takes longer than reading the chunk. Returns false when the
   * reader is needed.
   */
  passes(): boolean {
    const onward = this.#onward;
    const end = Math.min(this.end, this.at + this.limit - this.offset);
    if (!onward) {
      const all = this.skippable > end - this.at && end === this.end && !this.#inCarry;
      if (!all) return false;
      this.skippable -= end - this.at;
      this.at = end;
      return true;
    }
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
    this.#view = undefined;
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

  /** Makes `count` bytes available at `at`, or throws a `truncated` or `lost` DecodeError. Consumes nothing. */
  *need(count: number, path: string): Steps {
    const have = yield* this.upTo(count);
    if (have < count)
      throw new DecodeError({ code: this.#shortage(), path, offset: this.offset, need: count, have });
  }

  /** Makes `count` bytes available, or says that some of them are missing. Throws where the input ends. */
  *intact(count: number, path: string): Steps<boolean> {
    if (!this.has(count) && (yield* this.upTo(count)) < count && this.#shortage() === "lost") return false;
    yield* this.need(count, path);
    return true;
  }

  /**
   * Makes up to `count` bytes available and says how many there are; fewer only at the end of the input or package, or
   * where bytes are missing.
   */
  *upTo(count: number): Steps<number> {
    const room = Math.max(0, Math.min(count, this.limit - this.offset));
    while (this.end - this.at < room) {
      if (this.#topUp(room)) continue;
      if (this.#ended || this.#lost > 0) break;
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
    const room = Math.max(0, Math.min(count, this.limit - start));
    let left = room;
    while (true) {
      if (this.at === this.end) this.#topUp(1);
      const step = Math.min(left, this.end - this.at);
      this.at += step;
      left -= step;
      if (left === 0) break;
      if (this.at < this.end || this.#topUp(1)) continue;
      if (this.#lost > 0) {
        const step = Math.min(left, this.#lost);
        this.#base += step;
        this.#lost -= step;
        left -= step;
        if (left === 0) break;
        continue;
      }
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
        if (!(error instanceof DecodeError) || error.code !== "truncated") throw error;
        if (have < wanted) throw this.#shortage() === "lost" ? lostIn(error) : error;
        wanted = error.offset - this.offset + (error.need ?? 1);
        if (wanted > LONGEST_STRUCT) throw tooLong(error);
      }
    }
  }

  /** Why there are no more bytes at hand: the input or package ends, or some are missing. */
  #shortage(): "truncated" | "lost" {
    return this.#lost > 0 && this.offset + this.end - this.at < this.limit ? "lost" : "truncated";
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
    this.#view = undefined;
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
    this.#view = undefined;
    this.at = 0;
    this.end = size;
    this.#inCarry = true;
  }
}

function lostIn({ path, offset, need = 0, have = 0 }: DecodeError): DecodeError {
  return new DecodeError({ code: "lost", path, offset, need, have });
}

function tooLong(error: DecodeError): DecodeError {
  const { path, offset, need } = error;
  const expected = `at most ${LONGEST_STRUCT} bytes in one struct`;
  return new DecodeError({ code: "length-out-of-bounds", path, offset, expected, found: `${need} bytes` });
}
