import { createHash } from "node:crypto";
import { type FileSystem, readUpTo } from "./file-system.ts";

/** Bytes looked at from either end of a file. The state of devices, which no two saves have in common, comes last. */
const REACH = 1 << 20;

/** What makes a file known again whatever an edit did to its part: SHA-256 of its ends, without that part. */
export function fingerprint(
  fs: FileSystem,
  fd: number,
  { size, offset, length }: { readonly size: number; readonly offset: number; readonly length: number },
): Uint8Array {
  const hash = createHash("sha256");
  for (const start of [0, Math.max(0, size - REACH)]) {
    const bytes = readUpTo(fs, fd, REACH, start);
    const from = Math.max(0, offset - start);
    const to = Math.max(0, offset + length - start);
    bytes.fill(0, Math.min(from, bytes.length), Math.min(to, bytes.length));
    hash.update(bytes);
  }
  return hash.digest();
}
