import { tables } from "../../codec/index.ts";
import { type Field, type Fields, type StructDef, struct } from "../../codec/layout/index.ts";
import type { AddedField, Change, Proposal } from "./schema.ts";
import { fieldValue } from "./values.ts";

export interface TableProblem {
  readonly path: string;
  readonly problem: string;
}

/** Which tables each kind of change may be about. */
const ALLOWED: Readonly<Partial<Record<Change["kind"], readonly string[]>>> = {
  packet: ["MultifdInit", "MultifdPacketHeader"],
  header: ["FileHeader", "ConfigurationHeader", "SectionHeader", "SectionFooter", "VmDescriptionHeader"],
  "save-header": ["SaveHeader", "SaveHeaderV2", "SaveHeaderV1"],
};

/** A table as it is today. Undefined when there is none of the name. */
export function findTable(name: string): StructDef | undefined {
  return tables.find((table) => table.name === name);
}

/** A copy of a table with the fields that a proposal adds. Throws TypeError when they do not fit in. */
export function edited(table: StructDef, added: readonly AddedField[]): StructDef {
  let fields: Fields = { ...table.fields };
  for (const field of added) fields = withField(fields, field, table.name);
  return struct({ ...table, fields });
}

/** The table of a payload that is all new. */
export function newTable(name: string, added: readonly AddedField[]): StructDef {
  const base: StructDef = { name, endian: "be", doc: "Proposed.", source: "the proposal", fields: {} };
  return edited(base, added);
}

/** Finds what a schema cannot: names of tables and fields, room in reserved ones, values that do not fit. */
export function checkTables({ changes }: Proposal): TableProblem | undefined {
  for (const [i, change] of changes.entries()) {
    const problem = checkChange(change, `changes[${i}]`);
    if (problem) return problem;
  }
  return undefined;
}

function checkChange(change: Change, path: string): TableProblem | undefined {
  if (change.kind === "transport") return undefined;
  if (change.kind === "handshake") {
    for (const [i, connection] of change.connections.entries())
      for (const [j, part] of connection.entries()) {
        const at = `${path}.connections[${i}][${j}]`;
        const problem = typeof part === "object" ? checkEdit(part.new, part, at, "new") : undefined;
        if (problem) return problem;
      }
    return undefined;
  }
  const { table } = change;
  const allowed = ALLOWED[change.kind];
  if (table !== undefined && allowed && !allowed.includes(table))
    return { path: `${path}.table`, problem: `${table} is none of ${allowed.join(", ")}` };
  const problem = checkEdit(table, change, path, "table");
  if (problem || change.kind !== "save-header" || !change.unfinished) return problem;
  return checkEdit(table, { set: change.unfinished, add: change.add }, path, "table", "unfinished");
}

interface Edit {
  readonly set: Readonly<Record<string, string | number | boolean>>;
  readonly add: readonly AddedField[];
}

function checkEdit(
  name: string | undefined,
  { set, add }: Edit,
  path: string,
  key: string,
  setKey = "set",
): TableProblem | undefined {
  const base = name === undefined ? newTable("Payload", []) : findTable(name);
  if (!base) return { path: `${path}.${key}`, problem: `there is no table ${name}` };
  let table = base;
  for (const [i, field] of add.entries()) {
    const at = `${path}.add[${i}]`;
    try {
      table = edited(table, [field]);
    } catch (error) {
      if (error instanceof TypeError) return { path: at, problem: error.message };
      throw error;
    }
    const found = table.fields[field.name];
    const problem = found && problemWith(found, field.value);
    if (problem) return { path: `${at}.value`, problem };
  }
  for (const [field, value] of Object.entries(set)) {
    const at = `${path}.${setKey}.${field}`;
    const found = Object.hasOwn(table.fields, field) ? table.fields[field] : undefined;
    if (!found) return { path: at, problem: `${table.name} has no field ${field}` };
    const problem = problemWith(found, value);
    if (problem) return { path: at, problem };
  }
  return undefined;
}

function problemWith(field: Field, value: string | number | boolean): string | undefined {
  try {
    fieldValue(field, value);
    return undefined;
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

function withField(fields: Fields, added: AddedField, table: string): Fields {
  if (Object.hasOwn(fields, added.name)) throw new TypeError(`${table} has a field ${added.name} already`);
  const field = fieldOf(added);
  const entries = Object.entries(fields);
  const anchor = added.in ?? added.after;
  const at = anchor === undefined ? entries.length - 1 : entries.findIndex(([name]) => name === anchor);
  if (anchor !== undefined && at < 0) throw new TypeError(`${table} has no field ${anchor}`);
  const found = entries[at]?.[1];
  const places =
    added.in !== undefined && found
      ? within(added.in, found, added, field)
      : [...(found ? [entries[at] as [string, Field]] : []), [added.name, field] as const];
  return Object.fromEntries([...entries.slice(0, Math.max(at, 0)), ...places, ...entries.slice(at + 1)]);
}

/** What is left of the reserved bytes stays reserved, before and behind. */
function within(
  name: string,
  reserved: Field,
  { offset = 0, name: own }: AddedField,
  field: Field,
): [string, Field][] {
  if (reserved.kind !== "reserved") throw new TypeError(`${name} is not reserved`);
  const size = sizeOf(field);
  const behind = reserved.length - offset - size;
  if (behind < 0) throw new TypeError(`${name} has ${reserved.length} bytes, too few for ${own}`);
  const rest = (length: number): Field => ({ kind: "reserved", doc: reserved.doc, length });
  return [
    ...(offset > 0 ? [[name, rest(offset)] as [string, Field]] : []),
    [own, field],
    ...(behind > 0 ? [[offset > 0 ? `${name}Behind${own}` : name, rest(behind)] as [string, Field]] : []),
  ];
}

function fieldOf({ type, length = 0, doc = "Proposed." }: AddedField): Field {
  return type === "bytes" || type === "text" ? { kind: type, doc, length } : { kind: type, doc };
}

const SIZES: Readonly<Record<string, number>> = { u8: 1, u16: 2, u32: 4, u64: 8, uuid: 16 };

function sizeOf(field: Field): number {
  return "length" in field && typeof field.length === "number" ? field.length : (SIZES[field.kind] ?? 0);
}
