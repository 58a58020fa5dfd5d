import type { Beginning } from "../formats/stream/qemu-beginning.ts";
import type { RamBlock, StreamEvent } from "../formats/stream/qemu-events.ts";
import { noPages, type RamState } from "../formats/stream/qemu-ram-state.ts";
import type { Channel } from "./events.ts";

/** Pages that come later than any on the multifd channels: those of postcopy. */
const LAST_EPOCH = Number.MAX_SAFE_INTEGER;

/** The capture ends before the connection does. */
export function isOpen({ connection, ended }: Channel): boolean {
  return connection !== null && (ended === null || ended.how === "open");
}

/** Whether a channel goes on with what the main channel has told. */
export function goesOn({ role, begins }: Channel): boolean {
  return role === "postcopy-preempt" || begins === "recovery";
}

export function beginningOf({ role, begins }: Channel): Beginning {
  return role === "postcopy-preempt" ? "records" : (begins ?? "header");
}

/**
 * How often the multifd channels had been synchronised when main sent a page: by MULTIFD_FLUSH records since 8.1, by the
 * EOS of each section before.
 */
export function epochOf({ role, begins }: Channel, { flushes, ends }: RamState): number {
  if (role !== "main" || begins === "recovery") return LAST_EPOCH;
  return flushes > 0 ? flushes : ends;
}

/** A block that main has not told of yet. */
export function unlisted(idstr: string): RamBlock {
  return { idstr, index: -1, usedLength: 0, pages: noPages() };
}

export function offsetOf(event: StreamEvent): number {
  if (event.kind === "section") return event.section.offset;
  if (event.kind === "device") return event.device.offset;
  if (event.kind === "vmdesc") return event.vmdesc.offset;
  if (event.kind === "finding") return event.finding.offset ?? 0;
  return event.offset;
}
