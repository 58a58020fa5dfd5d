import { X86_MACHINES } from "../../../facts/qemu/machines/machines.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { endHasMachine } from "./machine-types.ts";
import { alsoWrong, bothEnds, shown } from "./settle.ts";

const UNKNOWN: Ending = {
  outcome: "unknown",
  alternatives: [],
  stage: "start",
  source: { state: null, error: null },
  destination: { state: null, error: null },
};

export const machineOfPc: Factor = {
  rule: "MACHINE_OF_PC",
  purpose: "Checks that the machine types are among those of which it is known what they send and take.",
  reference: "query-machines of qemu-system-x86_64",
  find(pair) {
    let problems: readonly Problem[] = NONE;
    for (const end of bothEnds(pair)) {
      const { machine } = end.peer;
      if (machine === undefined || endHasMachine(end) !== undefined) continue;
      const args = { machine: shown(machine) };
      const problem = alsoWrong(end, `start ${end.role}`, "warning", { args, facts: X86_MACHINES });
      problems = [...problems, { ...problem, ending: UNKNOWN }];
    }
    return problems;
  },
};

const NONE: readonly Problem[] = [];
