import { dirname, resolve } from "node:path";
import type { ScenarioPeer } from "../../compat/check/scenario.ts";
import type { Inventories } from "../../compat/fleet/classes.ts";
import { type Fleet, FleetError, parseFleet } from "../../compat/fleet/inventory.ts";
import { MOST_TEXT, PeerError, peerFromText } from "../../compat/inventory/index.ts";
import { parseYaml, YamlError } from "../../compat/yaml.ts";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";
import { readText } from "../text-file.ts";

/** More is not read: a million hosts are half of it. */
const MOST_BYTES = 256 << 20;

/** A fleet as its file tells it, and what the hosts' inventories tell. */
export interface ReadFleet {
  readonly fleet: Fleet;
  readonly inventories: Inventories;
}

/** Reads a fleet's file, and the files that it names. Throws a UsageError for what is none. */
export async function readFleet(file: string): Promise<ReadFleet> {
  try {
    const fleet = parseFleet(parseYaml(await readText(file, MOST_BYTES, "a fleet")));
    return { fleet, inventories: await inventoriesOf(fleet, file) };
  } catch (error) {
    const isTheirs = error instanceof FleetError || error instanceof YamlError || error instanceof PeerError;
    if (isTheirs) throw new UsageError(`${printable(file)}: ${printable(error.message)}`);
    throw error;
  }
}

/** Every file that a host names, read once; their paths count from the fleet's file. */
async function inventoriesOf({ hosts }: Fleet, file: string): Promise<Inventories> {
  const folder = file === "-" ? "." : dirname(file);
  const names = new Set(hosts.flatMap(({ inventory }) => (inventory === undefined ? [] : [inventory])));
  const inventories = new Map<string, ScenarioPeer>();
  for (const name of names)
    inventories.set(
      name,
      peerFromText(await readText(resolve(folder, name), MOST_TEXT, "an inventory"), name).peer,
    );
  return inventories;
}
