import type { Span, StateSpan } from "../../codec/index.ts";
import { dumpLine, type Gap } from "../../codec/layout/dump.ts";
import { CLEAN, type ExitStatus, FINDINGS } from "../exit.ts";
import { findingLines, hasErrors } from "../findings.ts";
import { type Output, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { containerFinding, readStreamFile } from "../read-stream.ts";
import { openWindow, type Window } from "../window.ts";

export interface HexOptions {
  readonly offset?: number;
}

/** Fields of device states shown by name; the states of larger streams stay gaps from there on. */
const MOST_STATE_SPANS = 200_000;

const LONGEST_VALUE = 64;

/**
 * Prints one line for each field and gap. Device states are explained at the end of the stream, so the input is read
 * twice: once for their fields, once for the lines.
 */
export async function hex(name: string, options: HexOptions, output: Output): Promise<ExitStatus> {
  const window = await openWindow(name);
  try {
    const offset = options.offset ?? 0;
    const states: StateSpan[] = [];
    const stateSpan = (span: StateSpan) => {
      if (states.length < MOST_STATE_SPANS) states.push(span);
    };
    await readStreamFile(window.path, { event: () => {}, stateSpan }, offset, output);
    states.sort((a, b) => a.start - b.start);
    const printer = createPrinter(window, offset, states, output);
    const reading = await readStreamFile(
      window.path,
      { event: () => {}, span: printer.span },
      offset,
      output,
    );
    printer.finish();
    const findings = [...reading.findings];
    if (window.broken !== undefined) findings.push(containerFinding("gzip", window.broken, window.size));
    if (findings.length > 0) output.err(findingLines(findings, painter(output)));
    return hasErrors(findings) ? FINDINGS : CLEAN;
  } finally {
    window.close();
  }
}

/** A field of a device's state, by the name and type QEMU's description gives it. */
function named({ path, start, end, value, type }: StateSpan): Gap {
  const text = typeof value === "object" && value !== null ? "" : String(value);
  return { path, start, end, text: text === "" ? type : `${text.slice(0, LONGEST_VALUE)} (${type})` };
}

interface Printer {
  span(span: Span): void;
  finish(): void;
}

function createPrinter(
  window: Window,
  offset: number,
  states: readonly StateSpan[],
  output: Output,
): Printer {
  const digits = Math.max(8, window.size.toString(16).length);
  let at = offset;
  let state = 0;
  let lines = "";
  const line = (row: Span | Gap) => {
    const text = dumpLine(row, window.head(row.start, row.end), digits);
    lines += `${printable(text)}\n`;
    if (lines.length > 64 << 10) flush();
  };
  const flush = () => {
    output.out(lines);
    lines = "";
  };
  const upTo = (end: number, path: string) => {
    if (at < end) line({ path, start: at, end });
    at = Math.max(at, end);
  };
  return {
    span(span) {
      upTo(span.start, "gap");
      while ((states[state]?.start ?? Number.POSITIVE_INFINITY) < span.start) state++;
      let next = states[state];
      if (next === undefined || next.start >= span.end) line(span);
      for (; next !== undefined && next.start < span.end; next = states[++state]) {
        upTo(next.start, `${span.path}.gap`);
        line(named(next));
        at = next.end;
      }
      if (at > span.start) upTo(span.end, `${span.path}.gap`);
      at = span.end;
    },
    finish() {
      upTo(window.size, "gap");
      flush();
    },
  };
}
