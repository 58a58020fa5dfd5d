import { load } from "js-yaml";
import kaitai from "kaitai-struct-compiler";
import { describe, expect, it } from "vitest";
import { syntheticTables } from "../../test/tables.ts";
import { tables as realTables } from "../formats/tables.ts";
import { type StructDef, struct, u8 } from "../layout/index.ts";
import { ksyOf, ksySpec, markdownOf, rulerOf, tablesOf } from "./index.ts";
import { snakeCase } from "./names.ts";

const tables = [...syntheticTables, ...realTables].map((def) => [def.name, def] as const);

const fieldNames = (def: StructDef) => Object.keys(def.fields);

describe.each(tables)("%s", (name, def) => {
  it("has a Kaitai specification that compiles", async () => {
    const spec = load(ksyOf(def)) as { readonly seq: readonly { readonly id: string }[] };
    expect(spec).toEqual(JSON.parse(JSON.stringify(ksySpec(def))));
    const files = await kaitai.compile("javascript", spec, null, false);
    expect(Object.keys(files)).toEqual([`${name}.js`]);
    const ids = spec.seq.map((item) => item.id);
    expect(ids).toEqual(fieldNames(def).map(snakeCase));
  });

  it("has a ruler that shows every field, in columns of 32 bits", () => {
    const lines = rulerOf(def).trimEnd().split("\n");
    for (const field of fieldNames(def)) expect(lines.join("\n")).toContain(field);
    for (const line of lines.filter((found) => /^[+|~:]/.test(found))) {
      expect(line.length).toBeLessThanOrEqual(65);
      expect((line.length - 1) % 16).toBe(0);
    }
  });

  it("has a Markdown table that explains every field", () => {
    const text = markdownOf(def);
    for (const [field, { doc }] of Object.entries(def.fields)) {
      expect(text).toContain(`| \`${field}\` |`);
      expect(text).toContain(doc.replaceAll("|", "\\|"));
    }
    const rows = text
      .replace(/```[^`]*```/, "")
      .split("\n")
      .filter((line) => line.startsWith("|"));
    expect(new Set(rows.map((row) => row.split(/(?<!\\)\|/).length)).size).toBeLessThanOrEqual(2);
  });
});

it("counts the tables it has looked at", () => {
  expect(tables.length).toBeGreaterThanOrEqual(20);
});

it("refuses two tables of one name", () => {
  const common = { endian: "be", doc: "", source: "" } as const;
  const inner = struct({ ...common, name: "Outer", fields: { a: u8("") } });
  const outer = struct({ ...common, name: "Outer", fields: { a: { kind: "struct", doc: "", of: inner } } });
  expect(() => tablesOf(outer)).toThrow(TypeError);
});
