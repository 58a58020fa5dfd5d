import { ALIAS_PREFIXES } from "../../../peers/qemu-load/machine.ts";
import type { End } from "../../end.ts";

/** What a release starts that is told no machine type. */
const DEFAULT = "pc-i440fx-";

/** The machine type of an end, or for an alias and none at all what its name begins with. */
export function machineOf({ peer: { machine } }: End): string {
  if (typeof machine !== "string") return DEFAULT;
  return ALIAS_PREFIXES.get(machine) ?? machine;
}

/** The entry for a machine type: the first whose beginning it has. */
export function forMachine<T extends { readonly machine: string }>(
  end: End,
  entries: readonly T[] | undefined,
): T | undefined {
  const machine = machineOf(end);
  return entries?.find((entry) => machine.startsWith(entry.machine));
}
