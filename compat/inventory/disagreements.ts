import type { ScenarioPeer } from "../check/scenario.ts";
import type { VerdictFinding } from "../check/verdict.ts";
import { hasMachine } from "../peers/qemu-load/machine.ts";
import { inventoryFinding } from "./finding.ts";
import { listed } from "./names.ts";
import { printableName } from "./printable-name.ts";

/** Where what is told of a peer in one place contradicts what is told in another. */
export function disagreements(
  { qemu, machine, states }: ScenarioPeer,
  hosts: readonly string[],
): VerdictFinding[] {
  const odd = hosts.filter((each) => hasMachine(each, qemu) === false && !states?.machines?.includes(each));
  const missing =
    machine !== undefined && states?.machines !== undefined && !states.machines.includes(machine);
  return [
    ...(odd.length > 0
      ? [
          inventoryFinding("INVENTORY_MACHINE_EXTRA", "warning", {
            names: listed(odd.map(printableName)),
            qemu,
          }),
        ]
      : []),
    ...(missing
      ? [inventoryFinding("INVENTORY_MACHINE_UNKNOWN", "error", { machine: printableName(machine) })]
      : []),
  ];
}
