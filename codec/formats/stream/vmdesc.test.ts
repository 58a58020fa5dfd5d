import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createVmdescReader,
  type DeviceDescription,
  MAX_BAD_DEVICES,
  MAX_DEVICE_NESTING,
  MAX_DEVICE_TEXT,
  type StateDescription,
  type VmdescProblem,
} from "./vmdesc.ts";

const CAPTURES = new URL("../../../../shared/captures/", import.meta.url);
const bytesOf = (text: string) => new TextEncoder().encode(text);

interface Outcome {
  readonly devices: DeviceDescription[];
  readonly problems: VmdescProblem[];
  readonly pageSizes: number[];
  readonly configurations: StateDescription[];
}

function readChunks(chunks: readonly Uint8Array[]): Outcome {
  const outcome: Outcome = { devices: [], problems: [], pageSizes: [], configurations: [] };
  const reader = createVmdescReader({
    device: (device) => outcome.devices.push(device),
    problem: (problem) => outcome.problems.push(problem),
    pageSize: (bytes) => outcome.pageSizes.push(bytes),
    configuration: (state) => outcome.configurations.push(state),
  });
  for (const chunk of chunks) reader.push(chunk);
  reader.finish();
  return outcome;
}

function readText(text: string | Uint8Array): Outcome {
  return readChunks([typeof text === "string" ? bytesOf(text) : text]);
}

/** The text is the last thing in a file: a zero in the length before it, a brace, no zero after. */
function tailOf(name: string): Uint8Array {
  const file = readFileSync(new URL(name, CAPTURES));
  const data = name.endsWith(".gz") ? gunzipSync(file) : file;
  const at = data.indexOf("{", data.lastIndexOf(0));
  expect(data[at - 5]).toBe(0x06);
  expect(data.readUInt32BE(at - 4)).toBe(data.length - at);
  return data.subarray(at);
}

const names = existsSync(CAPTURES) ? readdirSync(CAPTURES).filter((name) => /\.bin(\.gz)?$/.test(name)) : [];

const field = (more: object = {}) => ({ name: "f", type: "uint8", size: 1, ...more });
const device = (more: object = {}) => ({
  name: "d",
  instance_id: 0,
  vmsd_name: "d",
  version: 1,
  fields: [field()],
  ...more,
});
const text = (...devices: unknown[]) => JSON.stringify({ page_size: 4096, devices });

const SMALL = `{"configuration": {"vmsd_name": "configuration", "version": 1, "fields": [
  {"name": "len", "type": "uint32", "size": 4}]}, "extra": {"devices": ["}", {"a": [1, "\\"]"]}]}, "page_size": 4096,
  "devices": [{"name": "a\\u0041\\\\", "instance_id": -1, "size": 3, "fields": [{"name": "data", "size": 3, "type": "buffer"}]},
   {"name": "b", "instance_id": 4294967295, "vmsd_name": "b", "version": 2, "fields": [
     {"name": "s", "array_len": 3, "type": "struct", "struct": {"vmsd_name": "x", "version": 1, "fields": []}, "size": 0},
     {"name": "v", "index": 1, "type": "vstruct", "vmsd_name": "y", "version": 1, "fields": [], "size": 0}],
    "subsections": [{"vmsd_name": "b/sub", "version": 1, "fields": []}]}], "more": null}`;

