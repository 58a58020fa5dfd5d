import type { StateDescription } from "../../../codec/index.ts";
import { stateName } from "../../../compat/vmstate/description.ts";
import type { UsedStates } from "../../../compat/vmstate/diff.ts";
import { UsageError } from "../../exit.ts";
import type { InputOptions } from "../../jobs.ts";
import { watchStates } from "../../load/read-input.ts";
import type { Output } from "../../output.ts";
import { printable } from "../../printable.ts";

/** Subsections within each other. */
const DEEPEST = 64;

/** The states that a stream has, and their subsections. */
export async function usedStates(name: string, options: InputOptions, output: Output): Promise<UsedStates> {
  const states = new Set<string>();
  const subsections = new Set<string>();
  await watchStates([name], options, output, {
    section: (idstr) => void states.add(stateName(idstr)),
    state: (description) => gather(description, subsections, 0),
  });
  if (states.size === 0) throw new UsageError(`${printable(name)} holds no device's state`);
  return { has: (state) => states.has(state), hasSubsection: (subsection) => subsections.has(subsection) };
}

function gather({ fields, subsections }: StateDescription, into: Set<string>, depth: number): void {
  if (depth > DEEPEST) return;
  for (const { struct } of fields) if (struct) gather(struct, into, depth + 1);
  for (const subsection of subsections) {
    if (subsection.name !== undefined) into.add(subsection.name);
    gather(subsection, into, depth + 1);
  }
}
