import type { Reach, Verdict } from "./multifd-bounds.ts";
import type { OffsetScan } from "./multifd-head.ts";
import { find, type Multifd } from "./multifd-state.ts";

/**
 * Holds the offsets of a packet against the block list. Returns the highest offset that a page of the block may have, -1 if
 * there is no such block.
 */
export function placeOf(multifd: Multifd, block: string, scan: OffsetScan, offset: number): number {
  const { pageSize, options, bounds } = multifd;
  const ram = options.ram?.();
  const reach = { block, highest: scan.highest, odd: scan.bits % pageSize !== 0, pageSize, offset };
  const verdict = bounds.check(reach, ram);
  if (verdict) tell(multifd, reach, verdict);
  const known = ram ? ram.block(block) : undefined;
  if (ram) return known ? known.usedLength - pageSize : -1;
  return Number.MAX_SAFE_INTEGER - pageSize;
}

/** Checks what could not be checked before, once the main channel has told its blocks. */
export function settleBounds(multifd: Multifd): void {
  const { bounds, options } = multifd;
  const ram = bounds.waiting > 0 ? options.ram?.() : undefined;
  if (ram) for (const { reach, verdict } of bounds.settle(ram)) tell(multifd, reach, verdict);
}

function tell(multifd: Multifd, reach: Reach, verdict: Verdict): void {
  const { block, highest, pageSize, offset } = reach;
  if (verdict === "unknown-block") {
    find(multifd, "MULTIFD_BLOCK_KNOWN", "error", offset, { block });
    return;
  }
  const length = multifd.options.ram?.()?.block(block)?.usedLength;
  const expected =
    verdict === "odd" || length === undefined ? `multiples of ${pageSize}` : `up to ${length - pageSize}`;
  find(multifd, "MULTIFD_OFFSET_IN_BLOCK", "error", offset, {
    block,
    expected,
    found: verdict === "odd" ? "others" : highest,
  });
}
