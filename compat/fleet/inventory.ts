import * as z from "zod";
import { capabilitiesSchema, deviceSchema, nameSchema, parametersSchema } from "../check/parse.ts";
import { findRelease } from "../releases.ts";

/** A fleet's file is wrong: where, and how. */
export class FleetError extends Error {
  override readonly name = "FleetError";
}

/** A version; a number where somebody left the quotes off. */
const version = z
  .union([z.string(), z.number()])
  .transform((given) => String(given).replace(/^qemu-/, ""))
  .refine((given) => findRelease("qemu", given) !== undefined, { error: "no release of QEMU: 7.2.22, say" });

const host = z.strictObject({
  name: nameSchema(),
  qemu: version.exactOptional(),
  /** A file with what the host's QEMU tells of itself, instead of a version or beside it. */
  inventory: nameSchema().exactOptional(),
  /** The version it is to get. */
  upgrade: version.exactOptional(),
});

const vm = z.strictObject({
  name: nameSchema(),
  host: nameSchema(),
  /** The version its process was started with, where that is not the host's any more. */
  qemu: version.exactOptional(),
  machine: nameSchema().exactOptional(),
  with: z.array(nameSchema()).max(64).exactOptional(),
  capabilities: capabilitiesSchema.exactOptional(),
  parameters: parametersSchema.exactOptional(),
  devices: z.array(deviceSchema).max(1024).exactOptional(),
  memoryMiB: z
    .number()
    .int()
    .positive()
    .max(2 ** 33)
    .exactOptional(),
  cpus: z.number().int().positive().max(65_536).exactOptional(),
});

const schema = z.strictObject({
  upgrade: version.exactOptional(),
  with: z.array(nameSchema()).max(64).exactOptional(),
  hosts: z.array(host).min(1),
  vms: z.array(vm).default([]),
});

/** Hosts, the VMs that run on them, and what the hosts are to become. */
export type Fleet = z.infer<typeof schema>;
export type FleetHost = Fleet["hosts"][number];
export type FleetVm = Fleet["vms"][number];

/** Checks what a file says. Throws a FleetError that names the place and what is wrong with it. */
export function parseFleet(document: unknown): Fleet {
  const { success, data, error } = schema.safeParse(document);
  if (!success) {
    const [issue] = error.issues;
    throw new FleetError(`${issue?.path.join(".") || "fleet"}: ${issue?.message ?? "not one"}`);
  }
  const hosts = unique(data.hosts, "hosts");
  unique(data.vms, "vms");
  const [astray] = data.vms.filter(({ host: at }) => !hosts.has(at));
  if (astray) throw new FleetError(`VM ${astray.name}: there is no host ${astray.host}`);
  const [nameless] = data.hosts.filter(
    ({ qemu, inventory }) => qemu === undefined && inventory === undefined,
  );
  if (nameless) throw new FleetError(`host ${nameless.name}: neither qemu nor inventory tells its version`);
  return data;
}

function unique(items: readonly { readonly name: string }[], what: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name } of items) {
    if (names.has(name)) throw new FleetError(`${what}: ${name} is there twice`);
    names.add(name);
  }
  return names;
}
