import type { Field, Length, StructDef } from "../layout/fields.ts";
import {
  contextId,
  elseOctets,
  expressionOf,
  isEnumeration,
  lengthExpression,
  numberExpression,
} from "./ksy-expression.ts";
import { contextsOf, hex, identifier, namesOf, snakeCase, tablesOf } from "./names.ts";
import { type Yaml, yamlText } from "./yaml.ts";

type Block = Record<string, Yaml>;

const NUMBERS: Readonly<Record<string, string>> = {
  u8: "u1",
  u16: "u2",
  u32: "u4",
  u64: "u8",
  size64: "u8",
  flags8: "u1",
  flags16: "u2",
  flags32: "u4",
};

/** Kaitai Struct specification of a table, with the tables nested in it as types. Context becomes parameters. */
export function ksyOf(def: StructDef): string {
  return yamlText(ksySpec(def));
}

/** The same before it becomes text, for compilers that take the parsed form. */
export function ksySpec(def: StructDef): Block {
  const meta = { id: snakeCase(def.name), title: def.name, endian: def.endian };
  const inner = tablesOf(def).filter((table) => table !== def);
  const types: Block = {};
  for (const table of inner)
    types[snakeCase(table.name)] = { meta: { endian: table.endian }, ...typeBody(table) };
  const octets = tablesOf(def).some((table) => Object.values(table.fields).some(elseOctets));
  if (octets) types.octets = OCTETS;
  return { meta, ...typeBody(def), ...(Object.keys(types).length > 0 ? { types } : {}) };
}

const OCTETS: Block = {
  doc: "Bytes that no case covers.",
  params: [{ id: "len", type: "u8" }],
  seq: [{ id: "data", size: "len" }],
};

function typeBody(def: StructDef): Block {
  const params = Object.entries(contextsOf(def)).map(([name, doc]) => ({
    id: contextId(name),
    type: "bool",
    doc,
  }));
  const seq = Object.entries(def.fields).map(([name, field]) => sequenceItem(def, name, field));
  const instances = Object.assign(
    {},
    ...Object.entries(def.fields).map(([name, field]) => bitInstances(def, name, field)),
  );
  const enums = Object.assign({}, ...Object.entries(def.fields).map(([name, field]) => enumOf(name, field)));
  return {
    doc: def.doc,
    "doc-ref": def.source,
    ...(params.length > 0 ? { params } : {}),
    seq,
    ...(Object.keys(instances).length > 0 ? { instances } : {}),
    ...(Object.keys(enums).length > 0 ? { enums } : {}),
  };
}

function sequenceItem(def: StructDef, name: string, field: Field): Block {
  const when = field.when ? { if: expressionOf(def, field.when) } : {};
  return { id: snakeCase(name), ...shapeOf(def, name, field), ...when, doc: field.doc };
}

function shapeOf(def: StructDef, name: string, field: Field): Block {
  const size = (length: Length) => ({ size: lengthExpression(def, length) });
  switch (field.kind) {
    case "uuid":
      return { size: 16 };
    case "reserved":
    case "bytes":
      return size(field.length);
    case "text":
      return { type: "str", ...size(field.length), encoding: "UTF-8" };
    case "struct":
      return { type: typeName(field.of) };
    case "array":
      return { type: typeName(field.of), repeat: "expr", "repeat-expr": lengthExpression(def, field.count) };
    case "choice": {
      const cases: Block = {};
      for (const [tag, inner] of Object.entries(field.cases)) cases[tag] = typeName(inner);
      if (field.otherwise !== undefined) cases._ = `octets(${lengthExpression(def, field.otherwise)})`;
      return { type: { "switch-on": numberExpression(def, field.tag), cases } };
    }
    default: {
      const valid = "equals" in field && field.equals !== undefined ? { valid: hex(field.equals) } : {};
      const named = isEnumeration(field) ? { enum: snakeCase(name) } : {};
      return { type: NUMBERS[field.kind] ?? "u1", ...valid, ...named };
    }
  }
}

/** A type with the parameters it needs, handed down by their own names. */
function typeName(def: StructDef): string {
  const params = Object.keys(contextsOf(def)).map(contextId);
  return params.length > 0 ? `${snakeCase(def.name)}(${params.join(", ")})` : snakeCase(def.name);
}

function enumOf(name: string, field: Field): Block {
  if (!isEnumeration(field)) return {};
  const taken = new Set<string>();
  const values: Block = {};
  for (const [value, named] of Object.entries(namesOf(field) ?? {})) {
    const plain = identifier(named.name);
    const id = taken.has(plain) ? `${plain}_${value}` : plain;
    taken.add(id);
    values[value] = { id, doc: named.doc };
  }
  return { [snakeCase(name)]: values };
}

function bitInstances(def: StructDef, name: string, field: Field): Block {
  if (field.kind !== "u64" && !("bits" in field)) return {};
  const instances: Block = {};
  for (const [bit, named] of Object.entries(namesOf(field) ?? {})) {
    const value = `(${snakeCase(name)} & ${hex(bit)}) != 0`;
    const when = field.when ? { if: expressionOf(def, field.when) } : {};
    instances[`${snakeCase(name)}_${identifier(named.name)}`] = { value, ...when, doc: named.doc };
  }
  return instances;
}
