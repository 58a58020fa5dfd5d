import type { ScenarioChange } from "../../change.ts";
import type { End, Pair } from "../../end.ts";
import { endHasParameter, parametersOf } from "./known.ts";
import { shown } from "./settle.ts";

const ROLES = ["source", "destination"] as const;

/** The ends at which a parameter has to change: one, and the other too if it does not have it or has to be alike. */
function endsFor(pair: Pair, side: string, name: string): readonly End["role"][] {
  const alike = ROLES.some((end) => parametersOf(pair[end].version).get(name)?.value.sides === "both");
  return ROLES.filter((end) => {
    if (end === side) return true;
    if (pair[end].set(name) === undefined) return false;
    return alike || !endHasParameter(pair[end], name);
  });
}

/** The full name of a parameter that was shortened for people. */
function fullName(pair: Pair, side: string, parameter: string): string {
  const { parameters } = side === "source" ? pair.source.peer : pair.destination.peer;
  return Object.keys(parameters ?? {}).find((name) => shown(name) === parameter) ?? parameter;
}

/** A parameter set to a value at one end, and alike at the other. */
export function setTo(
  pair: Pair,
  side: string,
  parameter: string,
  value: unknown,
): readonly ScenarioChange[] {
  const name = fullName(pair, side, parameter);
  return endsFor(pair, side, name).map((end) => ({ end, parameter: name, value }));
}

/** A parameter not set any more at one end, and not at the other either where both have to be alike. */
export function unsetAlike(pair: Pair, side: string, parameter: string): readonly ScenarioChange[] {
  return setTo(pair, side, parameter, null);
}

/** A parameter set to a word that a release takes: the one that it has unless told otherwise, or else the first. */
export function oneOf(
  pair: Pair,
  side: string,
  parameter: string,
  allowed: readonly string[],
): readonly ScenarioChange[] {
  const { version } = side === "source" ? pair.source : pair.destination;
  const usual = parametersOf(version).get(parameter)?.value.default;
  const word = allowed.find((each) => each === usual) ?? allowed[0];
  return word ? setTo(pair, side, parameter, word) : [];
}
