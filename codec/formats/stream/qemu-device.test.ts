import { describe, expect, it } from "vitest";
import { bytes, DESCRIPTION, DEVICES } from "../../../test/construct-parts.ts";
import { concat, configuration, device, eof, header, vmdesc } from "../../../test/streams.ts";
import { events } from "../../../test/told.ts";

const START = concat(header(), configuration("none"));

function read(data: Uint8Array) {
  const all = events(data);
  return {
    devices: all.flatMap((event) => (event.kind === "device" ? event.device : [])),
    sections: all.flatMap((event) => (event.kind === "section" ? event.section : [])),
    findings: all.flatMap((event) => (event.kind === "finding" ? event.finding : [])),
    end: all.at(-1),
  };
}

/** One device of two fields, described as `fields`. */
function described(state: Uint8Array, fields: readonly object[], name = "timer") {
  const devices = [{ name, instance_id: 0, vmsd_name: name, version: 1, fields }];
  return read(concat(START, device(5, "timer", state), eof(), vmdesc({ page_size: 4096, devices })));
}

const WORD = { name: "word", type: "uint32", size: 4 };
const STATE = bytes("00 00 00 07");

describe("device sections", () => {
  it("without a description are delimited, and their fields unknown", () => {
    const { devices, sections, findings } = read(concat(START, DEVICES, eof()));
    expect(findings).toEqual([]);
    expect(sections.map(({ understood }) => understood)).toEqual(["delimited", "delimited"]);
    expect(devices).toMatchObject([
      { idstr: "timer", length: 9, fields: null },
      { idstr: "fifo", length: 29, fields: null },
    ]);
  });

  it("whose description is cut off are decoded as far as it goes", () => {
    const whole = concat(START, DEVICES, eof(), DESCRIPTION);
    const before = whole.length - DESCRIPTION.length;
    const seen = new Set<string>();
    for (let cut = before + 1; cut < whole.length; cut++) {
      const { devices, end } = read(whole.subarray(0, cut));
      expect(end).toMatchObject({ reason: "truncated", offset: cut });
      expect(devices.map(({ idstr }) => idstr)).toEqual(["timer", "fifo"]);
      seen.add(devices.map(({ fields }) => (fields ? "decoded" : "delimited")).join());
    }
    expect([...seen]).toEqual(["delimited,delimited", "decoded,delimited", "decoded,decoded"]);
  });

  it("that their description fits are decoded", () => {
    const { devices, findings } = described(STATE, [WORD]);
    expect(findings).toEqual([]);
    expect(devices).toMatchObject([{ fields: { word: 7 } }]);
  });

  it.each([
    ["says more than there is", [WORD, { ...WORD, name: "next" }], { word: 7 }],
    ["says less than there is", [{ name: "word", type: "uint8", size: 1 }], { word: 0 }],
    ["says an array of 2^31 words", [{ ...WORD, array_len: 0x7fffffff }], { word: 7 }],
    ["gives a field 4 GiB", [{ name: "data", type: "buffer", size: 0xffffffff }], {}],
  ])("whose description %s do not fit it", (_, fields, decoded) => {
    const { devices, findings, end } = described(STATE, fields);
    expect(findings.map(({ rule }) => rule)).toEqual(["DEVICE_FITS_VMDESC"]);
    const at = findings[0]?.offset ?? -1;
    const from = devices[0]?.offset ?? 0;
    expect(at).toBeGreaterThanOrEqual(from);
    expect(at).toBeLessThanOrEqual(from + STATE.length);
    expect(devices).toMatchObject([{ fields: decoded }]);
    expect(end).toMatchObject({ reason: "eof" });
  });

  it("that the description does not have stay delimited", () => {
    const { devices, findings } = described(STATE, [WORD], "another");
    expect(devices).toMatchObject([{ idstr: "timer", fields: null }]);
    expect(findings).toMatchObject([
      { rule: "DEVICE_DESCRIBED", level: "error", subject: "sections[0]", args: { device: "timer" } },
      { rule: "DEVICE_PRESENT", level: "warning", args: { device: "another" } },
    ]);
  });

  it("have the version that their description gives them", () => {
    const devices = [{ name: "timer", instance_id: 0, vmsd_name: "timer", version: 7, fields: [WORD] }];
    const { findings } = read(concat(START, device(5, "timer", STATE), eof(), vmdesc({ devices })));
    const version = START.length + 1 + 4 + 1 + 5 + 4;
    expect(findings).toMatchObject([
      {
        rule: "DEVICE_VERSION_AGREES",
        level: "error",
        offset: version,
        args: { device: "timer", expected: 7, found: 1 },
      },
    ]);
  });

  it("are not missed where damage has hidden them, nor where the description is damaged", () => {
    const other = { name: "other", instance_id: 0, vmsd_name: "other", version: 1, fields: [WORD] };
    const broken = vmdesc({ page_size: 4096, devices: [other, { name: 5 }] });
    const { findings } = read(concat(START, device(5, "timer", STATE), eof(), broken));
    expect(findings.map(({ rule }) => rule)).toEqual(["VMDESC_WELL_FORMED"]);
  });

  it("whose state is too large to keep are told without fields, and the next are decoded", () => {
    const large = device(7, "large", new Uint8Array((8 << 20) + 1).fill(1));
    const { devices, sections, findings } = read(concat(START, large, DEVICES, eof(), DESCRIPTION));
    expect(findings.map(({ rule }) => rule)).toEqual(["DEVICE_DESCRIBED"]);
    expect(sections[0]).toMatchObject({ idstr: "large", footer: true, payloadLength: (8 << 20) + 1 });
    expect(devices.map(({ idstr, fields }) => [idstr, fields !== null])).toEqual([
      ["large", false],
      ["timer", true],
      ["fifo", true],
    ]);
  });

  it("that are too many together are told without fields from there on", () => {
    const each = 6 << 20;
    const names = ["one", "two", "three"];
    const devices = names.map((name) => ({
      name,
      instance_id: 0,
      vmsd_name: name,
      version: 1,
      fields: [WORD],
    }));
    const sections = names.map((name, n) =>
      device(n + 10, name, concat(STATE, new Uint8Array(each).fill(1))),
    );
    const found = read(concat(START, ...sections, eof(), vmdesc({ page_size: 4096, devices })));
    expect(found.devices.map(({ idstr, fields }) => [idstr, fields !== null])).toEqual([
      ["one", true],
      ["two", true],
      ["three", false],
    ]);
  });
});
