import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { acceptedBytes, entropyOf } from "../../test/accepted.ts";
import { errorOf, expectSame, fieldCount, outcomeOf, prefixesOf, weightOf } from "../../test/check-table.ts";
import { syntheticTables } from "../../test/tables.ts";
import { contextsOf, tablesOf, zodOf } from "../derive/index.ts";
import { tables as realTables } from "../formats/tables.ts";
import { compile, isCompilable } from "./compiled.ts";
import { dump, spansWithGaps } from "./dump.ts";
import { type DecodeOptions, decode, type Endian, encode, read, type Span, type StructDef } from "./index.ts";

const seed = Number(process.env.SEED ?? 20260801);
const numRuns = Number(process.env.RUNS ?? 40);
/** Also ends the search for a smaller counterexample, which could go on for minutes. */
const timeout = 500 * numRuns;

const tables = [...syntheticTables, ...realTables];

interface Case {
  readonly bytes: Uint8Array;
  readonly options: { readonly context: Record<string, boolean>; readonly endian?: Endian };
}

/** Random accepted bytes of the table, with each context on or off, in each byte order. */
function casesOf(def: StructDef): fc.Arbitrary<Case> {
  const contexts = fc.record(
    Object.fromEntries(Object.keys(contextsOf(def)).map((name) => [name, fc.boolean()])),
  );
  const entropy = fc.uint8Array({ minLength: 32, maxLength: 600, size: "max" });
  const endians = fc.constantFrom<Endian | undefined>(undefined, "be", "le");
  return fc.tuple(entropy, contexts, endians).map(([drawn, context, endian]) => ({
    bytes: acceptedBytes(def, { pick: entropyOf(drawn), context, endian }),
    options: { context, ...(endian ? { endian } : {}) },
  }));
}

function forAll(def: StructDef, check: (found: Case) => void): void {
  fc.assert(fc.property(casesOf(def), check), { seed, numRuns, interruptAfterTimeLimit: timeout / 2 });
}

function mutationsOf({ bytes }: Case): Uint8Array[] {
  return prefixesOf(bytes.length).flatMap((at) =>
    [0x00, 0xff, (bytes[at] ?? 0) ^ 0x01, (bytes[at] ?? 0) + 1].map((byte) => bytes.with(at, byte & 0xff)),
  );
}

it("looks at every table", () => {
  expect(realTables.length).toBeGreaterThanOrEqual(10);
  expect(new Set(tables.map((table) => table.name)).size).toBe(tables.length);
  expect(tables.filter(isCompilable).length).toBeGreaterThanOrEqual(10);
});

const named = tables.map((def) => [def.name, def] as const);
describe.each(named)(`%s (seed ${seed})`, { timeout }, (_, def) => {
  it("gives back every accepted byte", () => {
    forAll(def, ({ bytes, options }) => {
      const value = decode(def, bytes, options);
      expect(encode(def, value, options)).toEqual(bytes);
    });
  });

  it("says where every prefix ends", () => {
    forAll(def, ({ bytes, options }) => {
      for (const length of prefixesOf(bytes.length)) {
        const error = errorOf(() => decode(def, bytes.subarray(0, length), { ...options, base: 1000 }));
        const { code, offset, need = 0, have = -1 } = error;
        const inside = offset <= 1000 + length && offset + have === 1000 + length && need > have;
        if (code !== "truncated" || !inside) expect.fail(error.message);
      }
    });
  });

  it("partitions the bytes into spans", () => {
    forAll(def, ({ bytes, options }) => {
      const spans: Span[] = [];
      read(def, bytes, { ...options, base: 7, trace: (span) => spans.push(span) });
      expect(spansWithGaps(spans, 7, 7 + bytes.length)).toEqual(spans);
      expect(spans.every((span) => span.path.startsWith(`${def.name}.`))).toBe(true);
      expect(dump(bytes, spans, { base: 7 })).toHaveLength(spans.length);
    });
  });

  it("is read alike by both engines", () => {
    const compiled = compile(def);
    const same = (data: Uint8Array, options: DecodeOptions) =>
      expectSame(
        outcomeOf(() => compiled(data, options)),
        outcomeOf(() => read(def, data, options)),
      );
    forAll(def, (found) => {
      const options = { ...found.options, base: 5, within: "stream[2]" };
      for (const length of prefixesOf(found.bytes.length + 1)) same(found.bytes.subarray(0, length), options);
      for (const changed of mutationsOf(found)) same(changed, options);
      same(Uint8Array.of(1, 2, 3, ...found.bytes, 4), { ...options, at: 3 });
      same(found.bytes, { ...options, at: found.bytes.length + 1 });
    });
  });

  it("survives any changed byte", () => {
    const most = fieldCount(tablesOf(def));
    forAll(def, (found) => {
      for (const changed of mutationsOf(found)) {
        const outcome = outcomeOf(() => read(def, changed, found.options));
        if ("error" in outcome) continue;
        expect(weightOf(outcome.value)).toBeLessThanOrEqual(most * (changed.length + 1));
        expectSame(encode(def, outcome.value, found.options), changed.slice(0, outcome.end));
      }
    });
  });

  it("holds no more than a few bytes can mean", () => {
    const context = Object.fromEntries(Object.keys(contextsOf(def)).map((name) => [name, true]));
    const before = process.memoryUsage();
    for (const byte of [0x00, 0x01, 0x7f, 0xff])
      for (const endian of ["be", "le"] as const)
        outcomeOf(() => read(def, new Uint8Array(256).fill(byte), { context, endian }));
    const after = process.memoryUsage();
    expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(
      32 << 20,
    );
  });

  it("has a JSON form that zod accepts", () => {
    const schema = zodOf(def);
    expect(JSON.stringify(z.toJSONSchema(schema, { io: "input" }))).toContain(Object.keys(def.fields)[0]);
    forAll(def, ({ bytes, options }) => {
      const value = decode(def, bytes, options);
      const json = JSON.parse(JSON.stringify(z.encode(schema, value)));
      expect(z.decode(schema, json)).toStrictEqual(value);
    });
  });
});
