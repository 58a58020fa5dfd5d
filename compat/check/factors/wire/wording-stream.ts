import { hasCapability } from "../../../peers/main-channel/capability-names.ts";
import type { ScenarioChange } from "../../change.ts";
import { off } from "../../fixes.ts";
import type { Scenario } from "../../scenario.ts";
import type { CheckWordings } from "../../wording.ts";
import { atBeginning } from "../../words.ts";

/** The destination with capabilities as the source tells them: what its release does not have it does not tell. */
function asSent(scenario: Scenario, capabilities: readonly string[]): readonly ScenarioChange[] {
  const { qemu, capabilities: set = {} } = scenario.source;
  return capabilities.map((capability) => {
    const value = set[capability] === true && hasCapability(capability, qemu);
    return { end: "destination", capability, value };
  });
}

/** Wording of what the beginning of the stream and the return path tell the other side. */
export const STREAM_WORDINGS: CheckWordings = {
  UUID_ALIKE: {
    message: ({ theirs, ours, known, ear }) =>
      !known
        ? `${atBeginning(ear)}validate-uuid is set on the source, and the destination is too old to know the UUID in a stream.`
        : ours === ""
          ? `The source sends the UUID ${theirs}, and the destination was started without one: it prints a warning, and goes on.`
          : `${atBeginning(ear)}the UUID that the source sends is ${theirs}, and that of the destination is ${ours}. The destination compares them even with validate-uuid off, and exits.`,
    remedy: ({ known, ours, theirs }) =>
      !known
        ? "Switch validate-uuid off on the source."
        : ours === ""
          ? `Start the destination with -uuid ${theirs}.`
          : `Check that this is the right guest. If it is, start the destination with -uuid ${theirs}, or switch validate-uuid off on the source.`,
    fix: ({ known, theirs }, scenario) =>
      known ? [{ end: "destination", uuid: String(theirs) }] : off(scenario, "validate-uuid"),
  },
  CONFIGURATION_CAPABILITIES_ALIKE: {
    message: ({ capabilities, side, unknown, ear }) =>
      unknown
        ? `${atBeginning(ear)}${capabilities} is set on the source, which says so in the stream, and the destination does not know this capability.`
        : `${atBeginning(ear)}${capabilities} is set on the ${side} only; the destination compares this, and exits.`,
    remedy: ({ capabilities, unknown }) =>
      unknown
        ? `Switch ${capabilities} off on the source, or use a destination that has it.`
        : `Set ${capabilities} on the destination as it is on the source. What was saved already can be loaded so.`,
    fix: ({ capabilities, unknown }, scenario) =>
      unknown ? off(scenario, String(capabilities)) : asSent(scenario, String(capabilities).split(", ")),
  },
  SWITCHOVER_ACK_ON_BOTH_SIDES: {
    message: ({ side }) =>
      side === "source"
        ? "switchover-ack is set on the source only. It waits for an acknowledgement that the destination never sends, and goes on sending RAM for ever."
        : "switchover-ack is set on the destination only. Its acknowledgement is a message that this source does not know, and any unknown message on the return path ends the migration.",
    remedy: ({ side }) =>
      side === "source"
        ? "Switch switchover-ack off on the source, or set it, with return-path, on the destination as well. A migration that hangs already ends with migrate_cancel; the guest goes on where it is."
        : "Switch switchover-ack off on the destination.",
    fix: (_, scenario) => off(scenario, "switchover-ack"),
  },
};
