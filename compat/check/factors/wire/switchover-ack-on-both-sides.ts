import { RETURN_PATH_MESSAGES, RETURN_PATH_NUMBERS } from "../../../facts/qemu/return-path/return-path.ts";
import { INVALID_MESSAGE } from "../../../facts/qemu/return-path/return-path-errors.ts";
import { SWITCHOVER_ACK } from "../../../facts/qemu/settings/capabilities-newer.ts";
import { SWITCHOVER_ACK_LEGACY } from "../../../facts/qemu/settings/compat-properties.ts";
import { isOfOrBefore } from "../../../peers/main-channel/machine-type.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End, Pair } from "../../end.ts";
import { hangs } from "../../endings/destination-waits.ts";
import { streamEnds } from "../../endings/source-fails.ts";
import { isHeard } from "../../endings/source-loses.ts";
import { sourceRefusesMessage } from "../../endings/source-refuses-message.ts";
import type { Factor, Problem } from "../../factor.ts";
import { deciding, NOTHING } from "./problem.ts";

const CAPABILITY = "switchover-ack";
const MESSAGE = RETURN_PATH_MESSAGES.find(({ value }) => value.name === "SWITCHOVER_ACK");

/** Whether one acknowledgement stands for all devices, and is sent and awaited whatever they are. */
function isLegacy(end: End): boolean {
  const upTo = end.value(SWITCHOVER_ACK_LEGACY)?.forOlder?.upTo;
  return upTo === undefined || isOfOrBefore(end.peer.machine, upTo);
}

const sets = (end: End) => end.has(CAPABILITY) && end.value(SWITCHOVER_ACK) !== undefined;

export const switchoverAckOnBothSides: Factor = {
  rule: "SWITCHOVER_ACK_ON_BOTH_SIDES",
  purpose: "Checks that switchover-ack is on where the other side waits for it or has to understand it.",
  reference: "migration/migration.c, migration_can_switchover(), source_return_path_thread()",
  find(pair: Pair): readonly Problem[] {
    const { source, destination, mode } = pair;
    const [awaits, sends] = [sets(source), sets(destination)];
    if (awaits === sends || mode === "save-and-restore" || !isHeard(pair)) return NOTHING;
    if (awaits) {
      if (!isLegacy(source)) return NOTHING;
      const lines = streamEnds(pair, "footer").join("\n");
      const ending = hangs("precopy", { state: "active", error: null }, { state: "active", error: lines });
      return deciding(
        "precopy",
        ending,
        { side: "source" },
        chaptersFor(source, SWITCHOVER_ACK, SWITCHOVER_ACK_LEGACY),
      );
    }
    const type = MESSAGE?.value.type ?? 0;
    if (!isLegacy(destination) || type < (source.value(RETURN_PATH_NUMBERS) ?? 0)) return NOTHING;
    const facts = [
      ...chaptersFor(source, RETURN_PATH_NUMBERS, INVALID_MESSAGE),
      ...chaptersFor(destination, SWITCHOVER_ACK),
    ];
    return deciding(
      "ram setup",
      sourceRefusesMessage(pair, "setup", type, 0),
      { side: "destination" },
      facts,
    );
  },
};
