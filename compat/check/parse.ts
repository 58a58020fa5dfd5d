import * as z from "zod";
import { findRelease } from "../releases.ts";
import { isPlainScenario } from "./plain-scenario.ts";
import { MODES, type Scenario, TRANSPORTS } from "./scenario.ts";
import { isShallow } from "./shallow.ts";

/** A scenario is wrong: where, and how. */
export class ScenarioError extends Error {
  override readonly name = "ScenarioError";
}

/** No name, of a capability or of a node, has reason to be longer. */
export const nameSchema = () => z.string().max(4096);
const MOST = 4096;
/** QEMU has some 30 capabilities and 60 parameters, and a guest hardly more devices. */
const MOST_SETTINGS = 1024;
/** Values of parameters are lists of objects with lists at most. */
const DEEPEST = 32;

const isModest = (record: object) => Object.keys(record).length <= MOST_SETTINGS;
const TOO_MANY = { error: `more than ${MOST_SETTINGS} names` };

/** Capabilities as they are set. */
export const capabilitiesSchema = z.record(nameSchema(), z.boolean()).refine(isModest, TOO_MANY);

/** Parameters as they are set, of whatever kind. */
export const parametersSchema = z
  .record(nameSchema(), z.unknown())
  .refine(isModest, TOO_MANY)
  .refine((record) => isShallow(record, DEEPEST), { error: `nested deeper than ${DEEPEST}` });

/** A device of a scenario. */
export const deviceSchema = z.object({
  driver: nameSchema(),
  addr: z.union([z.number().int().nonnegative(), nameSchema()]).exactOptional(),
  id: nameSchema().exactOptional(),
  properties: z
    .record(nameSchema(), z.union([nameSchema(), z.number(), z.boolean()]))
    .refine(isModest, TOO_MANY)
    .exactOptional(),
});

const peer = z.object({
  qemu: z.string().refine((version) => findRelease("qemu", versionOf(version)) !== undefined, {
    error: ({ input }) => `${String(input).slice(0, 40)} is no release of QEMU: 7.2.22, say`,
  }),
  build: nameSchema().exactOptional(),
  machine: nameSchema().exactOptional(),
  capabilities: capabilitiesSchema.exactOptional(),
  parameters: parametersSchema.exactOptional(),
  cpus: z.number().int().positive().max(65_536).exactOptional(),
  memoryMiB: z
    .number()
    .int()
    .positive()
    .max(2 ** 33)
    .exactOptional(),
  uuid: nameSchema().exactOptional(),
  pageSizes: z
    .record(
      nameSchema(),
      z
        .number()
        .int()
        .positive()
        .max(2 ** 40),
    )
    .exactOptional(),
  devices: z.array(deviceSchema).max(MOST_SETTINGS).exactOptional(),
  bitmaps: z
    .array(z.object({ node: nameSchema(), name: nameSchema() }))
    .max(MOST)
    .exactOptional(),
  nodes: z.array(nameSchema()).max(MOST).exactOptional(),
  states: z
    .object({
      capabilities: z.array(nameSchema()).max(MOST).exactOptional(),
      parameters: z.array(nameSchema()).max(MOST).exactOptional(),
      machines: z.array(nameSchema()).max(MOST).exactOptional(),
    })
    .exactOptional(),
});

const schema = z.object({
  id: z.string().exactOptional(),
  source: peer,
  destination: peer,
  transport: z.enum(TRANSPORTS).exactOptional(),
  mode: z.enum(MODES).exactOptional(),
  workload: z.string().exactOptional(),
});

/** A scenario of JSON, or of what reads like it. Throws a ScenarioError that names the place and what is wrong with it. */
export function parseScenario(json: unknown): Scenario {
  if (isPlainScenario(json)) return json;
  const { success, data, error } = schema.safeParse(json);
  if (!success) {
    const [issue] = error.issues;
    throw new ScenarioError(`${issue?.path.join(".") || "scenario"}: ${issue?.message ?? "not one"}`);
  }
  const { source, destination } = data;
  return {
    ...data,
    source: { ...source, qemu: versionOf(source.qemu) },
    destination: { ...destination, qemu: versionOf(destination.qemu) },
  };
}

/** `7.2.22` of `qemu-7.2.22` too. */
function versionOf(text: string): string {
  return text.startsWith("qemu-") ? text.slice("qemu-".length) : text;
}
