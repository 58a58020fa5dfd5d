import { off, unset, withoutMultifd } from "../../fixes.ts";
import type { CheckWordings } from "../../wording.ts";
import { atBeginning } from "../../words.ts";

const INSTEAD: Readonly<Record<string, string>> = {
  multifd:
    "Use tcp or unix, or leave multifd off on both sides; to a file multifd goes only with mapped-ram.",
  "postcopy-preempt": "Use tcp or unix, or leave postcopy-preempt off on both sides.",
  "mapped-ram": "Use file: on both sides, or leave mapped-ram off on both sides.",
  "direct-io": "Use file:, or leave direct-io off.",
  "cpr-transfer": "Use unix or tcp, or set the mode to normal.",
};

export const TRANSPORT_WORDINGS: CheckWordings = {
  TRANSPORT_FITS: {
    message: ({ where, about, transport, side }) =>
      `${where} refuses ${side === "source" ? "migrate" : "migrate-incoming"}: ${about} needs more of its transport than ${transport} can do.`,
    remedy: ({ about }) => INSTEAD[String(about)] ?? "Use tcp or unix.",
    fix: ({ about }, scenario) => [
      ...(about === "multifd" ? withoutMultifd(scenario) : off(scenario, String(about))),
      ...unset(
        scenario,
        ...(about === "direct-io" ? ["direct-io"] : about === "cpr-transfer" ? ["mode"] : []),
      ),
    ],
  },
  TRANSPORT_KNOWN: {
    message: ({ where, transport, side }) =>
      `${where} does not know the transport ${transport}: ${side === "source" ? "migrate" : "migrate-incoming"} is refused. It is there since 8.2.`,
    remedy: ({ side }) =>
      side === "source"
        ? "Save with exec, such as exec:cat > FILE, or through an open descriptor with fd, and without multifd."
        : "Load with exec, such as exec:cat FILE, or through an open descriptor with fd; a file without mapped-ram holds the same stream.",
    fix: (_, scenario) => [
      { transport: "exec" },
      ...off(scenario, "mapped-ram", "postcopy-preempt"),
      ...withoutMultifd(scenario),
      ...unset(scenario, "direct-io"),
    ],
  },
  FILE_WRITTEN_FIRST: {
    message: ({ where, mode }) =>
      `${where} refuses migrate-incoming: in the mode ${mode} it opens the file before the source has written it.`,
    remedy: () =>
      "Save to the file first, and start the destination when the source has completed (the mode save-and-restore).",
  },
  MAPPED_RAM_PLAIN: {
    message: ({ where, about }) => `${where} refuses migrate: mapped-ram does not go with ${about}.`,
    remedy: ({ about }) =>
      about === "tls-creds"
        ? "Leave tls-creds unset, and encrypt the file where it is kept."
        : "Set multifd-compression to none, and compress the file where it is kept.",
    fix: ({ about }, scenario) => unset(scenario, String(about)),
  },
  CPR_COMPLETE: {
    message: ({ where, about, crashes }) =>
      about === "aux-ram-share"
        ? `${where} refuses migrate in the mode cpr-transfer, unless its memory is shared and the machine has aux-ram-share=on.`
        : crashes
          ? `migrate with a URI in the mode cpr-transfer ends the process of ${where} in an assertion: the guest is gone with it.`
          : String(about).startsWith("cpr-")
            ? `${where} refuses migrate: its mode needs more than is given here (${about}).`
            : `${where} refuses migrate: a mode for updating QEMU in place does not go with ${about}.`,
    remedy: ({ about }) => {
      if (about === "aux-ram-share")
        return "Start QEMU with -machine aux-ram-share=on and its memory in a backend with share=on, on both sides, or set the mode to normal; give migrate both channels, main and cpr, by the argument channels.";
      if (about === "cpr-transfer")
        return "Give migrate both channels, main and cpr, by the argument channels instead of a URI.";
      if (about === "cpr-exec-command") return "Set cpr-exec-command to the command line of the new QEMU.";
      return `Set ${about} to off, or the mode to normal.`;
    },
    fix: (_, scenario) => unset(scenario, "mode"),
  },
  CPR_MODES_ALIKE: {
    message: ({ where, mode, other, side, ear }) =>
      side === "destination"
        ? `${atBeginning(ear, "The migration fails over its first page")}${where} is in the mode ${mode}, in which it is handed the guest's RAM, and the source is in the mode ${other} and sends it.`
        : `${where} is in the mode ${mode}: it updates QEMU in place and hands the RAM over beside the stream. What comes of that is not known here.`,
    remedy: ({ mode, side }) =>
      side === "destination"
        ? "Leave mode unset on the destination (migrate-set-parameters) to migrate to another host."
        : `To migrate to another host, set the mode to normal; try ${mode} with a guest that may be lost.`,
    fix: (_, scenario) => unset(scenario, "mode"),
  },
};
