import { z } from "zod";
import { listed } from "./names.ts";
import { PeerError } from "./peer-error.ts";
import { printableName } from "./printable-name.ts";

/** More than any QEMU has. */
const MOST = 2000;
/** Capabilities or parameters; QEMU has some 30 and 60. */
const MOST_SETTINGS = 256;
const name = z.string().min(1).max(200);
const number = z.int().min(0).max(9999);
const value = z.union([
  z.string().max(4096),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.unknown()).max(MOST),
]);

const version = z.object({
  qemu: z.object({ major: number, minor: number, micro: number }),
  package: z.string().max(300).default(""),
});
const schemas = {
  "query-version": version,
  "query-migrate-capabilities": z
    .array(z.object({ capability: name, state: z.boolean() }))
    .max(MOST_SETTINGS),
  "query-migrate-parameters": z
    .record(name, value)
    .refine((told) => Object.keys(told).length <= MOST_SETTINGS, {
      error: `more than ${MOST_SETTINGS} names`,
    }),
  "query-machines": z.array(z.object({ name, alias: name.optional() })).max(MOST),
} as const;

/** The commands whose answers make an inventory; none of them changes anything. */
export const INVENTORY_COMMANDS = [
  "query-version",
  "query-migrate-capabilities",
  "query-migrate-parameters",
  "query-machines",
] as const;
export type InventoryCommand = (typeof INVENTORY_COMMANDS)[number];

export interface Replies {
  readonly version: z.infer<typeof version>;
  /** Undefined: was not asked. */
  readonly capabilities?: z.infer<(typeof schemas)["query-migrate-capabilities"]>;
  readonly parameters?: z.infer<(typeof schemas)["query-migrate-parameters"]>;
  readonly machines?: z.infer<(typeof schemas)["query-machines"]>;
}

/** Whether a JSON value has answers of QMP by their commands. */
export function hasReplies(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    isObject(value) && (INVENTORY_COMMANDS.some((command) => Object.hasOwn(value, command)) || greeted(value))
  );
}

/** The answers in an inventory, as they came or with `return` around them. Throws a PeerError for what cannot be one. */
export function repliesOf(name: string, inventory: Readonly<Record<string, unknown>>): Replies {
  const told = <C extends InventoryCommand>(command: C): z.infer<(typeof schemas)[C]> | undefined => {
    if (!Object.hasOwn(inventory, command)) return undefined;
    const answer = unwrapped(inventory[command]);
    const result = schemas[command].safeParse(answer);
    if (result.success) return result.data as z.infer<(typeof schemas)[C]>;
    const [issue] = result.error.issues;
    const at = [command, ...(issue?.path ?? [])].map(String).join(".");
    throw new PeerError(
      `${printableName(name)}: ${printableName(at)}: ${issue?.message ?? "no answer of QMP"}`,
    );
  };
  const asked = told("query-version") ?? greeting(inventory);
  if (!asked) {
    const commands = listed(INVENTORY_COMMANDS.filter((command) => Object.hasOwn(inventory, command)));
    throw new PeerError(
      `${printableName(name)} answers ${commands}, but not query-version: its release is not told`,
    );
  }
  const [capabilities, parameters, machines] = [
    told("query-migrate-capabilities"),
    told("query-migrate-parameters"),
    told("query-machines"),
  ];
  return {
    version: asked,
    ...(capabilities && { capabilities }),
    ...(parameters && { parameters }),
    ...(machines && { machines }),
  };
}

function greeting(inventory: Readonly<Record<string, unknown>>): z.infer<typeof version> | undefined {
  const hello = inventory.greeting ?? inventory;
  const told = isObject(hello) && isObject(hello.QMP) ? version.safeParse(hello.QMP.version) : undefined;
  return told?.success ? told.data : undefined;
}

function greeted(value: Readonly<Record<string, unknown>>): boolean {
  return greeting(value) !== undefined;
}

function unwrapped(answer: unknown): unknown {
  return isObject(answer) && Object.hasOwn(answer, "return") ? answer.return : answer;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
