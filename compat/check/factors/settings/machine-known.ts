import { printf } from "../../../facts/printf.ts";
import { MACHINE_HELP, MACHINE_UNSUPPORTED, OPTION_IN_FRONT } from "../../../facts/qemu/machines/start.ts";
import type { End, Pair } from "../../end.ts";
import type { Factor, Problem } from "../../factor.ts";
import { commonMachine } from "./common-machine.ts";
import { endHasMachine, releasesWith } from "./machine-types.ts";
import { bothEnds, shown, startRefused } from "./settle.ts";

export const machineKnown: Factor = {
  rule: "MACHINE_KNOWN",
  purpose: "Checks that each side's QEMU has the machine type that it is started with.",
  reference: "system/vl.c, select_machine(); query-machines",
  find(pair) {
    let problems: readonly Problem[] = NONE;
    for (const end of bothEnds(pair))
      if (endHasMachine(end) === false) problems = [...problems, problemOf(pair, end)];
    return problems;
  },
};

const NONE: readonly Problem[] = [];

function problemOf(pair: Pair, end: End): Problem {
  const machine = end.peer.machine ?? "";
  const said = end.value(MACHINE_UNSUPPORTED);
  const text = said?.template.includes("%s") ? printf(said.template, machine) : (said?.template ?? "");
  const help = end.say(MACHINE_HELP)?.text ?? "";
  const lines = (option: string) => [`${option}${text}`, help];
  const inFront = end.value(OPTION_IN_FRONT) === true;
  const other = end.role === "source" ? pair.destination : pair.source;
  const args = {
    machine: shown(machine),
    releases: releasesWith(machine),
    stated: end.peer.states?.machines !== undefined,
    elsewhere: endHasMachine(other) === true ? other.version : "",
    common: commonMachine(pair.scenario, machine),
  };
  const rest = { args, facts: MACHINE_UNSUPPORTED };
  const problem = startRefused(pair, end, lines(inFront ? `-machine ${machine},accel=tcg: ` : ""), rest);
  if (!inFront || !problem.ending) return problem;
  const otherErrors = [lines(`-machine ${machine}: `).join("\n"), lines(`-M ${machine}: `).join("\n")];
  const side = { ...problem.ending[end.role], otherErrors };
  return { ...problem, ending: { ...problem.ending, [end.role]: side } };
}
