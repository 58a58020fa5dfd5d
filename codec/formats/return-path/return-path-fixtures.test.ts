import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ReturnPathEvent, ReturnPathMessage } from "./return-path-events.ts";
import { createReturnPathReader } from "./return-path-reader.ts";

interface Fixture {
  readonly file: string;
  readonly from: string;
  readonly size: number;
  readonly sha256: string;
  readonly postcopyRequests?: number;
  readonly pages?: Readonly<Record<string, number>>;
}

const folder = new URL("../../../fixtures/return-path/", import.meta.url);
const { files } = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8")) as {
  files: readonly Fixture[];
};
/** The recovery captures do not list their blocks; the machine is the same in all of them. */
const PAGES = files.find(({ pages }) => pages?.["pc.ram"] === 4096)?.pages ?? {};

function load({ file }: Fixture): Uint8Array {
  return readFileSync(new URL(file, folder));
}

function read(fixture: Fixture, known: boolean): ReturnPathEvent[] {
  const events: ReturnPathEvent[] = [];
  const options = known ? { pagesOf: (block: string) => (fixture.pages ?? PAGES)[block] } : {};
  const reader = createReturnPathReader({ event: (event) => events.push(event) }, options);
  reader.push(load(fixture));
  reader.finish();
  return events;
}

function messages(fixture: Fixture, known = true): ReturnPathMessage[] {
  return read(fixture, known).filter((event) => event.kind === "message");
}

/** Messages in order, runs of the same squashed; `SHUT` and `PONG` with their value. */
function outline(fixture: Fixture): string {
  const names = messages(fixture).map(({ name, value }) => {
    if (name === "PONG") return `PONG ${value}`;
    return name === "SHUT" ? `SHUT ${value}` : name;
  });
  const runs: { name: string; count: number }[] = [];
  for (const name of names) {
    const last = runs.at(-1);
    if (last?.name === name) last.count++;
    else runs.push({ name, count: 1 });
  }
  return runs.map(({ name, count }) => (count > 1 ? `${name} x${count}` : name)).join(", ");
}

function named(name: string): Fixture {
  const fixture = files.find(({ file }) => file === `${name}.bin`);
  if (!fixture) throw new Error(`no fixture ${name}`);
  return fixture;
}

describe("return paths of real migrations", () => {
  it("are all here", () => {
    expect(files).toHaveLength(13);
    for (const fixture of files) {
      expect(load(fixture)).toHaveLength(fixture.size);
      expect(createHash("sha256").update(load(fixture)).digest("hex")).toBe(fixture.sha256);
    }
  });

  it.each(files)("are read to the end without a finding: $file", (fixture) => {
    const events = read(fixture, true);
    expect(events.filter(({ kind }) => kind === "finding")).toEqual([]);
    expect(events.at(-1)).toMatchObject({ kind: "return-path-end", reason: "eof", offset: fixture.size });
  });

  it.each([
    ["precopy-5.2-to-11.1", "PONG 1, SHUT 0"],
    ["switchover-ack-10.0-to-11.1", "SWITCHOVER_ACK, PONG 1, SHUT 0"],
    ["failed-missing-device-7.2-to-7.2", "PONG 1"],
    ["postcopy-7.2-to-7.2", "PONG 1, PONG 2, PONG 4, PONG 3, REQ_PAGES_ID x3, REQ_PAGES x11, SHUT 0"],
    ["postcopy-5.2-to-10.0", "PONG 1, PONG 2, PONG 4, PONG 3, REQ_PAGES_ID x3, REQ_PAGES x10, SHUT 0"],
    [
      "postcopy-preempt-10.0-to-10.0",
      "PONG 1, PONG 2, PONG 3, PONG 4, REQ_PAGES_ID x3, REQ_PAGES x19, SHUT 0",
    ],
    [
      "postcopy-preempt-7.2-to-11.1",
      "PONG 1, PONG 2, PONG 4, PONG 3, REQ_PAGES_ID x3, REQ_PAGES x10, SHUT 0",
    ],
    ["recovery-7.2-to-7.2-before", "PONG 1, PONG 2, PONG 3, PONG 4, REQ_PAGES_ID x2"],
    ["recovery-7.2-to-7.2-after", "RECV_BITMAP x6, RESUME_ACK, REQ_PAGES_ID, SHUT 0"],
    ["recovery-10.0-to-11.1-before", "PONG 1, PONG 2, PONG 4, PONG 3, REQ_PAGES_ID x2"],
    ["recovery-10.0-to-11.1-after", "RECV_BITMAP x6, RESUME_ACK, REQ_PAGES_ID, SHUT 0"],
    [
      "recovery-preempt-11.1-to-11.1-before",
      "PONG 1, PONG 2, PONG 4, PONG 3, PONG 66, REQ_PAGES_ID x3, REQ_PAGES x11",
    ],
    ["recovery-preempt-11.1-to-11.1-after", "RECV_BITMAP x6, RESUME_ACK, REQ_PAGES_ID, REQ_PAGES x3, SHUT 0"],
  ])("hold what happened: %s", (name, expected) => {
    expect(outline(named(name))).toBe(expected);
  });

  it.each([...new Set(files.map(({ from }) => from))])("ask as often as the source counted: %s", (from) => {
    const parts = files.filter((fixture) => fixture.from === from);
    const asked = parts
      .flatMap((fixture) => messages(fixture))
      .filter(({ name }) => name.startsWith("REQ_PAGES"));
    expect(asked).toHaveLength(parts[0]?.postcopyRequests ?? 0);
  });

  it.each([
    [
      "recovery-7.2-to-7.2-after",
      [
        [685, 3411],
        [0, 32],
        [0, 32],
        [0, 16],
        [0, 1],
        [0, 1],
      ],
    ],
    [
      "recovery-10.0-to-11.1-after",
      [
        [758, 3338],
        [0, 32],
        [0, 32],
        [0, 16],
        [0, 1],
        [0, 1],
      ],
    ],
    [
      "recovery-preempt-11.1-to-11.1-after",
      [
        [3594, 502],
        [32, 0],
        [32, 0],
        [16, 0],
        [1, 0],
        [1, 0],
      ],
    ],
  ])("tell which pages have arrived: %s", (name, expected) => {
    for (const known of [true, false]) {
      const bitmaps = messages(named(name), known).flatMap((message) =>
        message.name === "RECV_BITMAP" && message.value ? [message.value] : [],
      );
      expect(bitmaps.map(({ block }) => block)).toEqual([
        "pc.ram",
        "/rom@etc/acpi/tables",
        "pc.rom",
        "pc.bios",
        "/rom@etc/table-loader",
        "/rom@etc/acpi/rsdp",
      ]);
      for (const [i, bitmap] of bitmaps.entries()) {
        const [received = -1, missing = -1] = expected[i] ?? [];
        expect(bitmap.complete).toBe(true);
        expect(bitmap.received).toBe(received);
        expect(bitmap.missingRanges).toMatchObject({ omitted: 0, bytes: bitmap.missing * 4096 });
        if (known) expect(bitmap).toMatchObject({ pages: received + missing, missing, uncertain: 0 });
        else expect(bitmap.missing + bitmap.uncertain).toBeGreaterThanOrEqual(missing);
      }
    }
  });
});
