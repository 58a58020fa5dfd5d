import { concat } from "../../layout/index.ts";

/** Bytes that a reader wants next. */
export interface ReadRequest {
  readonly kind: "read";
  readonly offset: number;
  /** At most 1 MiB. */
  readonly length: number;
}

/** A reader that asks for bytes anywhere in a file. It gets fewer than it asked for only where the file ends. */
export type RandomAccess<T> = Generator<ReadRequest, T, Uint8Array>;

const LONGEST_READ = 1 << 20;

/** Asks for bytes, in several requests where they are many. They may be fewer, and are the reader's own. */
export function* bytesAt(offset: number, length: number): RandomAccess<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let done = 0; done < length; ) {
    const wanted = Math.min(LONGEST_READ, length - done);
    const got = yield { kind: "read", offset: offset + done, length: wanted };
    parts.push(got.slice(0, wanted));
    done += got.length;
    if (got.length < wanted) break;
  }
  return concat(parts);
}

/** Runs a reader over a source that answers at once. */
export function answer<T>(access: RandomAccess<T>, read: (offset: number, length: number) => Uint8Array): T {
  for (let step = access.next(); ; ) {
    if (step.done) return step.value;
    step = access.next(read(step.value.offset, step.value.length));
  }
}
