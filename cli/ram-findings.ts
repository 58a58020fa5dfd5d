import type { Finding, RamBlock } from "../codec/index.ts";
import { hasErrors, type Remark } from "./findings.ts";
import type { SessionReading } from "./read-session.ts";
import type { Reading } from "./read-stream.ts";
import type { RebuiltBlock } from "./rebuild.ts";

const WHY = {
  "too-long-for-file-system": "the file system takes no file of that length",
  "too-long-to-hash": "most of it was never sent",
} as const;

/** Blocks that were not rebuilt. */
export function lostBlocks(rebuilt: readonly RebuiltBlock[]): Finding[] {
  return rebuilt.flatMap(({ idstr: block, usedLength: length, lost }) =>
    lost === undefined ? [] : [error("RAM_BLOCK_REBUILT", { block, length, why: WHY[lost] })],
  );
}

/** A main channel read without its multifd channels. */
export function missingChannels(
  { container, end }: Reading,
  rebuilt: readonly RebuiltBlock[],
  all: readonly RamBlock[],
): Finding[] {
  const content = all.some(({ pages }) => pages.normal + pages.xbzrle + pages.compressed > 0);
  const gaps = rebuilt.some(({ never }) => never > 0);
  const elsewhere = end.reason === "eof" && container === "qevm" && gaps && (end.flushes > 0 || !content);
  return elsewhere ? [{ rule: "RAM_PAGES_IN_STREAM", level: "warning", subject: "", args: {} }] : [];
}

/** A channel that was not seen to its end lacks pages: what is only a warning elsewhere makes the memory wrong. */
export function asErrors(remarks: readonly Remark[]): readonly Remark[] {
  return remarks.map((remark) =>
    remark.finding.rule === "CHANNEL_COMPLETE"
      ? { ...remark, finding: { ...remark.finding, level: "error" } }
      : remark,
  );
}

/**
 * What the capture lacks, so that the memory is not that of the guest. `blocks` is undefined where nothing lists them: then
 * there is no memory at all, and somebody has to say so.
 */
export function missingPages(
  { channels }: SessionReading,
  remarks: readonly Remark[],
  blocks: readonly RebuiltBlock[] | undefined,
): Finding[] {
  const senders = channels.filter(({ role }) => role !== "return-path");
  const lost = senders.reduce((sum, channel) => sum + channel.lost, 0);
  if (!blocks)
    return hasErrors(remarks.map(({ finding }) => finding)) ? [] : [error("RAM_PAGES_CAPTURED", { lost })];
  const isWhole = lost === 0 && senders.every(({ begins }) => begins !== "middle");
  const never = blocks.reduce((sum, block) => sum + block.never, 0);
  return isWhole ? [] : [error("RAM_PAGES_CAPTURED", { lost, never })];
}

function error(rule: Finding["rule"], args: Finding["args"]): Finding {
  return { rule, level: "error", subject: "", args };
}
