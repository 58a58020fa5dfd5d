import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteLength } from "./byte-length.ts";
import { checkMapping, MappingError } from "./index.ts";
import { nodeAliasSchema } from "./schema.ts";

const RELEASE = { release: "10.0.13" };
const node = (name: string, alias: string, ...bitmaps: readonly (readonly [string, string])[]) => ({
  "node-name": name,
  alias,
  bitmaps: bitmaps.map(([own, as]) => ({ name: own, alias: as })),
});
const errors = (value: unknown, context: Partial<Parameters<typeof checkMapping>[1]> = {}) =>
  checkMapping(JSON.stringify(value), { ...RELEASE, ...context }).findings.flatMap(({ rule, level, path }) =>
    level === "error" ? [`${rule} ${path}`.trim()] : [],
  );

describe("a full map", () => {
  const BM0 = { "node-name": "node0", name: "bm0", to: { "node-name": "other0", name: "bm0" } };
  const DROPPED = { "node-name": "node0", name: "bm1", drop: true };

  it("is read from YAML and JSON, bare or under its name", () => {
    const yaml = "full-map:\n  - { node-name: node0, name: bm0, to: { node-name: other0, name: x } }\n";
    expect(checkMapping(yaml, RELEASE)).toMatchObject({ kind: "full-map" });
    expect(checkMapping(JSON.stringify([BM0, DROPPED]), RELEASE)).toMatchObject({ kind: "full-map" });
  });

  it("covers every bitmap or drops it", () => {
    const bitmaps = ["bm0", "bm1"].map((name) => ({ node: "node0", name }));
    expect(errors([BM0, DROPPED], { bitmaps })).toEqual([]);
    expect(errors([BM0], { bitmaps })).toEqual(["BITMAP_COVERED full-map"]);
  });

  it("maps a bitmap once, to a goal of its own, on a node that is there", () => {
    expect(errors([BM0, BM0])).toEqual(["BITMAP_MAPPED_ONCE full-map[1]", "BITMAP_GOAL_ONCE full-map[1].to"]);
    expect(errors([BM0], { nodes: ["node0"] })).toEqual(["BITMAP_NODE_EXISTS full-map[0].to.node-name"]);
    const long = { ...BM0, to: { "node-name": "n".repeat(32), name: "ü".repeat(512) } };
    expect(errors([long])).toEqual([
      "BITMAP_NAME_FITS full-map[0].to.node-name",
      "BITMAP_NAME_FITS full-map[0].to.name",
    ]);
  });

  it("says what is wrong with its form, and where", () => {
    expect(errors({ "full-map": [{ ...BM0, too: 1 }] })).toEqual(["MAPPING_KEYS_KNOWN full-map[0]"]);
    expect(errors({ "full-map": [{ ...BM0, drop: true }] })).toEqual(["MAPPING_FORM full-map[0]"]);
    expect(errors({ "full-map": [{ ...BM0, to: { name: "x" } }] })).toEqual([
      "MAPPING_FORM full-map[0].to.node-name",
    ]);
  });

  it("becomes what both sides are to be told", () => {
    const name = "b".repeat(300);
    const map = [BM0, DROPPED, { ...BM0, name, to: { "node-name": "other0", name } }];
    expect(checkMapping(JSON.stringify(map), RELEASE, "block-bitmap-mapping").translation).toEqual({
      kind: "block-bitmap-mapping",
      source: [node("node0", "other0", ["bm0", "bm0"], [name, "bitmap1"])],
      destination: [node("other0", "other0", ["bm0", "bm0"], [name, "bitmap1"])],
    });
  });

  it("cannot always be said in the shipped words", () => {
    const split = [BM0, { ...BM0, name: "bm2", to: { "node-name": "other1", name: "bm2" } }];
    const { findings } = checkMapping(JSON.stringify(split), RELEASE, "block-bitmap-mapping");
    expect(findings).toContainEqual(expect.objectContaining({ rule: "NODES_ONE_TO_ONE" }));
  });

  it("has not been QEMU's", () => {
    const { findings } = checkMapping(JSON.stringify([BM0]), RELEASE);
    expect(findings).toMatchObject([{ rule: "FULL_MAP_OURS", level: "note" }]);
  });
});

