import { describe, expect, it } from "vitest";
import { DATA, files } from "../../test/capture-kinds.ts";
import { hear, numbered } from "../../test/connections.ts";
import { spansWithGaps } from "../layout/dump.ts";
import { createCaptureReader } from "./capture-reader.ts";

const LOG = [
  "established 2000000",
  "bytes up 200",
  "bytes down 8",
  "bytes up 100",
  "fin up",
  "fin down",
  "end fin",
];
describe.each(Object.entries(files))("%s", (name, data) => {
  const whole = hear(data);

  it("is read to the last byte", () => {
    const [one] = whole.heard;
    expect(whole.heard).toHaveLength(1);
    expect(whole.findings).toEqual([]);
    expect(one?.up).toEqual(DATA);
    expect(one?.down).toEqual(numbered(8));
    const times = (log: readonly string[] = []) => log.map((line) => line.replace(/^(established) .*/, "$1"));
    expect(times(one?.log)).toEqual(times(LOG));
    const established = one?.connection.established ?? 0;
    expect(Math.abs(established - 2_000_000)).toBeLessThan(name.includes("2^") ? 1000 : 1);
    expect(whole.summary).toMatchObject({ packets: 9, tcpPackets: 9, unparsablePackets: 0, connections: 1 });
  });

  it("is read alike cut in two anywhere, byte by byte, and when traced", () => {
    for (let cut = 1; cut < data.length; cut += 1) {
      const halves = hear(data, { lose: { at: cut, count: 0 } });
      if (JSON.stringify(halves.heard) !== JSON.stringify(whole.heard)) expect.fail(`cut at ${cut}`);
    }
    expect(hear(data, { chunk: 1 }).heard).toEqual(whole.heard);
    const traced = hear(data, { spans: true, chunk: 7 });
    expect(traced.heard).toEqual(whole.heard);
    expect(spansWithGaps(traced.spans, 0, data.length)).toEqual(traced.spans);
  });

  it("tells a prefix of it all from each prefix", () => {
    for (let length = 1; length < data.length; length++) {
      const { heard, rules } = hear(data.subarray(0, length));
      const up = heard[0]?.up ?? new Uint8Array(0);
      if (!up.every((byte, i) => byte === DATA[i])) expect.fail(`prefix of ${length}`);
      expect(rules.length, `prefix of ${length}`).toBeLessThanOrEqual(1);
    }
  });
});

it.each(["pcap a1b2c3d4 le", "pcapng be"])("%s is told while it is written", (name) => {
  const data = files[name] ?? new Uint8Array(0);
  let told = 0;
  const nothing = () => {};
  const bytes = (_: unknown, __: unknown, { length }: Uint8Array) => {
    told += length;
  };
  const reader = createCaptureReader({
    connection: nothing,
    bytes,
    gap: nothing,
    end: nothing,
    finding: nothing,
  });
  reader.push(data.subarray(0, -1));
  expect(told).toBe(308);
  expect(reader.summary().packets).toBe(8);
  reader.push(data.subarray(-1));
  expect(reader.summary().packets).toBe(9);
});
