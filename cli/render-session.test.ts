import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../test/cli.ts";
import { captureOf, talk } from "../test/connections.ts";
import { sessionCapture, sessionCaptures } from "../test/session-captures.ts";
import { normalPage, pageOf, ramStream } from "../test/streams.ts";
import { temporaryDirectory } from "../test/temporary.ts";
import { labelsOf } from "./channel-label.ts";
import { painter } from "./output.ts";
import { connectionLines } from "./render-connections.ts";
import { timelineLines } from "./render-timeline.ts";
import { run } from "./run.ts";

const ESCAPE = "\u001b";
const withoutCode = (part: string, i: number) => (i === 0 ? part : part.replace(/^\[\d+m/, ""));

const plain = painter({ out: () => {}, err: () => {}, colour: false, interactive: false });

async function text(name: string): Promise<string> {
  const { out } = await cli("decode", sessionCapture(name).path);
  return out;
}

function written(bytes: Uint8Array): string {
  const path = join(temporaryDirectory(), "made.pcap");
  writeFileSync(path, bytes);
  return path;
}

describe("labels", () => {
  it("are short, and each there once", () => {
    const labels = labelsOf(
      new Map([
        [0, { role: "main" }],
        [1, { role: "multifd", id: 1 }],
        [2, { role: "multifd", id: null }],
        [3, { role: "main", begins: "recovery" }],
        [4, { role: "return-path" }],
        [7, { role: "return-path" }],
        [8, { role: "postcopy-preempt" }],
        [9, { role: "tls", connection: 3 }],
        [10, { role: "tls", connection: 3 }],
      ]),
    );
    expect([...labels.values()]).toEqual([
      "main",
      "multifd 1",
      "multifd",
      "recovery",
      "return path #4",
      "return path #7",
      "preempt",
      "TLS 3",
      "TLS 3",
    ]);
  });
});

describe("the text of a capture", () => {
  it("has a table of connections", async () => {
    const lines = (await text("tcp-multifd-none-7.2-to-7.2.pcap")).split("\n");
    const [head, main, first] = lines.slice(2);
    expect(head).toMatch(
      /^# {2}channels +client +server +opened +accepted +ended +how +bytes → +bytes ← +lost$/,
    );
    expect(main).toMatch(
      /^0 {2}main, return path {2}127\.0\.0\.1:36074 {2}→ 127\.0\.0\.1:26995 .* fin +149362 +16$/,
    );
    expect(first).toMatch(/^1 {2}multifd 0 .* 2\. 5\.056 .* 219712 +0$/);
  });

  it("shows addresses of IPv6, and what was there before the capture", async () => {
    expect(await text("tcp6-precopy.pcap")).toContain("[::1]:51196  → [::1]:27008");
    expect(await text("tcp-late-start.pcap")).toMatch(/ before +- /);
  });

  it("joins channels to blocks, and lists them one by one", async () => {
    const out = await text("tcp-multifd-zeropage-11.1.pcap");
    expect(out).toMatch(/pc\.ram +16 MiB {2}39 normal, 4062 zero/);
    expect(out).toMatch(/\nmultifd {3}0 {2}37 packets {2}5 syncs {2}35 normal, 3503 zero {2}none/);
    expect(out).toMatch(/\npages +45 normal, 4138 zero on all channels/);
    expect(out).toMatch(/\nreturn +PONG 1, SHUT 0\n/);
  });

  it("tells what happened in postcopy", async () => {
    const out = await text("tcp-postcopy-recovery-preempt-11.1-to-11.1.pcap");
    expect(out).toContain("requests  18 for 18 pages: ");
    expect(out).toMatch(/latency {3}min [\d.]+ ms, median [\d.]+ ms/);
    expect(out).toMatch(
      /recovered on recovery at [\d.]+ ms, resumed at [\d.]+ ms, acknowledged at [\d.]+ ms\n/,
    );
    expect(out).toMatch(/6 bitmaps: 3676 pages received, 502 missing; 502 pages sent/);
    expect(out).toMatch(/\nrecovery {2}RECV_BITMAP pc\.ram, /);
    expect(out).toMatch(/\npreempt {3}#\d {2}14 normal, eof at 57478\n/);
    expect(out).toMatch(
      /source +setup → active → .*postcopy-paused →\n +postcopy-recover → postcopy-active → completed \(SHUT 0\)\n/,
    );
  });

  it("tells dirty bitmaps, and no postcopy where they only advise it", async () => {
    const out = await text("tcp-dirty-bitmaps.pcap");
    expect(out).toMatch(/\nbitmaps .*\n/);
    expect(out).toContain("POSTCOPY_ADVISE");
    expect(out).not.toMatch(/\npostcopy /);
  });

  it("tells TLS once, with the bytes of both directions, and what is empty or still open", async () => {
    const hello = Uint8Array.of(0x16, 3, 1, 0, 4, 1, 0, 0, 0);
    const talks = [talk(40_000), talk(40_001)].flatMap((talking) => [
      ...talking.open(),
      talking.up(0, hello),
      talking.down(0, hello.subarray(0, 6)),
      ...talking.close(9, 6),
    ]);
    const { out } = await cli("decode", written(captureOf([...talks, ...talk(40_002).open()])));
    expect(out).toMatch(
      /\n0 {2}TLS 0 .* fin +9 +6\n1 {2}TLS 1 .* fin +9 +6\n2 {2}no data .* - {2}open +0 +0\n/,
    );
    expect(out).not.toContain("timeline");
    expect(out.match(/TLS_OPAQUE/g)).toHaveLength(1);
    expect(out).toContain("  note TLS 0, 1: ");
  });

  it.each(sessionCaptures)(
    "$file: lines are no longer than a wide terminal takes, but findings",
    async ({ path }) => {
      const { out } = await cli("decode", path);
      const body = out.split(/\n\n {2}(?:error|warning|note)/)[0] ?? "";
      for (const line of body.split("\n").slice(1)) expect(line.length, line).toBeLessThan(190);
    },
  );

  it("keeps several migrations apart, and what is none of one down", async () => {
    const stream = ramStream([{ idstr: "pc.ram", usedLength: 8192 }], [normalPage(0, pageOf(1), "pc.ram")]);
    const uploads = [
      stream,
      ...Array.from({ length: 12 }, () => new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n")),
      stream,
    ];
    const segments = uploads.flatMap((data, i) => {
      const talking = talk(40_000 + i);
      return [...talking.open(), talking.up(0, data), ...talking.close(data.length, 0)];
    });
    const { out } = await cli("decode", written(captureOf(segments)));
    expect(out).toMatch(/\nmigration 0 to 127\.0\.0\.1:4444\n/);
    expect(out).toMatch(/\nmigration 1 to 127\.0\.0\.1:4444\n/);
    expect(out).toMatch(/\n +0 {2}main #0 /);
    expect(out).toContain("\nand 8 more connections\n");
    expect(out).not.toMatch(/channel +unknown/);
  });

  it("is the same in colour", async () => {
    const args = ["decode", sessionCapture("tcp-postcopy-recovery-7.2-to-7.2.pcap").path];
    let coloured = "";
    const out = (told: string) => {
      coloured += told;
    };
    const status = await run(args, { out, err: out, colour: true, interactive: false });
    const told = await cli(...args);
    expect(coloured).toContain(`${ESCAPE}[1mmachine  ${ESCAPE}[0m`);
    expect({ status, out: coloured.split(ESCAPE).map(withoutCode).join("") }).toEqual({
      status: told.status,
      out: told.out,
    });
  });

  it("does not let names steer the terminal", async () => {
    const evil = "\u001b[2Jpc";
    const stream = ramStream([{ idstr: evil, usedLength: 8192 }], [normalPage(0, pageOf(1), evil)]);
    const talking = talk();
    const segments = [...talking.open(), talking.up(0, stream), ...talking.close(stream.length, 0)];
    const { out } = await cli("decode", written(captureOf(segments)));
    expect(out).not.toContain("\u001b");
    expect(out).toContain("\\x1b[2Jpc");
  });
});

describe("the timeline", () => {
  const entry = (i: number, more: object = {}) => ({
    time: i * 1e6,
    until: i * 1e6,
    channel: 0,
    what: `thing ${i}`,
    detail: null,
    count: 1,
    bytes: 0,
    pages: 0,
    ...more,
  });
  const labels = new Map([[0, "main"]]);
  const none = { channels: [], migrations: [] };

  it("leaves out its middle when it is long", () => {
    const timeline = Array.from({ length: 500 }, (_, i) => entry(i));
    const lines = timelineLines({ ...none, timeline, timelineOmitted: 3 }, labels, plain);
    expect(lines).toHaveLength(1 + 40 + 1 + 20 + 1);
    expect(lines[41]).toBe("  … 440 more");
    expect(lines.at(-1)).toBe("  and 3 later entries");
  });

  it("joins what is alike, and states with what proves them", () => {
    const timeline = [
      entry(0, { what: "PING", detail: "1", bytes: 4 }),
      entry(1, { what: "PING", detail: "2", bytes: 4 }),
      entry(1, { what: "state", detail: "source active: PING" }),
      entry(2, { what: "state", detail: "source failed: RST by destination" }),
      entry(2, { what: "connection-end", channel: null, detail: "rst" }),
    ];
    const lines = timelineLines({ ...none, timeline, timelineOmitted: 0 }, labels, plain);
    expect(lines.slice(1).map((line) => line.replace(/ {2,}/g, " | "))).toEqual([
      " | 0.000 | main | PING × 2 | 1, 2 | 8 bytes, until 1.000 | → source active",
      " | 2.000 | main | state | RST by destination | → source failed",
    ]);
  });

  it("has no times where nothing tells them", () => {
    const timeline = [entry(0, { time: null, until: null })];
    expect(timelineLines({ ...none, timeline, timelineOmitted: 0 }, labels, plain)).toEqual([
      "timeline",
      "  main  thing 0",
    ]);
    expect(timelineLines({ ...none, timeline: [], timelineOmitted: 0 }, labels, plain)).toEqual([]);
  });
});

it("has no table without connections", () => {
  const summary = {
    channels: [],
    connections: [],
    connectionsOmitted: 0,
    migrations: [],
    timeline: [],
    timelineOmitted: 0,
  };
  expect(connectionLines(summary, new Map(), plain)).toEqual([]);
});
