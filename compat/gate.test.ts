import { afterAll, describe, expect, it } from "vitest";
import { decode, encode, KEEPALIVE, ReturnPathHeader } from "../codec/index.ts";
import { struct, u16 } from "../codec/layout/index.ts";
import { defineFeature, encodeGated, type Gate, type GatePeer, gate } from "./gate.ts";

const keepalive = defineFeature({
  id: "return-path-keepalive",
  wire: { table: ReturnPathHeader, field: "type", value: KEEPALIVE },
  gate: {
    kind: "parameter",
    name: "postcopy-rp-keepalive-period",
    off: 0,
    range: [0, 2 ** 31 - 1],
    suggest: 500,
  },
  since: { acme: "3.0" },
});

const ours = (period?: unknown): GatePeer => ({
  product: "acme",
  version: "3.1",
  parameters: period === undefined ? {} : { "postcopy-rp-keepalive-period": period },
});

describe("the keepalive", () => {
  it("is sent once both ends negotiated it", () => {
    const allowed = gate(keepalive, ours(500), ours(2 ** 31 - 1));
    expect(allowed).toEqual({ feature: keepalive.id, allowed: true, reasons: [], settings: [] });
    expect(encodeGated(allowed, { length: 0 })).toEqual(Uint8Array.of(0, 8, 0, 0));
    expect(encode(ReturnPathHeader, { type: KEEPALIVE, length: 0 }, { gate: allowed })).toHaveLength(4);
  });

  it("is refused to a source of QEMU 7.2", () => {
    const source = { product: "qemu", version: "7.2.22" };
    const refused = gate(keepalive, source, ours(500));
    expect(refused).toMatchObject({ allowed: false, settings: [] });
    expect(refused.reasons).toEqual([
      {
        end: "source",
        why: "not-implemented",
        text: "the source, qemu 7.2.22, does not have return-path-keepalive: leave postcopy-rp-keepalive-period off at the other end",
      },
    ]);
    expect(() => encodeGated(refused, { length: 0 })).toThrow(/no allowed gate/);
    const patched = { ...source, features: [keepalive.id], parameters: ours(20).parameters ?? {} };
    expect(gate(keepalive, patched, ours(500)).allowed).toBe(true);
  });

  it("says what to set", () => {
    const off = gate(keepalive, ours(), ours(0));
    expect(off.reasons.map(({ end, why }) => [end, why])).toEqual([
      ["source", "off"],
      ["destination", "off"],
    ]);
    expect(off.settings[1]).toEqual({
      end: "destination",
      execute: "migrate-set-parameters",
      arguments: { "postcopy-rp-keepalive-period": 500 },
    });
    expect(gate(keepalive, { product: "acme", version: "2.9" }, ours(1)).reasons[0]?.text).toContain(
      "acme 3.0 is the first that has",
    );
  });

  it.each([-1, 2 ** 31, 1.5, "500", null, true])("does not take %j for a period", (period) => {
    expect(gate(keepalive, ours(period), ours(500)).reasons).toMatchObject([
      { end: "source", why: "not-a-value" },
    ]);
  });

  it("is not opened by anything but its own gate", () => {
    const allowed = gate(keepalive, ours(500), ours(500));
    const message = { type: KEEPALIVE, length: 0 };
    for (const key of [undefined, { ...allowed }, structuredClone(allowed), { allowed: true }, keepalive])
      expect(() => encode(ReturnPathHeader, message, key ? { gate: key } : {})).toThrow(/gated by/);
    expect(() => encodeGated({ ...allowed }, { length: 0 })).toThrow(TypeError);
    expect(() => gate({ ...keepalive }, ours(500), ours(500))).toThrow(TypeError);
    expect(Object.isFrozen(allowed)).toBe(true);
  });

  it("leaves other messages and decoding alone", () => {
    expect(encode(ReturnPathHeader, { type: 2, length: 4 })).toHaveLength(4);
    expect(decode(ReturnPathHeader, Uint8Array.of(0, 8, 0, 0))).toEqual({ type: 8, length: 0 });
  });
});

describe("features", () => {
  const Hello = struct({ name: "Hello", endian: "be", doc: "x", source: "x", fields: { type: u16("x") } });
  const spec = {
    id: "hello",
    wire: { table: Hello, field: "type", value: 1 },
    gate: { kind: "capability", name: "x-hello" },
    since: { qemu: "99.0" },
  } as const;
  const hello = defineFeature(spec);
  const verdicts: Gate[] = [];
  afterAll(() => expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(1));

  it("may be capabilities", () => {
    const at = (version: string, on?: boolean) => ({
      product: "qemu",
      version,
      ...(on === undefined ? {} : { capabilities: { "x-hello": on } }),
    });
    verdicts.push(
      gate(hello, at("99.0", true), at("100.1", true)),
      gate(hello, at("98.2"), at("99.0", true)),
    );
    const half = gate(hello, at("99.0", true), at("99.0"));
    expect(half.settings).toEqual([
      {
        end: "destination",
        execute: "migrate-set-capabilities",
        arguments: { capabilities: [{ capability: "x-hello", state: true }] },
      },
    ]);
    expect(gate(hello, at("junk", true), at("99.0", true)).allowed).toBe(false);
  });

  it("do not share a message, and are checked", () => {
    expect(() => defineFeature({ ...spec, id: "other" })).toThrow("Hello.type 1 belongs to hello, not other");
    expect(() => defineFeature({ ...spec, id: "" })).toThrow(TypeError);
    expect(() => defineFeature({ ...spec, wire: { ...spec.wire, field: "kind" } })).toThrow(
      /no number called/,
    );
    const range = { kind: "parameter", name: "p", off: 0, range: [5, 1], suggest: 3 } as const;
    expect(() => defineFeature({ ...spec, gate: range })).toThrow(/do not agree/);
  });
});
