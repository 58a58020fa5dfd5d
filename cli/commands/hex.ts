import type { Finding, Span, StateSpan } from "../../codec/index.ts";
import { dumpLine, type Gap } from "../../codec/layout/dump.ts";
import { CLEAN, type ExitStatus, FINDINGS } from "../exit.ts";
import { findingLines } from "../finding-lines.ts";
import { hasErrors, onStream } from "../findings.ts";
import { closeInput, type Input, openInput } from "../io.ts";
import type { InputOptions } from "../jobs.ts";
import { type Format, type Kind, kindOf } from "../kind.ts";
import { type Output, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { readSpans } from "../read-spans.ts";
import { readStream } from "../read-stream.ts";
import { openWindow, type Window } from "../window.ts";

/** Fields of device states shown by name; the states of larger streams stay gaps from there on. */
const MOST_STATE_SPANS = 200_000;

const LONGEST_VALUE = 64;

/**
 * Prints one line for each field and gap. Device states are explained at the end of the stream, so a stream is read
 * twice: once for their fields, once for the lines.
 */
export async function hex(name: string, options: InputOptions, output: Output): Promise<ExitStatus> {
  const { offset = 0, asFormat } = options;
  const window = await openWindow(name);
  try {
    const kind = kindOfWindow(window, offset, asFormat);
    const open = () => openInput(window.path, offset);
    const states = kind === "stream" || kind === "save-image" ? await statesOf(open, kind, output) : [];
    const printer = createPrinter(window, offset, states, output);
    const findings = await read(kind, open, printer, output);
    printer.finish();
    findings.push(...window.problems);
    if (findings.length > 0) output.err(findingLines(onStream(findings), painter(output)));
    return hasErrors(findings) ? FINDINGS : CLEAN;
  } finally {
    window.close();
  }
}

function kindOfWindow({ path }: Window, offset: number, asFormat: Format | undefined): Kind {
  const input = openInput(path, offset);
  try {
    return kindOf(input, asFormat);
  } finally {
    closeInput(input);
  }
}

async function statesOf(
  open: () => Input,
  kind: "stream" | "save-image",
  output: Output,
): Promise<StateSpan[]> {
  const states: StateSpan[] = [];
  const stateSpan = (span: StateSpan) => {
    if (states.length < MOST_STATE_SPANS) states.push(span);
  };
  const sink = { event: () => {}, stateSpan };
  if (kind === "stream") await readStream(open(), sink, output);
  else await (await import("../image/read-image.ts")).readImage(open(), sink, output, { plainOnly: true });
  return states.sort((a, b) => a.start - b.start);
}

async function read(kind: Kind, open: () => Input, printer: Printer, output: Output): Promise<Finding[]> {
  const sink = { event: () => {}, span: printer.span };
  switch (kind) {
    case "stream":
      return [...(await readStream(open(), sink, output)).findings];
    case "save-image": {
      const { readImage } = await import("../image/read-image.ts");
      const { findings, stream, payload } = await readImage(open(), sink, output, { plainOnly: true });
      if (payload?.isPlain === false) printer.gap("payload", payload.offset + payload.length, payload.kind);
      return [...findings, ...(payload?.isPlain && stream ? stream.findings : [])];
    }
    case "qcow2": {
      const { readQcow2Spans } = await import("../qcow2-spans.ts");
      return await readQcow2Spans(open(), printer);
    }
    default:
      return await readSpans(open(), kind, printer.span, output);
  }
}

/** A row as a terminal may show it. Values of fields are safe already; names in fixed fields lose their padding. */
function shown(row: Span | Gap): Span | Gap {
  const path = printable(row.path);
  if (!("field" in row))
    return { ...row, path, ...(row.text === undefined ? {} : { text: printable(row.text) }) };
  return { ...row, path, value: typeof row.value === "string" ? row.value.replace(/\0+$/, "") : row.value };
}

/** A field of a device's state, by the name and type QEMU's description gives it. */
function named({ path, start, end, value, type }: StateSpan): Gap {
  const text = typeof value === "object" && value !== null ? "" : String(value);
  return { path, start, end, text: text === "" ? type : `${text.slice(0, LONGEST_VALUE)} (${type})` };
}

/** Prints rows in the order of their offsets. */
export interface Printer {
  span(span: Span): void;
  /** A range up to `end` that no field describes, from where the last row ended. */
  gap(path: string, end: number, text: string): void;
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
    lines += `${dumpLine(shown(row), window.head(row.start, row.end), digits)}\n`;
    if (lines.length > 64 << 10) flush();
  };
  const flush = () => {
    output.out(lines);
    lines = "";
  };
  const upTo = (end: number, path: string, text?: string) => {
    if (at < end) line({ path, start: at, end, ...(text === undefined ? {} : { text }) });
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
    gap: (path, end, text) => upTo(end, path, `${text}, ${end - at} bytes`),
    finish() {
      upTo(window.size, "gap");
      flush();
    },
  };
}
