import type { PageKind, RamBlock, StreamSink } from "./qemu-events.ts";
import { CONTINUE, PAGE, ZERO } from "./qemu-ram.ts";
import type { RamState } from "./qemu-ram-state.ts";

const ZERO_AGAIN = ZERO | CONTINUE;
const PAGE_AGAIN = PAGE | CONTINUE;

/**
 * Reads a run of ordinary page records of the current block: those of `RamRecord` with CONTINUE and ZERO or PAGE, whole
 * within `[at, end)`. Stops at the first record that is anything else and returns its place; what that record means, and
 * whether it is wrong, is for the table to say.
 */
export function scanPages(
  view: DataView,
  at: number,
  end: number,
  ram: RamState,
  page: StreamSink["page"],
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
      if (page) visitPage(page, block, offset, "zero", view, at + 8, 1);
      at += 9;
    } else if (flags === pageFlags) {
      const next = at + 8 + size;
      if (next > end) break;
      normal++;
      if (page) visitPage(page, block, offset, "normal", view, at + 8, size);
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

function visitPage(
  page: NonNullable<StreamSink["page"]>,
  block: RamBlock,
  offset: number,
  kind: PageKind,
  view: DataView,
  at: number,
  length: number,
): void {
  page(block, offset, kind, new Uint8Array(view.buffer, view.byteOffset + at, length));
}
