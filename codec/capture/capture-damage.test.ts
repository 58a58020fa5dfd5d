import { describe, expect, it } from "vitest";
import { pcapFile, pcapng } from "../../test/capture-files.ts";
import { blocks, DATA, enhanced, files, frames, START, segments } from "../../test/capture-kinds.ts";
import { captureOf, hear, numbered, talk } from "../../test/connections.ts";
import { concat } from "../layout/index.ts";

describe("damage to the file", () => {
  const plain = captureOf(segments);

  it.each([
    ["nothing", new Uint8Array(0)],
    ["something else", numbered(100)],
    ["half a header", plain.subarray(0, 20)],
  ])("%s is no capture", (_, data) => {
    expect(hear(data)).toMatchObject({ rules: ["CAPTURE_FILE_SOUND"], heard: [] });
  });

  it("goes on behind a record whose length is beyond belief", () => {
    const many = talk();
    const long = [
      ...many.open(),
      ...Array.from({ length: 40 }, (_, i) => many.up(100 * i, numbered(100, 100 * i))),
    ];
    const data = captureOf(long);
    const view = new DataView(data.buffer);
    let at = 24;
    for (let i = 0; i < 8; i++) at += 16 + view.getUint32(at + 8, true);
    view.setUint32(at + 8, 262145, true);
    const { heard, rules, findings } = hear(data);
    expect(rules).toEqual(["CAPTURE_FILE_SOUND", "STREAM_RESUMED"]);
    expect(findings[0]).toMatchObject({ offset: at, subject: "capture, behind packet 8" });
    expect(heard[0]?.log).toContain("gap up 100 not-captured");
    expect(heard[0]?.up.length).toBe(3900);
    for (const chunk of [1, 100, 1000]) expect(hear(data, { chunk }).heard).toEqual(heard);
  });

  it("goes on behind a pcapng block whose two lengths differ", () => {
    const data = concat([blocks("le"), enhanced("le")]);
    const at = blocks("le").length + 3 * 4;
    const broken = data.with(at - 12 + 4, (data[at - 12 + 4] ?? 0) ^ 4);
    const { rules, summary } = hear(broken);
    expect(rules).toEqual(["CAPTURE_FILE_SOUND", "STREAM_RESUMED"]);
    expect(summary.packets).toBe(8);
  });

  it("goes on behind bytes that are missing from the file", () => {
    for (const data of Object.values(files))
      for (const at of [0, 10, 24, 40, 41, 300, 500]) {
        const { summary, rules } = hear(data, { lose: { at, count: 100 } });
        expect(rules[0]).toBe("CAPTURE_FILE_SOUND");
        expect(summary.packets).toBeLessThanOrEqual(9);
      }
  });

  it("tells where packets of a strange interface are", () => {
    const { section } = pcapng("le");
    const { rules } = hear(concat([section(), enhanced("le")]));
    expect(rules).toEqual(frames.map(() => "CAPTURE_FILE_SOUND"));
  });

  it("takes simple packets, cut at the snap length, at the time of the one before", () => {
    const make = pcapng("be");
    const described = make.interface(1, { snapLength: 100 });
    const data = concat([
      make.section(),
      described,
      ...frames.map((frame) => make.simple({ ...frame, cut: 100 })),
    ]);
    const { heard, rules } = hear(data);
    expect(heard[0]?.log[0]).toBe("established 0");
    expect(heard[0]?.log).toContain("gap up 154 snaplen");
    expect(rules).toEqual(["CAPTURE_PACKETS_WHOLE"]);
  });

  it("steps over blocks too long to hold a packet", () => {
    const make = pcapng("le");
    const data = concat([blocks("le"), make.other(5, new Uint8Array(3 << 20)), enhanced("le")]);
    for (const chunk of [data.length, 70_001]) {
      const { heard, rules } = hear(data, { chunk });
      expect(rules).toEqual([]);
      expect(heard[0]?.up).toEqual(DATA);
    }
  });

  it("lives with a clock that goes backwards", () => {
    const data = pcapFile(frames.map((frame, i) => ({ ...frame, time: 1_700_000_000_000_000 - 1e6 * i })));
    const { heard, summary } = hear(data);
    expect(heard[0]?.up).toEqual(DATA);
    expect(heard[0]?.connection.established).toBe(-2e9);
    expect(summary).toMatchObject({ start: START * 1000n, duration: 0 });
  });
});
