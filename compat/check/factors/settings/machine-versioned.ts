import { UNVERSIONED } from "../../../facts/qemu/machines/unversioned.ts";
import { UNKNOWN_COMMAND } from "../../../facts/qemu/postcopy/command-errors.ts";
import { SWITCHOVER_START } from "../../../facts/qemu/postcopy/commands.ts";
import { SEND_SWITCHOVER_START } from "../../../facts/qemu/settings/compat-properties.ts";
import { compareVersions, lineOf } from "../../../releases.ts";
import type { Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { earOf } from "../../endings/ear.ts";
import { loadError, loadErrorLines } from "../../endings/load-failed.ts";
import { switchoverInPostcopy } from "../../endings/postcopy-load-fails.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { about } from "./settle.ts";

const NONE: readonly Problem[] = [];
const NAMES: ReadonlySet<string | undefined> = new Set(UNVERSIONED.flatMap(({ value }) => value));

export const machineVersioned: Factor = {
  rule: "MACHINE_VERSIONED",
  purpose: "Checks that a machine type without a version does not go to another release.",
  reference: "hw/core/machine.c, hw_compat_*; hw/i386/microvm.c; hw/i386/isapc.c",
  find(pair) {
    const { source, destination } = pair;
    const { machine } = source.peer;
    if (!NAMES.has(machine) || destination.peer.machine !== machine) return NONE;
    const order = compareVersions(lineOf(source.version), lineOf(destination.version));
    if (order === 0) return NONE;
    const args = { ...about(destination), machine: machine ?? "", older: order > 0, ear: earOf(pair) };
    const step = "switchover";
    if (order < 0) return [{ step, ending: null, level: "warning", args, facts: UNVERSIONED }];
    return [{ step, ending: older(pair), level: "error", args, facts: UNVERSIONED }];
  },
};

/** The destination is older: where it is known what it stumbles over first, it is certain, and else most likely. */
function older(pair: Pair): Ending {
  const { source, destination } = pair;
  const [command] = SWITCHOVER_START;
  const sends = source.value(SEND_SWITCHOVER_START)?.default === true;
  if (sends && command && destination.value(SWITCHOVER_START) === undefined) {
    const error = loadError(destination, "EINVAL", UNKNOWN_COMMAND, command.value.command, 0);
    return switchoverInPostcopy(
      pair,
      destinationFails(pair, "switchover", loadErrorLines(destination, error)),
    );
  }
  const ending = destinationFails(pair, "switchover", []);
  return { ...ending, alternatives: [...ending.alternatives, "completes"] };
}
