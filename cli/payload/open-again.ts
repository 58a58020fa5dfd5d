import { closeSync, openSync } from "node:fs";
import { CHUNK, readAt } from "../file-bytes.ts";

/**
 * The same file once more, positioned, for a program to read by itself: two that share a descriptor share its position too.
 * Undefined where that cannot be had.
 */
export function openAgain(fd: number, offset: number): number | undefined {
  let own: number;
  try {
    own = openSync(`/dev/fd/${fd}`, "r");
  } catch {
    return undefined;
  }
  try {
    const buffer = new Uint8Array(Math.min(CHUNK, offset));
    for (let left = offset; left > 0; ) {
      const count = readAt(own, buffer.subarray(0, Math.min(left, buffer.length)), null);
      if (count === 0) break;
      left -= count;
    }
    return own;
  } catch (error) {
    closeSync(own);
    throw error;
  }
}
