import { fstatSync } from "node:fs";
import type { Finding } from "../../codec/index.ts";
import type { Input } from "../io.ts";

/** POSIX counts the blocks of a file in these, whatever the file system's are. */
const BLOCK = 512;
/** Less is missing where a file system packs small tails, or a copy left out the padding. */
const REMARKABLE = 1 << 20;

/** Bytes that a file takes on the disk; null for what is no plain file, or where nobody tells. */
export function allocatedBytes({ fd, seekable }: Input): number | null {
  if (!seekable) return null;
  const { blocks } = fstatSync(fd);
  return Number.isSafeInteger(blocks) ? blocks * BLOCK : null;
}

/** Holes where QEMU wrote data. A sparse image has them by design; of a whole stream they need not say anything. */
export function holesFinding(size: number, allocated: number | null, isWhole: boolean): Finding[] {
  if (allocated === null || size - allocated < REMARKABLE) return [];
  const level = isWhole ? "note" : "warning";
  return [{ rule: "SAVE_HOLES_EXPECTED", level, subject: "", args: { size, allocated } }];
}
