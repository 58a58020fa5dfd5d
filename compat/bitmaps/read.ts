import { z } from "zod";
import { parseYaml, YamlError } from "../yaml.ts";
import type { MappingDocument, MappingFinding } from "./mapping.ts";
import { fullMapEntrySchema, nodeAliasSchema } from "./schema.ts";

/** A mapping file is none: not YAML or JSON, or of no form that is known. */
export class MappingError extends Error {
  override readonly name = "MappingError";
}

/** What a file holds, or what is wrong with its form. */
export interface ReadMapping {
  readonly document: MappingDocument | undefined;
  readonly findings: readonly MappingFinding[];
}

const MOST_TEXT = 4 << 20;
const PARAMETER = "block-bitmap-mapping";

/** Reads a mapping, YAML or JSON. Throws a MappingError where the file is no mapping at all. */
export function readMapping(text: string): ReadMapping {
  if (text.length > MOST_TEXT) throw new MappingError("longer than a mapping can be");
  const root = unwrapped(parsed(text));
  if (Array.isArray(root))
    return root.some(isFullEntry) ? fullMap(root, "") : shipped(root, undefined, "", "");
  if (!isRecord(root)) throw new MappingError("neither a list of entries nor an object that has one");
  if ("full-map" in root) return fullMap(root["full-map"], "full-map");
  if (PARAMETER in root) return shipped(root[PARAMETER], undefined, PARAMETER, "");
  if ("source" in root || "destination" in root)
    return shipped(root.source ?? [], root.destination, "source", "destination");
  throw new MappingError(`none of full-map, ${PARAMETER}, source and destination is there`);
}

function parsed(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof YamlError) throw new MappingError(error.message);
    throw error;
  }
}

/** What `migrate-set-parameters` or query-migrate-parameters has around it. */
function unwrapped(root: unknown): unknown {
  if (!isRecord(root)) return root;
  return root.arguments ?? root.return ?? root;
}

/** Entries of the shipped parameter have a list of bitmaps; these have not. */
function isFullEntry(entry: unknown): boolean {
  return isRecord(entry) && !("bitmaps" in entry) && ("to" in entry || "drop" in entry || "name" in entry);
}

/** Findings about a form; more say no more. */
const MOST_FINDINGS = 50;

function fullMap(value: unknown, path: string): ReadMapping {
  const { entries, findings } = entriesOf(value, fullMapEntrySchema, path);
  return { document: findings.length === 0 ? { kind: "full-map", entries } : undefined, findings };
}

/** Every entry of a list, as far as they have the form that is asked for. */
function entriesOf<T>(
  list: unknown,
  schema: z.ZodType<T>,
  path: string,
): { readonly entries: readonly T[]; readonly findings: readonly MappingFinding[] } {
  if (!Array.isArray(list)) {
    const { error } = z.array(z.unknown()).safeParse(list);
    return { entries: [], findings: error ? findingsOf(error, path, []) : [] };
  }
  const entries: T[] = [];
  const findings: MappingFinding[] = [];
  for (const [i, entry] of list.entries()) {
    const { data, error } = schema.safeParse(entry);
    if (error) findings.push(...findingsOf(error, path, [i]));
    else entries.push(data);
    if (findings.length >= MOST_FINDINGS) break;
  }
  return { entries, findings: findings.slice(0, MOST_FINDINGS) };
}

function shipped(source: unknown, destination: unknown, path: string, otherPath: string): ReadMapping {
  const first = entriesOf(sided(source), nodeAliasSchema, path);
  const second =
    destination === undefined ? undefined : entriesOf(sided(destination), nodeAliasSchema, otherPath);
  const findings = [...first.findings, ...(second?.findings ?? [])];
  if (findings.length > 0) return { document: undefined, findings };
  return { document: { kind: PARAMETER, source: first.entries, destination: second?.entries }, findings };
}

/** One side may be the bare list, or an object with the parameter. */
function sided(value: unknown): unknown {
  return isRecord(value) && PARAMETER in value ? value[PARAMETER] : value;
}

function findingsOf(error: z.ZodError, path: string, at: readonly number[]): readonly MappingFinding[] {
  return error.issues.slice(0, MOST_FINDINGS).map((issue) => ({
    rule: issue.code === "unrecognized_keys" ? "MAPPING_KEYS_KNOWN" : "MAPPING_FORM",
    level: "error",
    path: pathOf(path, [...at, ...issue.path]),
    message: issue.message,
    remedy:
      issue.code === "unrecognized_keys"
        ? "Take the key out, or correct its spelling: QEMU refuses keys that it does not know."
        : "Give the value the form that is asked for.",
  }));
}

/** `full-map[2].to.name`. */
function pathOf(root: string, keys: readonly PropertyKey[]): string {
  return keys.reduce<string>(
    (path, key) =>
      typeof key === "number" ? `${path}[${key}]` : path === "" ? String(key) : `${path}.${String(key)}`,
    root,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
