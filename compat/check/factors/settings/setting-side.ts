import type { Sides } from "../../../facts/qemu/settings/capability.ts";
import type { End, Pair } from "../../end.ts";
import type { Factor, Problem } from "../../factor.ts";
import { joined } from "../../joined.ts";
import { capabilitiesOf, type Known, parametersOf } from "./known.ts";
import { alsoWrong } from "./settle.ts";

export const settingSide: Factor = {
  rule: "SETTING_SIDE",
  purpose: "Checks that what counts on one side only is not set on the other side only.",
  reference: "the sides of each capability and parameter",
  find({ source, destination }: Pair) {
    return joined(misplaced(source, destination), misplaced(destination, source));
  },
};

const NONE: readonly Problem[] = [];
const NOTHING = {};

/** What an end has set that only the other end's setting would count for. */
function misplaced(end: End, other: End): readonly Problem[] {
  let problems = NONE;
  for (const name in end.peer.capabilities ?? NOTHING)
    if (end.has(name) && !other.has(name)) {
      const known = capabilitiesOf(end.version).get(name);
      if (known?.value.sides === other.role)
        problems = [...problems, problemOf(end, other, name, known, "capability")];
    }
  for (const name in end.peer.parameters ?? NOTHING)
    if (other.set(name) === undefined) {
      const known = parametersOf(end.version).get(name);
      if (known?.value.sides === other.role)
        problems = [...problems, problemOf(end, other, name, known, "parameter")];
    }
  return problems;
}

function problemOf(
  end: End,
  other: End,
  name: string,
  { fact }: Known<{ readonly sides: Sides }>,
  what: "capability" | "parameter",
): Problem {
  const step = what === "capability" ? `capabilities ${end.role}` : `parameters ${end.role}`;
  const args = { name, what, counts: other.role };
  return alsoWrong(end, step as Problem["step"], what === "capability" ? "warning" : "note", {
    args,
    facts: [fact],
  });
}
