import { describe, expect, it } from "vitest";
import { cli } from "../test/cli.ts";
import { sessionCapture, sessionCaptures } from "../test/session-captures.ts";
import { sessionLine } from "./session-line.ts";

async function lines(path: string): Promise<Record<string, unknown>[]> {
  const { out } = await cli("decode", "--ndjson", path);
  return out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("decode --ndjson of a capture", () => {
  it.each(sessionCaptures)("$file: each line says where it belongs, in order of time", async ({ path }) => {
    let time = 0;
    const known = new Set<unknown>([null]);
    for (const line of await lines(path)) {
      expect(Object.keys(line).slice(0, 2)).toEqual(["input", "kind"]);
      expect(line.input).toBe(path);
      if (line.kind === "channel") known.add(line.channel);
      expect(known).toContain(line.channel);
      expect(line.time === null || Number(line.time) >= time).toBe(true);
      time = Number(line.time ?? time);
    }
  });

  it("holds the events of every channel", async () => {
    const told = await lines(sessionCapture("tcp-postcopy-preempt-10.0-to-10.0.pcap").path);
    const kinds = new Set(told.map(({ kind }) => kind));
    for (const kind of [
      "connection",
      "channel",
      "header",
      "section",
      "command",
      "message",
      "state",
      "migration-end",
    ])
      expect(kinds).toContain(kind);
    expect(told.find(({ kind }) => kind === "message")).toMatchObject({ type: 2, name: "PONG", value: 1 });
    const end = told.find(({ kind }) => kind === "migration-end");
    expect(end).toMatchObject({ source: "completed", postcopy: { requests: { unanswered: 0 } } });
  });

  it("ends with what was not told", async () => {
    expect((await lines(sessionCapture("tcp-precopy.pcap").path)).at(-1)).toMatchObject({
      kind: "session-end",
      channel: null,
      time: null,
      untold: {},
    });
    const line = sessionLine("x", { kind: "session-end", untold: { CAPTURE_GAP: 3 } });
    expect(JSON.parse(line)).toMatchObject({ input: "x", untold: { CAPTURE_GAP: 3 } });
  });

  it("holds findings in words", async () => {
    const told = await lines(sessionCapture("tcp-failed-uuid.pcap").path);
    const finding = told.find(({ kind }) => kind === "finding");
    expect(finding).toMatchObject({ finding: { level: expect.any(String) }, message: expect.any(String) });
  });
});
