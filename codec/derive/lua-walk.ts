import type { ChoiceField, Condition, Field, StructDef } from "../layout/fields.ts";
import { fixedSizeOfField } from "../layout/struct.ts";
import { bitKey, luaBits } from "./lua-fields.ts";
import { luaText } from "./lua-text.ts";
import { hex, lengthText, snakeCase } from "./names.ts";

/** A Lua function that walks one struct and returns where it ended. `v` holds the numbers later fields refer to. */
export function luaWalker(def: StructDef): string[] {
  const lines = Object.entries(def.fields).flatMap(([name, field]) => {
    const body = fieldLines(def, name, field);
    return field.when
      ? [`if ${luaCondition(field.when)} then`, ...body.map((line) => `  ${line}`), "end"]
      : body;
  });
  return [
    "",
    `function walk.${def.name}(buf, at, tree)`,
    `  local little, v = is_little(${def.endian === "le"}), {}`,
    "  local item, range",
    ...lines.map((line) => `  ${line}`),
    "  return at",
    "end",
  ];
}

function fieldLines(def: StructDef, name: string, field: Field): string[] {
  const key = luaText(`${def.name}.${name}`);
  switch (field.kind) {
    case "struct":
      return [`at = inner(${luaText(field.of.name)}, buf, at, tree, ${luaText(name)})`];
    case "array":
      return [
        `for i = 0, ${lengthText(field.count, luaValue)} - 1 do`,
        `  at = inner(${luaText(field.of.name)}, buf, at, tree, ${luaText(name)} .. "[" .. i .. "]")`,
        "end",
      ];
    case "choice":
      return choiceLines(name, field, key);
    case "bytes":
    case "text":
    case "reserved":
      return [`at = octets(buf, at, ${lengthText(field.length, luaValue)}, tree, ${key})`];
    case "uuid":
      return [`at = octets(buf, at, 16, tree, ${key})`];
    default:
      return numberLines(def, name, field, key);
  }
}

function numberLines(def: StructDef, name: string, field: Field, key: string): string[] {
  const size = fixedSizeOfField(field) ?? 0;
  const value = `v.${name}`;
  const lines = [`${value}, item, range = number(buf, at, ${size}, tree, ${key}, little)`];
  if (field.kind === "size64") lines.push(`${value} = ${value}:tonumber()`);
  if ("equals" in field && field.equals !== undefined)
    lines.push(`must_be(${value}, ${luaNumber(field.equals)}, ${key})`);
  for (const [bit] of luaBits(field))
    lines.push(`bit_of(item, range, ${luaText(bitKey(`${def.name}.${name}`, bit))}, little)`);
  return [...lines, `at = at + ${size}`];
}

function choiceLines(name: string, field: ChoiceField, key: string): string[] {
  const cases = Object.entries(field.cases).flatMap(([tag, inner], i) => [
    `${i === 0 ? "if" : "elseif"} ${luaValue(field.tag)} == ${tag} then`,
    `  at = inner(${luaText(inner.name)}, buf, at, tree, ${luaText(`${name}: ${inner.name}`)})`,
  ]);
  const otherwise =
    field.otherwise === undefined
      ? `  error({ text = ${luaText(`${name}: no case for ${field.tag} `)} .. ${luaValue(field.tag)} }, 0)`
      : `  at = octets(buf, at, ${lengthText(field.otherwise, luaValue)}, tree, ${key})`;
  return [...cases, "else", otherwise, "end"];
}

function luaCondition(when: Condition): string {
  if ("context" in when) return `proto.prefs.${snakeCase(when.context)}`;
  if ("is" in when) return `${luaValue(when.field)} == ${when.is}`;
  return "atLeast" in when
    ? `${luaValue(when.field)} >= ${when.atLeast}`
    : `has_bit(${luaValue(when.field)}, ${hex(when.bit)})`;
}

/** A field whose condition does not hold counts as 0. */
function luaValue(name: string): string {
  return `(v.${name} or 0)`;
}

function luaNumber(value: number | bigint): string {
  return typeof value === "number"
    ? hex(value)
    : `UInt64.new(${hex(value & 0xffffffffn)}, ${hex(value >> 32n)})`;
}
