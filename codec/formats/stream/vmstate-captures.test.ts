import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agrees, countLeaves } from "../../../test/analyzer.ts";
import { createVmdescReader, type DeviceDescription, type StateDescription } from "./vmdesc.ts";
import { decodeState } from "./vmstate.ts";

const CAPTURES = new URL("../../../../shared/captures/", import.meta.url);
const ANALYZER = ".analyze-10.2.2.json.gz";
const files = existsSync(CAPTURES) ? readdirSync(CAPTURES) : [];
const streams = files.filter((name) => /\.bin(\.gz)?$/.test(name));
const analyzed = streams.filter((name) => files.includes(name + ANALYZER));
/** Sections that are no device: nothing describes them. */
const ITERATIVE = /^(ram|spapr\/htab|s390-storage_attributes) \(/;

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;
/** The text is the last thing in a file, after a length that has a zero in it. */
const jsonOf = (data: Buffer) => data.subarray(data.indexOf("{", data.lastIndexOf(0)));

interface Stream {
  readonly data: Buffer;
  readonly devices: DeviceDescription[];
  readonly configuration: StateDescription | undefined;
}

function load(name: string): Stream {
  const file = readFileSync(new URL(name, CAPTURES));
  const data = name.endsWith(".gz") ? gunzipSync(file) : file;
  const devices: DeviceDescription[] = [];
  let configuration: StateDescription | undefined;
  const reader = createVmdescReader({
    device: (device) => devices.push(device),
    configuration: (description) => {
      configuration = description;
    },
    problem: (problem) => expect.fail(JSON.stringify(problem)),
  });
  reader.push(jsonOf(data));
  reader.finish();
  return { data, devices, configuration };
}

/** A stand-in for the stream reader: devices stand in the order of their descriptions, after the last RAM section. */
function sections({
  data,
  devices,
}: Stream): { key: string; device: DeviceDescription; start: number; payload: Uint8Array }[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const out = [];
  let at = 0;
  for (const device of devices) {
    const { idstr, instance, state: description } = device;
    const word = [24, 16, 8, 0].map((shift) => String.fromCharCode((instance >>> shift) & 0xff)).join("");
    const id = data.indexOf(String.fromCharCode(idstr.length) + idstr + word, at, "latin1");
    expect(id).toBeGreaterThan(0);
    expect(data[id - 5]).toBe(0x04);
    const sectionId = view.getUint32(id - 4);
    const start = id + 1 + idstr.length + 8;
    const { consumed, problem } = decodeState(description, data.subarray(start), {
      base: start,
      path: idstr,
    });
    expect(problem).toBeUndefined();
    at = start + consumed;
    expect([data[at], view.getUint32(at + 1)]).toEqual([0x7e, sectionId]);
    out.push({ key: `${idstr} (${sectionId})`, device, start, payload: data.subarray(start, at) });
    at += 5;
  }
  return out;
}

describe("agrees", () => {
  it.each<[unknown, unknown, string | null]>([
    [{ a: 1, b: [2, "-1"] }, { a: "0x01", b: ["0x0002", "0xffffffffffffffff (-1)"] }, null],
    [-1, "0xff (-1)", null],
    [255, "0xff (-1)", null],
    ["00ff", "00 ff", null],
    [null, "nullptr", null],
    [{ bytes: 3, head: "0001" }, "00 01 02", null],
    [{ a: { b: [1, 2] } }, { a: { b: ["0x01", "0x03"] } }, "$.a.b[1]"],
    [{ a: 1, b: 2 }, { b: "0x02", a: "0x01" }, "$"],
    [{ a: [1] }, { a: ["0x01", "0x01"] }, "$.a"],
    [-1, "0xff", "$"],
    ["1", "0x01", "$"],
    [1, true, "$"],
    ["0001", "00 02", "$"],
    [{ bytes: 4, head: "0001" }, "00 01 02", "$"],
    [null, "30", "$"],
  ])("%j and %j", (ours, theirs, path) => expect(agrees(ours, theirs)).toBe(path));
});

describe.skipIf(streams.length === 0)("device sections of the captures", { timeout: 60_000 }, () => {
  it.each(streams)("%s: every device ends at its footer, spans partition it", (name) => {
    const stream = load(name);
    for (const { device, start, payload } of sections(stream)) {
      let end = start;
      const { consumed, problem } = decodeState(device.state, payload, {
        base: start,
        path: device.idstr,
        trace: (span) => {
          if (span.start !== end || span.end <= end) expect.fail(`${span.path} at ${span.start}, not ${end}`);
          end = span.end;
        },
      });
      expect([consumed, problem, end]).toEqual([payload.length, undefined, start + payload.length]);
    }
    const { configuration, data } = stream;
    if (!configuration || data[0] !== 0x51) return;
    const { fields } = decodeState(configuration, data.subarray(9), { base: 9, path: "configuration" });
    expect(fields.len).toBe((fields.name as string).length / 2);
  });

  it.each(analyzed)("%s: agrees with QEMU's analyzer", (name) => {
    const theirs = JSON.parse(gunzipSync(readFileSync(new URL(name + ANALYZER, CAPTURES))).toString());
    const compared = new Set<string>();
    let values = 0;
    for (const { key, device, start, payload } of sections(load(name))) {
      const { fields } = decodeState(device.state, payload, { base: start, path: device.idstr });
      expect([key, agrees(fields, theirs[key])]).toEqual([key, null]);
      values += countLeaves(fields);
      compared.add(key);
    }
    const rest = Object.keys(theirs).filter((key) => !compared.has(key));
    expect(rest.filter((key) => !ITERATIVE.test(key))).toEqual([]);
    expect(compared.size).toBeGreaterThan(12);
    expect(values).toBeGreaterThan(2800);
  });

  it("cut payloads never throw", () => {
    for (const { device, payload } of sections(load("precopy-11.1-i440fx-5.2.bin"))) {
      const step = Math.max(1, payload.length >> 6);
      for (let length = 0; length < payload.length; length += step) {
        const options = { base: 0, path: device.idstr };
        const { problem, consumed } = decodeState(device.state, payload.subarray(0, length), options);
        expect([problem?.have !== undefined, consumed <= length]).toEqual([true, true]);
      }
    }
  });

  it("mutated payloads and descriptions never throw", () => {
    const { data, devices } = load("precopy-10.0-s390x-s390-ccw-virtio-5.2.bin");
    const found = sections({ data, devices, configuration: undefined });
    const text = Uint8Array.from(jsonOf(data));
    const place = fc.record({ at: fc.nat(text.length - 1), byte: fc.nat(255) });
    const digit = fc.record({ at: fc.nat(text.length - 1), byte: fc.integer({ min: 0x30, max: 0x39 }) });
    fc.assert(
      fc.property(fc.array(fc.oneof(place, digit), { minLength: 1, maxLength: 3 }), (changes) => {
        const mutated = text.slice();
        for (const { at, byte } of changes) if (byte > 0x39 || isDigit(text[at])) mutated[at] = byte;
        const reader = createVmdescReader({
          device: ({ idstr, state }) => {
            const payload = found.find((section) => section.device.idstr === idstr)?.payload;
            if (!payload) return;
            const cut = payload.map((byte, at) => (at === changes[0]?.at ? ~byte : byte));
            const { consumed } = decodeState(state, cut, { base: 0, path: idstr });
            expect(consumed).toBeLessThanOrEqual(payload.length);
          },
          problem: () => undefined,
        });
        reader.push(mutated);
        reader.finish();
      }),
      { numRuns: 300 },
    );
  });
});
