import { z } from "zod";
import { scanJson } from "../scan-json.ts";
import type { Dump, DumpDescription, DumpField } from "./description.ts";
import type { VmstateFinding } from "./finding.ts";

/** Brackets within each other; QEMU's own dumps have about 20. */
const DEEPEST = 128;
const MOST_FINDINGS = 100;
const LONGEST = 1024;

const int = z
  .number()
  .int()
  .min(-(2 ** 31))
  .max(2 ** 32);
const name = z.string().max(LONGEST);
const fieldSchema = z.object({
  field: name,
  version_id: int,
  field_exists: z.boolean().default(false),
  num: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32)
    .optional(),
  size: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  Description: z.unknown().optional(),
});
const descriptionSchema = z.object({
  name,
  version_id: int,
  minimum_version_id: int.default(0),
  Fields: z.array(z.unknown()).optional(),
  Subsections: z.array(z.unknown()).default([]),
});

export interface ParsedDump {
  readonly dump: Dump;
  /** What is wrong with the text; at error level where a device of it is left out. */
  readonly findings: readonly VmstateFinding[];
}

/** Reads what `-dump-vmstate` writes. Null where it is nothing of the kind. */
export function parseDump(
  text: string,
): ParsedDump | { readonly dump: null; findings: readonly VmstateFinding[] } {
  const findings: VmstateFinding[] = [];
  const find = (rule: string, level: VmstateFinding["level"], path: string, problem: string) => {
    if (findings.length < MOST_FINDINGS) findings.push({ rule, level, path, args: { problem } });
  };
  const { depth, duplicates } = scanJson(text, DEEPEST);
  if (depth > DEEPEST) {
    find("DUMP_WELL_FORMED", "error", "", `brackets are more than ${DEEPEST} deep`);
    return { dump: null, findings };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    find("DUMP_WELL_FORMED", "error", "", error instanceof Error ? error.message.slice(0, 200) : "no JSON");
    return { dump: null, findings };
  }
  const members = z.record(z.string(), z.unknown()).safeParse(json);
  if (!members.success) {
    find("DUMP_WELL_FORMED", "error", "", "not an object of devices");
    return { dump: null, findings };
  }
  for (const duplicate of duplicates)
    find("DUMP_NAME_UNIQUE", "warning", duplicate, "stands twice in one object");
  const devices = new Map<string, DumpDescription>();
  let machine: string | null = null;
  let countsTold = false;
  const tellCount = () => {
    countsTold = true;
  };
  const reading: Reading = { find, tellCount };
  for (const [type, value] of Object.entries(members.data)) {
    if (type === "vmschkmachine") {
      const known = z.object({ Name: name }).safeParse(value);
      if (known.success) machine = known.data.Name;
      else find("DUMP_WELL_FORMED", "warning", type, "does not tell a machine type");
      continue;
    }
    const device = z.object({ Description: z.unknown() }).safeParse(value);
    const description = device.success ? descriptionOf(device.data.Description, type, reading) : undefined;
    if (!device.success) find("DUMP_WELL_FORMED", "error", type, "has no description");
    if (description) devices.set(type, description);
  }
  if (devices.size === 0 && findings.length === 0)
    find("DUMP_WELL_FORMED", "error", "", "it tells of no device");
  return devices.size === 0 ? { dump: null, findings } : { dump: { machine, countsTold, devices }, findings };
}

interface Reading {
  find(rule: string, level: VmstateFinding["level"], path: string, problem: string): void;
  tellCount(): void;
}

/** Depth is bounded before: the text was looked over. */
function descriptionOf(value: unknown, path: string, reading: Reading): DumpDescription | undefined {
  const parsed = descriptionSchema.safeParse(value);
  if (!parsed.success) {
    reading.find("DUMP_WELL_FORMED", "error", path, problemOf(parsed.error));
    return undefined;
  }
  const { name: own, version_id: version, minimum_version_id: minimum, Fields, Subsections } = parsed.data;
  const within = `${path}: ${own}`;
  const fields = Fields?.map((field, at) => fieldOf(field, `${within}[${at}]`, reading));
  const subsections = Subsections.map((each) => descriptionOf(each, within, reading));
  if (fields?.includes(undefined) || subsections.includes(undefined)) return undefined;
  return {
    name: own,
    version,
    minimum,
    ...(fields ? { fields: fields.filter((field) => field !== undefined) } : {}),
    subsections: subsections.filter((each) => each !== undefined),
  };
}

function fieldOf(value: unknown, path: string, reading: Reading): DumpField | undefined {
  const parsed = fieldSchema.safeParse(value);
  if (!parsed.success) {
    reading.find("DUMP_WELL_FORMED", "error", path, problemOf(parsed.error));
    return undefined;
  }
  const { field, version_id: version, field_exists: conditional, num, size, Description } = parsed.data;
  if (num !== undefined) reading.tellCount();
  const struct =
    Description === undefined ? undefined : descriptionOf(Description, `${path} ${field}`, reading);
  if (Description !== undefined && !struct) return undefined;
  return {
    name: field,
    version,
    conditional,
    ...(num === undefined ? {} : { count: num }),
    size,
    ...(struct ? { struct } : {}),
  };
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue
    ? `${issue.path.map(String).join(".")}: ${issue.message}`.slice(0, 200)
    : "not as QEMU writes it";
}