describe("createVmdescReader", () => {
  it("tells page size, configuration and devices", () => {
    const { devices, problems, pageSizes, configurations } = readText(SMALL);
    expect(problems).toEqual([]);
    expect(pageSizes).toEqual([4096]);
    expect(configurations).toEqual([
      {
        name: "configuration",
        version: 1,
        fields: [{ name: "len", type: "uint32", size: 4 }],
        subsections: [],
      },
    ]);
    const data = { name: "data", size: 3, type: "buffer" };
    const named = (name: string, version = 1) => ({ name, version, fields: [], subsections: [] });
    const fields = [
      { name: "s", type: "struct", size: 0, arrayLength: 3, struct: named("x") },
      { name: "v", type: "vstruct", size: 0, index: 1, struct: named("y") },
    ];
    expect(devices).toEqual([
      { idstr: "aA\\", instance: 0xffffffff, size: 3, state: { fields: [data], subsections: [] } },
      {
        idstr: "b",
        instance: 0xffffffff,
        state: { ...named("b", 2), fields, subsections: [named("b/sub")] },
      },
    ]);
  });

  it("does not depend on how the text is cut", () => {
    const bytes = bytesOf(SMALL);
    const whole = readText(bytes);
    for (let at = 0; at <= bytes.length; at++)
      expect(readChunks([bytes.slice(0, at), bytes.slice(at)])).toEqual(whole);
    const lent = new Uint8Array(1);
    const single = function* () {
      for (const byte of bytes) {
        lent[0] = byte;
        yield lent;
      }
    };
    const outcome: DeviceDescription[] = [];
    const reader = createVmdescReader({
      device: (d) => outcome.push(d),
      problem: () => expect.unreachable(),
    });
    for (const chunk of single()) reader.push(chunk);
    reader.finish();
    expect(outcome).toEqual(whole.devices);
  });

  it("reports every truncation once, at its offset", () => {
    const bytes = bytesOf(SMALL);
    for (let at = 0; at < bytes.length; at++) {
      const { problems } = readText(bytes.subarray(0, at));
      expect(problems.map((problem) => problem.offset)).toEqual([at]);
    }
  });

  it.each([
    ["", 0, "{"],
    ["[]", 0, "{"],
    ["{,", 1, "a name or }"],
    ['{"a" 1}', 5, ":"],
    ['{"a":,"b":1}', 5, "a value"],
    ['{"a":1 2}', 7, ", or }"],
    ['{"a":1,}', 7, "a name"],
    ['{"devices":{}}', 11, "["],
    ['{"devices":[1:2]}', 13, ", or ]"],
    ['{"devices":[,]}', 12, "a device or ]"],
    ["{} x", 3, "the end"],
  ])("ends at lost structure: %s", (broken, offset, expected) => {
    const last = readText(broken).problems.at(-1);
    expect(last).toMatchObject({ offset, expected });
  });

  const text1024 = "text of at most 1024 characters";
  const first = (more: object) => device({ fields: [field(more)] });

  it.each<[unknown, string, string, string]>([
    [5, "", "an object", "5"],
    [device({ name: undefined }), ".name", text1024, "undefined"],
    [device({ name: "x".repeat(1025) }), ".name", text1024, "x".repeat(40)],
    [device({ instance_id: "0" }), ".instance_id", "an integer of -2147483648 to 4294967295", "0"],
    [
      device({ instance_id: 2 ** 32 }),
      ".instance_id",
      "an integer of -2147483648 to 4294967295",
      "4294967296",
    ],
    [device({ version: null }), ".version", "an integer of 0 to 2147483647", "null"],
    [device({ fields: undefined }), ".fields", "an array", "undefined"],
    [device({ fields: {} }), ".fields", "an array", "an object"],
    [device({ fields: [null] }), ".fields[0]", "an object", "null"],
    [device({ subsections: [{ vmsd_name: 1 }] }), ".subsections[0].vmsd_name", text1024, "1"],
    [first({ size: -1 }), ".fields[0].size", "an integer of 0 to 4294967295", "-1"],
    [first({ array_len: 1.5 }), ".fields[0].array_len", "an integer of 0 to 2147483647", "1.5"],
    [first({ array_len: 1e300 }), ".fields[0].array_len", "an integer of 0 to 2147483647", "1e+300"],
    [first({ type: "struct" }), ".fields[0].struct", "an object", "undefined"],
    [first({ type: "struct", struct: [] }), ".fields[0].struct", "an object", "an array"],
    [first({ type: "vstruct" }), ".fields[0].fields", "an array", "undefined"],
  ])("skips a bad device: %j", (bad, where, expected, found) => {
    const { devices, problems } = readText(text(device(), bad, device({ name: "e" })));
    expect(devices.map((one) => one.idstr)).toEqual(["d", "e"]);
    const offset = text(device()).length - 1;
    expect(problems).toEqual([{ offset, expected: `device${where} as ${expected}`, found }]);
  });

  it("skips a device that is not JSON, too long or too deep, and goes on", () => {
    const long = JSON.stringify(device({ pad: "x".repeat(MAX_DEVICE_TEXT) }));
    const deep = `${"[".repeat(MAX_DEVICE_NESTING + 1)}${"]".repeat(MAX_DEVICE_NESTING + 1)}`;
    const { devices, problems } = readText(
      `{"devices":[{"name":nope},${long},${deep},${JSON.stringify(device())}]}`,
    );
    expect(devices).toHaveLength(1);
    expect(problems.map((problem) => problem.found)).toEqual([
      "text that is not",
      `${long.length} bytes`,
      `${MAX_DEVICE_NESTING + 1} deep`,
    ]);
  });

  it("takes a device of the largest size", () => {
    const empty = JSON.stringify(device({ pad: "" })).length;
    const { devices, problems } = readText(text(device({ pad: "x".repeat(MAX_DEVICE_TEXT - empty) })));
    expect([devices.length, problems]).toEqual([1, []]);
  });

  it("gives up after many bad devices", () => {
    const { devices, problems } = readText(
      `{"devices":[${"0,".repeat(100_000)}${JSON.stringify(device())}]}`,
    );
    expect(devices).toEqual([]);
    expect(problems).toHaveLength(MAX_BAD_DEVICES + 1);
  });

  it("does not mind names that mean something in JavaScript", () => {
    const hostile = `{"__proto__": {"page_size": 1}, "devices": [{"__proto__": {"name": "x"}, "name": "__proto__",
      "instance_id": 0, "fields": [{"name": "__proto__", "type": "constructor", "size": 0, "__proto__": null}]}]}`;
    const { devices, problems } = readText(hostile);
    expect(problems).toEqual([]);
    expect(devices).toEqual([
      {
        idstr: "__proto__",
        instance: 0,
        state: { fields: [{ name: "__proto__", type: "constructor", size: 0 }], subsections: [] },
      },
    ]);
    expect(
      readText('{"devices": [{"__proto__": {"name": "x", "instance_id": 0, "fields": []}}]}').devices,
    ).toEqual([]);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.json(), fc.uint8Array(), (json, bytes) => {
        readText(json);
        readText(`{"devices":[${json}],"configuration":${json},"page_size":${json}}`);
        readText(bytes);
      }),
    );
  });
});

