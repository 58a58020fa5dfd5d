import type { ScenarioChange } from "../../change.ts";
import type { End, Pair } from "../../end.ts";
import type { Problem } from "../../factor.ts";
import { off, on } from "../../fixes.ts";
import type { Scenario, ScenarioPeer } from "../../scenario.ts";
import { capabilitiesOf, endHasCapability } from "./known.ts";

/** Sides that a capability has to be set on beside the one that needs it. */
const ALIKE: ReadonlySet<unknown> = new Set(["both", "source-needs-destination"]);

const SNAPSHOT = "background-snapshot";
const ROLES = ["source", "destination"] as const;

const otherOf = (side: End["role"]): End["role"] => (side === "source" ? "destination" : "source");

function isAlike({ qemu }: ScenarioPeer, capability: string): boolean {
  return ALIKE.has(capabilitiesOf(qemu).get(capability)?.value.sides);
}

/** A capability left out on each side that does not have it, and off on a side where it would be waited for. */
export function withoutCapability(pair: Pair, capability: string): readonly ScenarioChange[] {
  const changes: ScenarioChange[] = [];
  for (const end of ROLES) {
    const { capabilities } = pair[end].peer;
    if (!capabilities || !Object.hasOwn(capabilities, capability)) continue;
    if (!endHasCapability(pair[end], capability)) changes.push({ end, capability, value: null });
    else if (pair[end].has(capability) && isAlike(pair.scenario[end], capability))
      changes.push({ end, capability, value: false });
  }
  return changes;
}

/** What makes capabilities go together: the missing one set where it is wanted, those in the way off, or else the one that asks. */
export function togetherFix(
  { capability, conflicts, missing }: Problem["args"],
  scenario: Scenario,
): readonly ScenarioChange[] {
  const asking = String(capability);
  if (missing)
    return isWanted(String(missing), scenario)
      ? withMissing(asking, String(missing), scenario)
      : off(scenario, asking);
  const others = conflicts ? String(conflicts).split(", ") : [];
  const yields = asking === SNAPSHOT || others.some((name) => isWanted(name, scenario));
  return yields || others.length === 0 ? off(scenario, asking) : off(scenario, ...others);
}

/** Whether a capability does no harm, or is what is to be done. */
function isWanted(missing: string, { transport = "tcp", mode = "precopy" }: Scenario): boolean {
  if (missing === "return-path") return transport !== "exec" && transport !== "file";
  return missing === "postcopy-ram" && (mode === "postcopy" || mode === "postcopy-recovery");
}

function withMissing(asking: string, missing: string, scenario: Scenario): readonly ScenarioChange[] {
  const needing = ROLES.filter((end) => scenario[end].capabilities?.[asking] === true);
  const others = needing.map(otherOf).filter((end) => isAlike(scenario[end], missing));
  return ROLES.filter((end) => needing.includes(end) || others.includes(end)).map((end) => on(end, missing));
}
