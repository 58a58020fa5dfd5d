import type { Scenario, ScenarioDevice, ScenarioPeer, Transport } from "./scenario.ts";

type Role = "source" | "destination";

interface AtEnd {
  readonly end: Role;
}

/** A capability switched on or off, or left out. */
export type CapabilityChange = AtEnd & { readonly capability: string; readonly value: boolean | null };

/** One thing to change in a scenario; null means that it is not set at all. */
export type ScenarioChange =
  | CapabilityChange
  | (AtEnd & { readonly parameter: string; readonly value: unknown })
  | (AtEnd & { readonly machine: string })
  | (AtEnd & { readonly uuid: string | null })
  | (AtEnd & { readonly cpus: number })
  | (AtEnd & { readonly memoryMiB: number })
  | (AtEnd & { readonly devices: readonly ScenarioDevice[] })
  | (AtEnd & { readonly bitmaps: NonNullable<ScenarioPeer["bitmaps"]> })
  | (AtEnd & { readonly nodes: readonly string[] })
  | { readonly transport: Transport };

/** A scenario with changes made to it, such as those of a finding's `fix`. */
export function withChanges(scenario: Scenario, changes: readonly ScenarioChange[]): Scenario {
  return changes.reduce(changed, scenario);
}

function changed(scenario: Scenario, change: ScenarioChange): Scenario {
  if ("transport" in change) return { ...scenario, transport: change.transport };
  return { ...scenario, [change.end]: peerWith(scenario[change.end], change) };
}

function peerWith(
  peer: ScenarioPeer,
  change: Exclude<ScenarioChange, { transport: Transport }>,
): ScenarioPeer {
  if ("capability" in change)
    return { ...peer, capabilities: entryWith(peer.capabilities ?? {}, change.capability, change.value) };
  if ("parameter" in change)
    return { ...peer, parameters: entryWith(peer.parameters ?? {}, change.parameter, change.value) };
  const { end: _, ...rest } = change;
  if (!("uuid" in rest)) return { ...peer, ...rest };
  const { uuid: __, ...unnamed } = peer;
  return rest.uuid === null ? unnamed : { ...peer, uuid: rest.uuid };
}

function entryWith<T>(
  entries: Readonly<Record<string, T>>,
  name: string,
  value: T | null,
): Readonly<Record<string, T>> {
  const others = Object.entries(entries).filter(([key]) => key !== name);
  return Object.fromEntries(value === null ? others : [...others, [name, value]]);
}
