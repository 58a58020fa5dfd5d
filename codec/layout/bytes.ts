/** One array of several; `length` is their sum where that is known. */
export function concat(
  parts: readonly Uint8Array[],
  length = parts.reduce((sum, part) => sum + part.length, 0),
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Bytes gathered piece by piece. */
export interface ByteBuilder {
  readonly length: number;
  append(bytes: Uint8Array): void;
  /** What was gathered, as a view that later appends may outdate. */
  view(): Uint8Array;
}

/** Copies what it is given; grows with what came, not with what was promised. */
export function createByteBuilder(): ByteBuilder {
  let room: Uint8Array = new Uint8Array(256);
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(bytes) {
      if (length + bytes.length > room.length) {
        const grown = new Uint8Array(Math.max(2 * room.length, length + bytes.length));
        grown.set(room.subarray(0, length));
        room = grown;
      }
      room.set(bytes, length);
      length += bytes.length;
    },
    view: () => room.subarray(0, length),
  };
}
