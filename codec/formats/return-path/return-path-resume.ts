import type { Field, Steps, StreamCursor } from "../../layout/index.ts";
import {
  RECV_BITMAP_REPLY,
  REQ_PAGES,
  REQ_PAGES_ID,
  RESUME_ACK,
  RESUME_ACK_VALUE,
  RETURN_PATH_LENGTH,
  SHUT,
} from "./return-path.ts";
import { find, messagePath, type ReturnPath } from "./return-path-state.ts";

const HEADER = 4;
/** Smallest page size of any host: what requests are aligned to. */
const SMALLEST_PAGE = 4096;

/**
 * Moves on to where messages are certain again: two that make sense one behind the other, or one that ends where the
 * input at hand does; not within the first `passed` bytes. Says what it left behind. Returns false when the input ends
 * first.
 */
export function* resume(path: ReturnPath, passed: number): Steps<boolean> {
  const { cursor } = path;
  const start = cursor.offset;
  const where = `${messagePath(path)}.unread`;
  let from = start;
  let missing = 0;
  let step = passed;
  const left = () => ({ lost: missing, skipped: cursor.offset - start - missing });
  const trace = () => {
    const end = cursor.offset;
    if (end > from) cursor.trace?.({ path: where, start: from, end, value: end - from, field: UNREAD });
  };
  for (;;) {
    yield* cursor.skip(step, where);
    step = yield* cursor.upTo(HEADER);
    if (step < HEADER) {
      yield* cursor.skip(step, where);
      step = 0;
      trace();
      if (cursor.lost === 0) break;
      missing += cursor.cross();
      from = cursor.offset;
      continue;
    }
    step = nextHeader(cursor);
    if (step > 0) continue;
    if (yield* isChain(cursor)) {
      trace();
      find(path, "RETURN_PATH_RESUMED", "note", cursor.offset, left());
      return true;
    }
    step = 1;
  }
  find(path, "RETURN_PATH_ABANDONED", "warning", start, left());
  return false;
}

/** Bytes from the cursor to what looks like a header, or to the last three at hand. */
function nextHeader(cursor: StreamCursor): number {
  const { bytes, at, end } = cursor;
  const last = end - HEADER;
  for (let i = at; i <= last; i++)
    if (bytes[i] === 0 && isHeader(bytes[i + 1] ?? 0, (bytes[i + 2] ?? 0) * 256 + (bytes[i + 3] ?? 0)))
      return i - at;
  return end - at - HEADER + 1;
}

function isHeader(type: number, length: number): boolean {
  if (type === REQ_PAGES_ID) return length > 13 && length <= 13 + 255;
  if (type === RECV_BITMAP_REPLY) return length > 1 && length <= 1 + 255;
  return RETURN_PATH_LENGTH[type] === length;
}

function* isChain(cursor: StreamCursor): Steps<boolean> {
  const first = yield* plausible(cursor, 0);
  if (first === undefined) return false;
  const have = yield* cursor.upTo(first + HEADER);
  if (cursor.view.getUint16(cursor.at) === RECV_BITMAP_REPLY) return true;
  if (have < first + HEADER) return have === first;
  return (yield* plausible(cursor, first)) !== undefined;
}

/** Bytes of the message `ahead` of the cursor, if it makes sense. One that is cut off does not, unless it is the second. */
function* plausible(cursor: StreamCursor, ahead: number): Steps<number | undefined> {
  if ((yield* cursor.upTo(ahead + HEADER)) < ahead + HEADER) return undefined;
  const type = cursor.view.getUint16(cursor.at + ahead);
  const length = cursor.view.getUint16(cursor.at + ahead + 2);
  if (!isHeader(type, length)) return undefined;
  const size = HEADER + length;
  const bitmap = type === RECV_BITMAP_REPLY ? 8 : 0;
  if ((yield* cursor.upTo(ahead + size + bitmap)) < ahead + size + bitmap)
    return ahead > 0 ? size : undefined;
  return makesSense(cursor, cursor.at + ahead + HEADER, type, length) ? size : undefined;
}

function makesSense({ bytes, view }: StreamCursor, at: number, type: number, length: number): boolean {
  switch (type) {
    case SHUT:
      return view.getUint32(at) <= 1;
    case RESUME_ACK:
      return view.getUint32(at) === RESUME_ACK_VALUE;
    case REQ_PAGES:
    case REQ_PAGES_ID: {
      const wanted = view.getUint32(at + 8);
      if (wanted === 0 || wanted % SMALLEST_PAGE !== 0 || view.getUint32(at + 4) % SMALLEST_PAGE !== 0)
        return false;
      return type === REQ_PAGES || isName(bytes, at + 12, length - 12);
    }
    case RECV_BITMAP_REPLY:
      return (
        isName(bytes, at, length) &&
        view.getUint32(at + length) === 0 &&
        view.getUint32(at + length + 4) % 8 === 0
      );
    default:
      return true;
  }
}

/** A counted name of printable characters that fills `length` bytes. */
function isName(bytes: Uint8Array, at: number, length: number): boolean {
  if (bytes[at] !== length - 1) return false;
  for (let i = at + 1; i < at + length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x20 || byte === 0x7f) return false;
  }
  return true;
}

const UNREAD: Field = { kind: "bytes", length: 0, doc: "Bytes that make no sense here." };
