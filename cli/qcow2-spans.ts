import type { Finding, Qcow2Snapshot, Span, VmstateExtent } from "../codec/index.ts";
import { closeInput, type Input } from "./io.ts";
import { openQcow2 } from "./qcow2/read-qcow2.ts";

/** Rows that are kept to be put in order; a VM state has a run or two for each of its clusters at worst. */
const MOST_ROWS = 200_000;

interface Row {
  readonly start: number;
  readonly end: number;
  readonly what: Span | string;
}

/** Where rows go, in the order of their offsets. */
interface Rows {
  span(span: Span): void;
  gap(path: string, end: number, text: string): void;
}

/** Tells the fields of a qcow2 image and where its VM states are: those that snapshots share only once. Closes the input. */
export async function readQcow2Spans(input: Input, { span, gap }: Rows): Promise<Finding[]> {
  const rows: Row[] = [];
  const add = (row: Row) => {
    if (rows.length < MOST_ROWS) rows.push(row);
  };
  try {
    const image = await openQcow2(input, (what) => add({ start: what.start, end: what.end, what }));
    try {
      for (const snapshot of image.snapshots)
        for (const extent of image.extents(snapshot)) add(rowOf(extent, snapshot, input.offset));
    } finally {
      image.close();
    }
    let at = input.offset;
    for (const { start, end, what } of rows.toSorted((a, b) => a.start - b.start)) {
      if (end <= at || (start < at && typeof what !== "string")) continue;
      if (typeof what !== "string") span(what);
      else {
        gap("gap", Math.max(at, start), "not looked at");
        gap(what, end, "VM state");
      }
      at = end;
    }
    return [...image.findings];
  } finally {
    closeInput(input);
  }
}

/** What is not in the file takes no room in it. */
function rowOf(extent: VmstateExtent, { index }: Qcow2Snapshot, base: number): Row {
  const what = `snapshots[${index}].vmState`;
  if (extent.kind !== "data" && extent.kind !== "compressed") return { start: 0, end: 0, what };
  const start = base + extent.offset;
  const length = extent.kind === "data" ? extent.length : extent.stored;
  return { start, end: start + length, what };
}
