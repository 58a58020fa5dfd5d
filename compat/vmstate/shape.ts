import type { FieldDescription, StateDescription } from "../../codec/index.ts";
import type { DumpDescription, DumpField } from "./description.ts";

/** How often an element stands on the wire: so often, or as often as only a run tells. */
export type Count = number | "any";

/** One field, or the elements of one array, where they stand on the wire. */
export interface Entry {
  readonly name: string;
  /** Bytes of one element; undefined where only a run tells. Of a struct what is in it counts. */
  readonly size: number | undefined;
  readonly count: Count;
  /** It may be an array of another length: dumps tell nothing of arrays whose length only a run tells. */
  readonly soft?: true;
  /** It may be absent. */
  readonly optional: boolean;
  readonly struct?: Shape;
}

/** State as it stands on the wire, or as it is read from there. */
export interface Shape {
  readonly name: string | undefined;
  readonly version: number;
  /** The oldest version that is read; undefined where it is not known. */
  readonly minimum: number | undefined;
  readonly entries: readonly Entry[];
  readonly subsections: readonly Shape[];
}

/** State of a version, by a dump. Without a version the newest: structs are sent and read in no other. */
export function shapeOfDump(description: DumpDescription, countsTold: boolean, version?: number): Shape {
  const { name, version: newest, minimum, fields = [], subsections } = description;
  const at = version ?? newest;
  const present = numbered(fields).filter((field) => field.conditional || field.version <= at);
  return {
    name,
    version: newest,
    minimum,
    entries: present.map((field) => entryOfDump(field, countsTold)),
    subsections: subsections.map((each) => shapeOfDump(each, countsTold)),
  };
}

function entryOfDump({ name, count, size, conditional, struct }: DumpField, countsTold: boolean): Entry {
  const times =
    count !== undefined ? { count } : countsTold ? { count: 1, soft: true as const } : { count: ANY };
  const base = { name, ...times, optional: conditional };
  if (struct) return { ...base, size: undefined, struct: shapeOfDump(struct, countsTold) };
  // Padding is told by its length in bytes, never as an array.
  if (PADDING.test(name)) return { name, count: 1, optional: conditional, size };
  return { ...base, size: size === 0 ? undefined : size };
}

const ANY = "any" as const;
const PADDING = /^unused(?:\[\d+\])?$/;

/** Types whose bytes on the wire are as many as those in memory. Others have writers of their own. */
const PLAIN: ReadonlySet<string> = new Set([
  "bool",
  "int8",
  "int16",
  "int32",
  "int32 equal",
  "int32 le",
  "int64",
  "uint8",
  "uint8 equal",
  "uint16",
  "uint16 equal",
  "uint32",
  "uint32 equal",
  "uint64",
  "int64 equal",
  "uint64 equal",
  "float64",
  "cpu_double_u",
  "timer",
  "buffer",
  "unused_buffer",
  "pci config",
  "pci irq state",
]);

/** State as a stream describes what it holds. */
export function shapeOfStream(state: StateDescription): Shape {
  return {
    name: state.name,
    version: state.version ?? 0,
    minimum: undefined,
    entries: gather(state.fields),
    subsections: state.subsections.map(shapeOfStream),
  };
}

/**
 * Elements that are described one by one stand behind each other under one name, as no two fields do; a marker stands for an
 * element that is not there.
 */
function gather(fields: readonly FieldDescription[]): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < fields.length; at++) {
    const first = fields[at];
    if (!first) continue;
    let { struct } = first;
    let count = first.arrayLength ?? 1;
    let even = PLAIN.has(first.type) || struct !== undefined;
    for (let next = fields[at + 1]; next?.name === first.name; next = fields[at + 1]) {
      at++;
      count += next.arrayLength ?? 1;
      even &&= next.type === first.type && next.size === first.size;
      struct ??= next.struct;
    }
    const times = even ? { count } : { count: ANY };
    if (struct)
      entries.push({
        name: first.name,
        ...times,
        optional: false,
        size: undefined,
        struct: shapeOfStream(struct),
      });
    else entries.push({ name: first.name, ...times, optional: false, size: even ? first.size : undefined });
  }
  return entries;
}

/** Fields whose name another field has too are told with a number, as streams do. */
function numbered(fields: readonly DumpField[]): readonly DumpField[] {
  const all = new Map<string, number>();
  for (const { name } of fields) all.set(name, (all.get(name) ?? 0) + 1);
  if (all.size === fields.length) return fields;
  const seen = new Map<string, number>();
  return fields.map((field) => {
    const { name } = field;
    if (all.get(name) === 1) return field;
    const number = seen.get(name) ?? 0;
    seen.set(name, number + 1);
    return { ...field, name: `${name}[${number}]` };
  });
}
