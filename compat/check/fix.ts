import type { ScenarioChange } from "./change.ts";
import type { Pair } from "./end.ts";
import type { Problem } from "./factor.ts";
import { endHasCapability, endHasParameter } from "./factors/settings/known.ts";
import type { CheckWording } from "./wording.ts";

const NOTHING: readonly ScenarioChange[] = [];

/** A remedy as changes; none where one of them sets what a release does not have. */
export function fixOf(wording: CheckWording, args: Problem["args"], pair: Pair): readonly ScenarioChange[] {
  if (!wording.fix) return NOTHING;
  const changes = wording.fix(args, pair.scenario, pair);
  return changes.every((change) => isKnown(pair, change)) ? changes : NOTHING;
}

function isKnown(pair: Pair, change: ScenarioChange): boolean {
  if ("capability" in change && change.value === true)
    return endHasCapability(pair[change.end], change.capability);
  if ("parameter" in change && change.value !== null)
    return endHasParameter(pair[change.end], change.parameter);
  return true;
}
