import type { Finding } from "../formats/finding.ts";
import type { Field, Steps, StreamCursor } from "../layout/index.ts";
import { report } from "./capture-state.ts";
import type { Network } from "./ip.ts";

/** A capture file being read. */
export interface CaptureFile {
  readonly cursor: StreamCursor;
  readonly network: Network;
}

/** How far ahead a place to go on is looked at; holds more than two of the longest packets. */
const WINDOW = 1 << 20;
const NEAR = 1 << 16;

const RAW: Field = { kind: "bytes", length: 0, doc: "Bytes that no table describes." };

/** Whether a record or block that begins at `at` can be believed. */
export type Plausible = (view: DataView, at: number, end: number) => boolean;

/** A finding about the file at this offset. */
function remark(
  { network, cursor }: CaptureFile,
  finding: Pick<Finding, "rule" | "level" | "args"> & { readonly offset?: number },
): void {
  const { capture } = network;
  const subject = capture.packets === 0 ? "capture" : `capture, behind packet ${capture.packets}`;
  report(capture, { subject, offset: cursor.offset, ...finding });
}

export function unsound(
  file: CaptureFile,
  expected: string,
  found: string,
  offset = file.cursor.offset,
): void {
  remark(file, { rule: "CAPTURE_FILE_SOUND", level: "error", offset, args: { expected, found } });
}

/** Traces bytes as one span. */
export function traceRaw({ cursor }: CaptureFile, path: string, start: number, end: number): void {
  if (end > start) cursor.trace?.({ path, start, end, value: end - start, field: RAW });
}

/**
 * Says why fewer than `need` bytes are at hand: the file ends, or bytes of it are missing. Returns whether there is more
 * to come.
 */
export function* standStill(file: CaptureFile, need: number, plausible: Plausible): Steps<boolean> {
  const { cursor } = file;
  const have = yield* cursor.upTo(need);
  if (cursor.lost > 0) {
    unsound(file, "a whole file", `${cursor.lost} bytes missing`);
    return yield* resynchronise(file, plausible);
  }
  if (have > 0) {
    remark(file, { rule: "CAPTURE_FILE_COMPLETE", level: "warning", args: { need, have } });
    yield* cursor.skip(have, "capture");
  }
  return false;
}

/** Looks for the next place that can be believed, behind the byte at hand. Returns whether there is one. */
export function* resynchronise(file: CaptureFile, plausible: Plausible): Steps<boolean> {
  const { cursor } = file;
  const start = cursor.offset;
  let passed = cursor.lost > 0 ? 0 : 1;
  // Where little is damaged little need be looked at, which matters where that happens over and over.
  for (let window = NEAR; ; window = WINDOW) {
    const have = yield* cursor.upTo(window);
    const isLast = have < window;
    const stop = isLast ? have : window / 2;
    for (let i = passed; i < stop; i++)
      if (plausible(cursor.view, cursor.at + i, cursor.at + have)) {
        cursor.at += i;
        const lost = cursor.offset - start;
        remark(file, { rule: "STREAM_RESUMED", level: "note", args: { lost } });
        traceRaw(file, "damaged", start, cursor.offset);
        return true;
      }
    if (window === NEAR && !isLast) continue;
    cursor.at += stop;
    passed = 0;
    if (cursor.lost > 0 && cursor.at === cursor.end) cursor.cross();
    else if (isLast) {
      traceRaw(file, "damaged", start, cursor.offset);
      return false;
    }
  }
}
