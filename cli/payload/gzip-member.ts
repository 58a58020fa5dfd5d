const MAGIC = [0x1f, 0x8b];
const DEFLATE = 8;
const FIXED = 10;
const HAS_CHECK = 0x02;
const HAS_EXTRA = 0x04;
const HAS_NAME = 0x08;
const HAS_COMMENT = 0x10;
const UNKNOWN = 0xe0;
/** Names and comments of longer headers are not looked through. */
const LONGEST_HEADER = 1 << 20;

/** Bytes behind the compressed data: CRC-32 and length of what it holds. */
export const TRAILER_LENGTH = 8;

/** What the bytes at the start of a member are. */
export type GzipHeader =
  | { readonly kind: "header"; readonly length: number }
  /** There are too few of them to tell. */
  | { readonly kind: "more" }
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly text: string };

/** Reads the header of a gzip member. */
export function gzipHeader(bytes: Uint8Array): GzipHeader {
  if (!MAGIC.every((byte, i) => i >= bytes.length || byte === bytes[i])) return { kind: "none" };
  if (bytes.length < FIXED) return { kind: "more" };
  const [, , method = 0, flags = 0] = bytes;
  if (method !== DEFLATE) return { kind: "refused", text: `unknown method ${method} -- not supported` };
  if ((flags & UNKNOWN) !== 0)
    return { kind: "refused", text: `has flags 0x${flags.toString(16)} -- not supported` };
  let at = FIXED;
  if ((flags & HAS_EXTRA) !== 0) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = at > bytes.length ? -1 : bytes.indexOf(0, at);
    if (end < 0) return tooLong(bytes);
    at = end + 1;
  }
  if ((flags & HAS_CHECK) !== 0) at += 2;
  return at > bytes.length ? tooLong(bytes) : { kind: "header", length: at };
}

function tooLong({ length }: Uint8Array): GzipHeader {
  return length < LONGEST_HEADER ? { kind: "more" } : { kind: "refused", text: "has too long a header" };
}