describe.skipIf(names.length === 0)("captures", () => {
  it.each(names)("%s", (name) => {
    const bytes = tailOf(name);
    const whole = readText(bytes);
    const json = JSON.parse(new TextDecoder().decode(bytes));
    expect(whole.problems).toEqual([]);
    expect(whole.pageSizes).toEqual([json.page_size]);
    expect(whole.configurations).toHaveLength(json.configuration ? 1 : 0);
    expect(whole.devices.map((one) => [one.idstr, one.instance])).toEqual(
      json.devices.map((one: { name: string; instance_id: number }) => [one.name, one.instance_id]),
    );
  });

  it("split at every byte gives the same devices", { timeout: 60_000 }, () => {
    const bytes = tailOf("precopy-11.1-ppc64-pseries-5.2.bin.gz");
    const whole = JSON.stringify(readText(bytes));
    for (let at = 0; at <= bytes.length; at++)
      expect(JSON.stringify(readChunks([bytes.subarray(0, at), bytes.subarray(at)])) === whole).toBe(true);
    for (const name of names) {
      const tail = tailOf(name);
      const single = Array.from(tail, (_byte, at) => tail.subarray(at, at + 1));
      expect(JSON.stringify(readChunks(single)) === JSON.stringify(readText(tail))).toBe(true);
    }
  });

  it("mutations and truncations never throw", { timeout: 60_000 }, () => {
    const tails = names
      .map(tailOf)
      .sort((a, b) => a.length - b.length)
      .slice(0, 6);
    const pick = fc.record({
      file: fc.nat(5),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      byte: fc.nat(255),
      cut: fc.boolean(),
    });
    fc.assert(
      fc.property(pick, ({ file, at, byte, cut }) => {
        const bytes = Uint8Array.from(tails[file % tails.length] ?? []);
        const offset = Math.floor(at * (bytes.length - 1));
        bytes[offset] = byte;
        const { problems } = readText(cut ? bytes.subarray(0, offset) : bytes);
        if (cut) expect(problems.map((problem) => problem.offset)).toEqual([offset]);
        expect(problems.length).toBeLessThan(4);
      }),
      { numRuns: 1500 },
    );
  });
});
