import type { Steps, StreamCursor } from "../../codec/layout/index.ts";

/** Input as QEMU's QEMUFile reads it: behind its end every value is 0 and every text empty, and the error is kept. */
export interface QemuFile {
  readonly cursor: StreamCursor;
  readonly connection: number;
  /** The field that was read last, or is being read. */
  offset: number;
  path: string;
  /** Set by an owner who looks at `awaits`, and brings no input meanwhile. */
  heeded?: boolean;
  /** Bytes its owner holds back behind the cursor's. */
  queued?: () => number;
  /** What its reader waits for, other than input. */
  awaits?: (() => boolean) | undefined;
  /** Set once a read went beyond the end. */
  error: "EIO" | null;
}

export function openFile(cursor: StreamCursor, connection: number): QemuFile {
  return { cursor, connection, offset: cursor.offset, path: "", error: null };
}

/** An unsigned big-endian number of 1, 2 or 4 bytes. Bytes that are not there count as 0, as in QEMU. */
export function* number(file: QemuFile, bytes: 1 | 2 | 4, path: string): Steps<number> {
  const have = yield* look(file, bytes, path);
  let value = 0;
  for (let i = 0; i < bytes; i++)
    value = value * 256 + (i < have ? file.cursor.view.getUint8(file.cursor.at + i) : 0);
  file.cursor.at += have;
  return value;
}

/** An unsigned big-endian number of 8 bytes. */
export function* number64(file: QemuFile, path: string): Steps<bigint> {
  const have = yield* look(file, 8, path);
  if (have === 8) {
    const whole = file.cursor.view.getBigUint64(file.cursor.at);
    file.cursor.at += 8;
    return whole;
  }
  let value = 0n;
  for (let i = 0; i < 8; i++)
    value = value * 256n + (i < have ? BigInt(file.cursor.view.getUint8(file.cursor.at + i)) : 0n);
  file.cursor.at += have;
  return value;
}

/** Up to `count` bytes, copied; fewer only at the end. `count` must be bounded by the caller. */
export function* bytes(file: QemuFile, count: number, path: string): Steps<Uint8Array> {
  const have = yield* look(file, count, path);
  const { cursor } = file;
  const taken = cursor.bytes.slice(cursor.at, cursor.at + have);
  cursor.at += have;
  return taken;
}

/** Steps over `count` bytes without keeping them. Returns how many there were. */
export function* skip(file: QemuFile, count: number, path: string): Steps<number> {
  file.offset = file.cursor.offset;
  file.path = path;
  const from = file.cursor.offset;
  let left = count;
  while (left > 0) {
    const have = yield* file.cursor.upTo(Math.min(left, 1));
    if (have === 0) {
      file.error = "EIO";
      break;
    }
    const step = Math.min(left, file.cursor.end - file.cursor.at);
    file.cursor.at += step;
    left -= step;
  }
  return file.cursor.offset - from;
}

function* look(file: QemuFile, count: number, path: string): Steps<number> {
  file.offset = file.cursor.offset;
  file.path = path;
  const have = yield* file.cursor.upTo(count);
  if (have < count) file.error = "EIO";
  return have;
}
