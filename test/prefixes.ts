import { expect } from "vitest";
import type { StreamEvent, StreamSink } from "../codec/index.ts";
import { inPieces, line } from "./told.ts";

export type Told = ReturnType<typeof listen>;

/** What must not depend on what comes later, one line each; the end and what is remarked apart. */
export function listen(
  data: Uint8Array,
  feed: (data: Uint8Array, sink: StreamSink) => void,
  withPages: boolean,
) {
  const lines: string[] = [];
  const pages: string[] = [];
  let footers = true;
  const devices: string[] = [];
  const ends: Extract<StreamEvent, { kind: "end" }>[] = [];
  const rules: string[] = [];
  const cuts: (number | undefined)[] = [];
  let last = "";
  const event = (told: StreamEvent) => {
    last = told.kind;
    if (told.kind === "section") footers &&= told.section.footer;
    if (told.kind === "end") ends.push(told);
    else if (told.kind === "configuration") {
      const { machine, offset, length } = told;
      const isWhole = offset + length < data.length;
      lines.push(`${machine} ${offset} ${isWhole ? line(told) : ""}`);
    } else if (told.kind === "device") {
      const { idstr, offset, length } = told.device;
      devices.push(`${idstr} ${offset} ${length}`);
    } else if (told.kind === "finding") {
      rules.push(told.finding.rule);
      if (told.finding.rule === "STREAM_COMPLETE") cuts.push(told.finding.offset);
    } else if (told.kind === "ram-blocks") {
      const blocks = told.blocks.map(({ idstr, usedLength }) => `${idstr} ${usedLength}`);
      lines.push(`blocks ${told.offset} ${told.totalBytes} ${blocks.join()}`);
    } else if (told.kind !== "vmdesc" && !(told.kind === "section" && told.section.understood === "cut"))
      lines.push(line(told));
  };
  const page: StreamSink["page"] = (block, offset, kind, { length }) =>
    pages.push(`${block.idstr} ${offset} ${kind} ${length}`);
  feed(data, withPages ? { event, page } : { event });
  return { lines, pages, footers, devices, ends, rules, cuts, last };
}

/** Compares what a prefix told with what the whole stream did. */
export function check(prefix: Told, whole: Told, length: number): void {
  const at = `cut at ${length}`;
  expect([prefix.last, prefix.ends.length], at).toEqual(["end", 1]);
  expect(prefix.ends[0], at).toMatchObject({ reason: "truncated", offset: length });
  expect(prefix.cuts.length, at).toBe(1);
  expect(prefix.cuts[0], at).toBeLessThanOrEqual(length);
  expect(prefix.rules, at).not.toContain("STREAM_WELL_FORMED");
  begins(whole.lines, prefix.lines, at);
  begins(whole.pages, prefix.pages, at);
  begins(whole.devices, prefix.devices, at);
}

/**
 * The last thing told may be the configuration or a block list of which the rest is missing, or a section closed by
 * bytes that look like its footer as long as nothing follows them. So it need only begin alike.
 */
function begins(whole: readonly string[], prefix: readonly string[], at: string): void {
  const last = prefix.length - 1;
  if (last < 0) return;
  expect(prefix.slice(0, last), at).toEqual(whole.slice(0, last));
  const alike = (text = "") => text.replace(/"length":.*/, "").replace(/ \d*$/, "");
  expect(alike(whole[last]).startsWith(alike(prefix[last])), at).toBe(true);
}

/** A stream may end behind its EOF byte; all that follows it, the vmdescription too, is optional. */
export function mayEnd(data: Uint8Array): Set<number> {
  const ends = new Set<number>();
  let sectionsEnd = -1;
  let descriptionEnd = -1;
  inPieces()(data, {
    event: (told) => {
      if (told.kind !== "vmdesc") return;
      sectionsEnd = told.vmdesc.offset;
      descriptionEnd = sectionsEnd + 5 + told.vmdesc.length;
    },
  });
  if (descriptionEnd < 0) ends.add(data.length);
  else ends.add(sectionsEnd);
  for (let at = descriptionEnd; at >= 0 && at <= data.length; at++) ends.add(at);
  return ends;
}

/** Without footers a zero byte at the end of a device may be EOF. */
export function maybeEnded(whole: Told, prefix: Told, data: Uint8Array, length: number): boolean {
  return !whole.footers && data[length - 1] === 0 && prefix.ends[0]?.reason === "eof";
}
