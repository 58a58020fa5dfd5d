import { CONTINUE, PAGE, ZERO } from "../../../codec/formats/stream/qemu-ram.ts";
import { PAGE_SIZE } from "../page-size.ts";
import type { QemuFile } from "../qemu-file.ts";

const ZERO_AGAIN = ZERO | CONTINUE;
const PAGE_AGAIN = PAGE | CONTINUE;

/**
 * Steps over records that nothing is wrong with: zero and whole pages of the same block as before, within it, as far as
 * they are at hand. What the first other record means is for the caller to say. Pages are noted in `received`, a bit each.
 */
export function scanRecords(
  { cursor }: QemuFile,
  blockLength: number,
  zeroOnly: boolean,
  received: Uint8Array | undefined,
): void {
  const { view } = cursor;
  const end = Math.min(cursor.end, cursor.at + cursor.limit - cursor.offset);
  let { at } = cursor;
  while (end - at >= 9) {
    const low = view.getUint32(at + 4);
    const flags = low & (PAGE_SIZE - 1);
    const address = view.getUint32(at) * 0x1_0000_0000 + (low - flags);
    if (address >= blockLength) break;
    if (flags === ZERO_AGAIN && !(zeroOnly && view.getUint8(at + 8) !== 0)) at += 9;
    else if (flags === PAGE_AGAIN && end - at >= 8 + PAGE_SIZE) at += 8 + PAGE_SIZE;
    else break;
    if (received) {
      const page = address / PAGE_SIZE;
      const byte = Math.floor(page / 8);
      received[byte] = (received[byte] ?? 0) | (1 << (page % 8));
    }
  }
  cursor.at = at;
}
