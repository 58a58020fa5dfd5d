import { off } from "../../../fixes.ts";
import type { CheckWordings } from "../../../wording.ts";

const UNREAD: Readonly<Record<string, (capability: string) => string>> = {
  waits: (capability) =>
    `The source has ${capability} and waits for an answer, which a command never gives: all is written, but the migration does not end, and the guest stays stopped.`,
  fails: (capability) =>
    `The source has ${capability} and reads an answer from the file when all is written, which fails. The file is whole, but the source takes the migration for failed and lets the guest run on.`,
  acks: (capability) =>
    `The source has ${capability} and waits for an acknowledgement before it stops the guest, which nobody gives: the migration does not end, and the guest runs on.`,
};

/** What makes a source ask for answers. */
const ASKING = ["return-path", "postcopy-ram", "postcopy-preempt", "switchover-ack"] as const;

/** Of what is written to files and commands, and of snapshots. */
export const FILES_WORDS: CheckWordings = {
  RETURN_PATH_HAS_A_READER: {
    message: ({ capability, how }) => UNREAD[String(how)]?.(String(capability)) ?? "",
    remedy: ({ capability, how, postcopy }) => {
      const instead = postcopy
        ? "Migrate over tcp: or unix:, since postcopy needs the way back."
        : `Switch ${capability} off on the source, and ${ASKING.filter((name) => name !== capability).join(", ")} as well.`;
      const stuck =
        " A source that waits already goes on neither by migrate_cancel nor by cont: what it has written is whole, so quit it, and restore from that.";
      return `${instead}${how === "waits" ? stuck : ""}`;
    },
    fix: ({ postcopy }, scenario) =>
      postcopy ? [{ transport: "tcp" }] : off(scenario, ...ASKING).filter(({ end }) => end === "source"),
  },
  ONE_CONNECTION: {
    message: ({ isSource, capability, crashes, lost }) => {
      if (crashes)
        return `The source dies: ${capability} looks for an address to connect to, and this transport has none.`;
      if (isSource)
        return `The source fails: ${capability} needs further connections, and this transport has one.`;
      const waits = `the destination has ${capability} and waits for further connections, and this transport has one.`;
      return lost
        ? `The source says that it completed, and the guest does not come up: ${waits}`
        : `Nothing goes on: ${waits}`;
    },
    remedy: ({ isSource, capability }) =>
      `Take ${capability} from the ${isSource ? "source" : "destination"}, or migrate over tcp: or unix:.${isSource ? "" : " What a file holds already is whole, and can be restored so."}`,
    fix: ({ capability }, scenario) => off(scenario, String(capability)),
  },
  SOMEONE_CONTINUES: {
    message: () =>
      "With pause-before-switchover the source stops in pre-switchover, with the guest stopped; this verdict takes it that somebody continues.",
    remedy: () => "Say migrate-continue with state pre-switchover when query-migrate tells of that state.",
  },
  SNAPSHOT_KEEPS_MEMORY: {
    message: () =>
      "The source reports that it saved the guest, and the guest's memory is not in the file: with mapped-ram a background snapshot leaves out which pages there are. The destination exits, or runs the guest with empty memory.",
    remedy: () =>
      "Take mapped-ram from both sides, or background-snapshot from the source; then save anew, as long as the source still runs the guest.",
    fix: (_, scenario) => off(scenario, "background-snapshot"),
  },
  SNAPSHOT_LEAVES_GUEST: {
    message: ({ live }) =>
      live
        ? "A background snapshot is a copy: when it has completed the guest runs on at the source, and a destination that loads it runs the guest a second time."
        : "A background snapshot is a copy: the guest runs on at the source, and what is saved is its state when the snapshot began.",
    remedy: ({ live }) =>
      live
        ? "Take background-snapshot from the source to move the guest, or start the destination with -S, away from the guest's disks."
        : "Save the disks as they were at that moment with it.",
    fix: ({ live }, scenario) => (live ? off(scenario, "background-snapshot") : []),
  },
};
