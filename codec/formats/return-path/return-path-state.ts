import { type Field, type Steps, StreamCursor } from "../../layout/index.ts";
import type { Finding, FindingRule, Level } from "../finding.ts";
import { countFinding, type FindingCounts } from "../finding-counts.ts";
import type { ReturnPathSink } from "./return-path-events.ts";

/** What a return path does not say itself, as known by the time it is asked for. */
export interface ReturnPathOptions {
  /** Absolute offset of the first byte. */
  readonly offset?: number;
  /** Earlier messages were not captured. */
  readonly midstream?: boolean;
  /** Target page size in bytes; 4096 unless told. */
  readonly pageSize?: () => number;
  /** Target pages of a RAM block, if known. */
  readonly pagesOf?: (block: string) => number | undefined;
}

/** State shared by the parts of one return-path reader. */
export interface ReturnPath {
  readonly cursor: StreamCursor;
  readonly sink: ReturnPathSink;
  readonly pageSize: () => number;
  readonly pagesOf: (block: string) => number | undefined;
  readonly findings: FindingCounts;
  messages: number;
  /** The block named last: `undefined` before the first, `null` if its name is in bytes that are missing. */
  block: string | null | undefined;
  /** SHUT has been read. */
  shut: boolean;
}

/**
 * How reading a message left the cursor: at the next one, where no message is certain, at a header that is none, or at
 * the end of the input.
 */
export type Step = "in step" | "astray" | "misread" | "cut";

export function createReturnPath(sink: ReturnPathSink, options: ReturnPathOptions): ReturnPath {
  const cursor = new StreamCursor(options.offset ?? 0);
  if (sink.span) cursor.trace = (span) => sink.span?.(span);
  return {
    cursor,
    sink,
    pageSize: options.pageSize ?? (() => 4096),
    pagesOf: options.pagesOf ?? (() => undefined),
    findings: new Map(),
    messages: 0,
    block: options.midstream ? null : undefined,
    shut: false,
  };
}

/** Path of the message being read. */
export function messagePath(path: ReturnPath): string {
  return `messages[${path.messages}]`;
}

function report(path: ReturnPath, finding: Finding): void {
  if (countFinding(path.findings, finding.rule)) path.sink.event({ kind: "finding", finding });
}

export function find(
  path: ReturnPath,
  rule: FindingRule,
  level: Level,
  offset: number,
  args: Readonly<Record<string, string | number>>,
): void {
  report(path, { rule, level, subject: messagePath(path), offset, args });
}

/** The input ends in the middle of a message, of which `need` more bytes are wanted here. */
export function* reportCut(path: ReturnPath, name: string, need: number): Steps {
  const have = yield* path.cursor.upTo(need);
  const where = `${messagePath(path)}.${name}`;
  const { offset } = path.cursor;
  report(path, {
    rule: "RETURN_PATH_COMPLETE",
    level: "error",
    subject: where,
    offset,
    args: { need, have },
  });
}

/** Receives bytes that are stepped over, and how many of them are missing. */
export interface Watcher {
  feed(bytes: Uint8Array, from: number, to: number): void;
  lose(count: number): void;
}

/** Steps over bytes that no table describes, missing ones too. Returns how many the input ends short of. */
export function* stepOver(path: ReturnPath, length: number, name: string, watcher?: Watcher): Steps<number> {
  const { cursor } = path;
  const where = `${messagePath(path)}.${name}`;
  let left = length;
  let start = cursor.offset;
  const trace = (end: number) => {
    if (end > start) cursor.trace?.({ path: where, start, end, value: end - start, field: RAW });
  };
  while (left > 0) {
    const there = (yield* cursor.upTo(1)) > 0;
    const step = Math.min(left, there ? cursor.end - cursor.at : cursor.lost);
    if (step === 0) break;
    if (there) watcher?.feed(cursor.bytes, cursor.at, cursor.at + step);
    else {
      watcher?.lose(step);
      trace(cursor.offset);
      start = cursor.offset + step;
    }
    yield* cursor.skip(step, where);
    left -= step;
  }
  trace(cursor.offset);
  return left;
}

const RAW: Field = { kind: "bytes", length: 0, doc: "Bytes that no table describes." };
