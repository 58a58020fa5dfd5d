import type { CapabilityChange, ScenarioChange } from "./change.ts";
import type { End, Pair } from "./end.ts";
import { earOf } from "./endings/ear.ts";
import type { Scenario } from "./scenario.ts";

const ROLES = ["source", "destination"] as const;
const NOTHING: readonly ScenarioChange[] = [];

/** Capabilities switched off wherever they are on. */
export function off(
  { source, destination }: Scenario,
  ...names: readonly string[]
): readonly CapabilityChange[] {
  const changes: CapabilityChange[] = [];
  for (const capability of names) {
    if (own(source.capabilities, capability) === true)
      changes.push({ end: "source", capability, value: false });
    if (own(destination.capabilities, capability) === true)
      changes.push({ end: "destination", capability, value: false });
  }
  return changes;
}

/** Neither side with multifd, nor with what needs it. */
export function withoutMultifd(scenario: Scenario): readonly CapabilityChange[] {
  return off(scenario, "multifd", "x-multifd", "zero-copy-send");
}

/** A capability switched on. */
export function on(end: End["role"], capability: string): ScenarioChange {
  return { end, capability, value: true };
}

/** Parameters not set any more, wherever they are. */
export function unset(
  { source, destination }: Scenario,
  ...names: readonly string[]
): readonly ScenarioChange[] {
  const changes: ScenarioChange[] = [];
  for (const parameter of names) {
    if (own(source.parameters, parameter) !== undefined)
      changes.push({ end: "source", parameter, value: null });
    if (own(destination.parameters, parameter) !== undefined)
      changes.push({ end: "destination", parameter, value: null });
  }
  return changes;
}

/** A parameter of one end at the other end too. */
export function sameAs(scenario: Scenario, end: string, parameter: string): readonly ScenarioChange[] {
  const [from, to] = end === "source" ? ROLES : (["destination", "source"] as const);
  const value = own(scenario[from].parameters, parameter);
  return value === undefined ? NOTHING : [{ end: to, parameter, value }];
}

/** The safeguard, where it is a sure one: a source that learns of the failure keeps the guest. */
export function heard(pair: Pair): readonly ScenarioChange[] {
  return earOf(pair) === "deaf" ? [on("source", "return-path")] : NOTHING;
}

function own<T>(settings: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return settings && Object.hasOwn(settings, name) ? settings[name] : undefined;
}
