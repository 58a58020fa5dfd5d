import type { ScenarioChange } from "../../change.ts";
import { endOf } from "../../end.ts";
import type { Scenario, ScenarioPeer } from "../../scenario.ts";
import { endHasMachine, newestFirst } from "./machine-types.ts";

const MOST = 1000;
const found = new Map<string, string>();

/** The newest machine type of the family of this one that both ends have; empty where none is known. */
export function commonMachine({ source, destination }: Scenario, machine: string): string {
  if (source.states || destination.states) return search(source, destination, machine);
  const key = `${source.qemu} ${destination.qemu} ${machine}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  if (found.size >= MOST) found.clear();
  const common = search(source, destination, machine);
  found.set(key, common);
  return common;
}

function search(source: ScenarioPeer, destination: ScenarioPeer, machine: string): string {
  const has = (peer: ScenarioPeer, name: string) =>
    endHasMachine(endOf("source", { ...peer, machine: name })) === true;
  return newestFirst(machine).find((name) => has(source, name) && has(destination, name)) ?? "";
}

/** Both ends with a machine type that both have; none where no such is known, or it is the same already. */
export function onCommonMachine(scenario: Scenario): readonly ScenarioChange[] {
  const machine = commonMachine(scenario, scenario.source.machine ?? "");
  return machine === ""
    ? []
    : (["source", "destination"] as const).flatMap((end) =>
        scenario[end].machine === machine ? [] : [{ end, machine }],
      );
}