describe("block-bitmap-mapping", () => {
  it("is read as a list, a parameter, a QMP command, or for both sides", () => {
    const list = [node("node0", "al0", ["bm0", "bm0"])];
    const forms = [
      list,
      { "block-bitmap-mapping": list },
      { execute: "migrate-set-parameters", arguments: { "block-bitmap-mapping": list } },
      { source: list, destination: { "block-bitmap-mapping": list } },
      [],
    ];
    for (const form of forms)
      expect(checkMapping(JSON.stringify(form), RELEASE)).toMatchObject({
        kind: "block-bitmap-mapping",
        findings: [],
      });
  });

  it("is refused as each release refuses it", () => {
    const twice = [node("node0", "al0"), node("node1", "al0")];
    const { findings } = checkMapping(JSON.stringify(twice), RELEASE);
    expect(findings[0]?.message).toBe(
      "QEMU 10.0.13 refuses it: Invalid mapping given for block-bitmap-mapping: The node alias 'al0' is used twice",
    );
    expect(errors(twice, { release: "5.1" })).toEqual(["MAPPING_KNOWN"]);
    const transformed = [
      { ...node("node0", "al0"), bitmaps: [{ name: "b", alias: "b", transform: { persistent: true } }] },
    ];
    expect(errors(transformed)).toEqual([]);
    expect(errors(transformed, { release: "5.2.0" })).toEqual([
      "TRANSFORM_KNOWN block-bitmap-mapping[0].bitmaps[0].transform",
    ]);
  });

  it("counts the bytes of an alias", () => {
    expect(errors([node("node0", "a".repeat(255), ["b", "ü".repeat(127)])])).toEqual([]);
    expect(errors([node("node0", "al0", ["b", "ü".repeat(128)])])).toEqual([
      "MAPPING_TAKEN block-bitmap-mapping",
      "ALIAS_FITS block-bitmap-mapping[0].bitmaps[0].alias",
    ]);
  });

  it("leaves no bitmap out, and finds its place", () => {
    const list = [node("node0", "al0", ["bm0", "bm0"])];
    expect(errors(list, { bitmaps: [{ node: "node0", name: "bm1" }] })).toEqual([
      "BITMAP_COVERED block-bitmap-mapping",
    ]);
    expect(errors(list, { nodes: ["node0"] })).toEqual(["ALIASES_MEET block-bitmap-mapping[0].alias"]);
    expect(errors({ source: list, destination: [node("other0", "al0", ["x", "bm0"])] })).toEqual([]);
    expect(errors({ source: list, destination: [node("other0", "al1", ["x", "bm0"])] })).toEqual([
      "ALIASES_MEET source[0].alias",
    ]);
  });

  it("becomes a full map, and comes back", () => {
    const sides = {
      source: [node("node0", "al0", ["bm0", "b"])],
      destination: [node("other0", "al0", ["x", "b"])],
    };
    const full = checkMapping(JSON.stringify(sides), RELEASE, "full-map").translation;
    expect(full).toMatchObject({
      "full-map": [{ "node-name": "node0", name: "bm0", to: { "node-name": "other0", name: "x" } }],
    });
    const back = checkMapping(JSON.stringify(full), RELEASE, "block-bitmap-mapping").translation;
    expect(back).toMatchObject({
      source: [node("node0", "other0", ["bm0", "x"])],
      destination: [node("other0", "other0", ["x", "x"])],
    });
  });
});

describe("any file", () => {
  it("is a mapping, or refused as none", () => {
    expect(() => checkMapping("3", RELEASE)).toThrow(MappingError);
    expect(() => checkMapping("{ a: 1 }", RELEASE)).toThrow(MappingError);
    expect(() => checkMapping("a: [", RELEASE)).toThrow(MappingError);
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("full-map", "block-bitmap-mapping"), (value, to) => {
        try {
          checkMapping(JSON.stringify(value), RELEASE, to as "full-map");
        } catch (error) {
          expect(error).toBeInstanceOf(MappingError);
        }
      }),
    );
  });

  it("translates maps with one node to a node into mappings that QEMU takes", () => {
    const name = fc
      .string({ minLength: 1, maxLength: 300, unit: "grapheme" })
      .filter((each) => byteLength(each) < 1024);
    const maps = fc.uniqueArray(fc.tuple(name, name), { selector: ([own]) => own, maxLength: 5 });
    fc.assert(
      fc.property(maps, (pairs) => {
        const entries = pairs.map(([own, goal], i) => ({
          "node-name": "#block1",
          name: own,
          to: { "node-name": "n0", name: `${i}${goal}` },
        }));
        const { translation } = checkMapping(
          JSON.stringify({ "full-map": entries }),
          RELEASE,
          "block-bitmap-mapping",
        );
        if (translation?.kind !== "block-bitmap-mapping") throw new TypeError("not translated");
        expect(translation.source.every((entry) => nodeAliasSchema.safeParse(entry).success)).toBe(true);
        expect(errors({ source: translation.source, destination: translation.destination })).toEqual([]);
      }),
    );
  });
});
