import type { StreamSink } from "./qemu-events.ts";
import { CONTINUE, PAGE, ZERO } from "./qemu-ram.ts";
import type { RamState } from "./qemu-ram-state.ts";

const ZERO_AGAIN = ZERO | CONTINUE;
const PAGE_AGAIN = PAGE | CONTINUE;

/**
 * Reads a run of ordinary page records of the current block: those of `RamRecord` with CONTINUE and ZERO or PAGE, whole
 * within `[at, end)`, or with nobody to show its page to, with its page reaching beyond. Stops at the first record that is
 * anything else and returns its place; what that record means, and whether it is wrong, is for the table to say.
 */
export function scanPages(
  view: DataView,
  at: number,
  end: number,
  ram: RamState,
  { page, place }: Pick<StreamSink, "page" | "place">,
): number {
  const block = ram.current;
  if (!block) return at;
  const size = ram.pageSize;
  const mask = size - 1;
  const limit = block.usedLength - size;
  const pageFlags = ram.pageSizeKnown ? PAGE_AGAIN : -1;
  const slack = ram.slack;
  let last = ram.last;
  let zero = 0;
  let normal = 0;
  while (end - at >= 9) {
    const low = view.getUint32(at + 4);
    const flags = low & mask;
    const offset = view.getUint32(at) * 0x100000000 + (low - flags);
    if (offset > limit) break;
    if (flags === ZERO_AGAIN) {
      if (view.getUint8(at + 8) !== 0) break;
      zero++;
      page?.(block, offset, "zero", bytesOf(view, at + 8, 1), size);
      place?.(block, offset);
      at += 9;
    } else if (flags === pageFlags) {
      const next = at + 8 + size;
      if (next > end && page) break;
      normal++;
      page?.(block, offset, "normal", bytesOf(view, at + 8, size), size);
      place?.(block, offset);
      at = next;
    } else break;
    if (offset < last - slack) ram.rounds++;
    last = offset;
  }
  ram.last = last;
  block.pages.zero += zero;
  block.pages.normal += normal;
  return at;
}

function bytesOf(view: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, length);
}
