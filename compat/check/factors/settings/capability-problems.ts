import type { End, Pair } from "../../end.ts";
import type { Problem } from "../../factor.ts";
import { rememberingEnds } from "../../remembering.ts";
import { type CapabilityInput, capabilityInput } from "./capability-input.ts";
import { alsoWrong, commandRefused } from "./settle.ts";

const NONE: readonly Problem[] = [];
/** Two factors ask for the same of both ends. */
const inputOf = rememberingEnds(capabilityInput);

/** The problems of one kind that reading the capabilities of both sides meets; only the first of all ends it. */
export function inputProblems(
  pair: Pair,
  kind: CapabilityInput["kind"],
  more: (input: CapabilityInput) => Problem["args"],
): readonly Problem[] {
  const [there, here] = [inputOf(pair.destination), inputOf(pair.source)];
  if (there.length + here.length === 0) return NONE;
  const problemsOf = (end: End, inputs: readonly CapabilityInput[]) =>
    inputs
      .filter((input) => input.kind === kind)
      .map((input) => problemOf(pair, end, input, inputs[0] === input, more(input)));
  return [...problemsOf(pair.destination, there), ...problemsOf(pair.source, here)];
}

function problemOf(
  pair: Pair,
  end: End,
  input: CapabilityInput,
  decides: boolean,
  more: Problem["args"],
): Problem {
  const step = `capabilities ${end.role}` as const;
  const { text, facts } = input;
  const args = { ...input.args, ...more };
  return decides
    ? commandRefused(pair, end, step, { text, args, facts })
    : alsoWrong(end, step, "error", { args, facts });
}
