import { off, on, withoutMultifd } from "../../../fixes.ts";
import type { CheckWordings } from "../../../wording.ts";
import { adviseFix } from "../advise-fix.ts";

const LOST = "The source says that it completed, and the guest is lost";

const PREEMPT = "postcopy-preempt";

/** Of postcopy, and of what stands beside it. */
export const POSTCOPY_WORDS: CheckWordings = {
  POSTCOPY_ADVISE_FITS: {
    message: ({ sent }) =>
      sent
        ? "The source has postcopy-ram and announces postcopy before anything else; the destination does not have it and gives up, whether postcopy would be started or not."
        : "The source announces postcopy for dirty bitmaps alone; the destination has postcopy-ram, expects RAM to come so too, and gives up.",
    remedy: ({ sent }) =>
      sent
        ? "Set postcopy-ram on the destination before migrate-incoming, or switch it off on the source."
        : "Take postcopy-ram from the destination, or set it on the source.",
    fix: ({ sent }, scenario) => adviseFix(scenario, sent === true),
  },
  POSTCOPY_PAGE_SIZES_ALIKE: {
    message: ({ source, destination }) =>
      `RAM is backed by other page sizes on both sides: ${source} bytes on the source, ${destination} on the destination. Postcopy is announced with them before anything else, and the destination gives up, whether postcopy would be started or not.`,
    remedy: () =>
      "Start the destination with memory backends of the same page sizes, or take postcopy-ram from both sides: precopy does not mind.",
  },
  POSTCOPY_CAN_START: {
    message: ({ destination }) =>
      `migrate-start-postcopy is refused: the source does not have postcopy-ram${destination ? "; that the destination has it does not help" : ""}. The migration goes on as precopy.`,
    remedy: ({ destination }) =>
      destination
        ? "Set postcopy-ram on the source before migrate."
        : "Set postcopy-ram on both sides, on the destination before migrate-incoming and on the source before migrate.",
    fix: () => [on("source", "postcopy-ram"), on("destination", "postcopy-ram")],
  },
  PREEMPT_ON_SOURCE_ONLY: {
    message: ({ takes, starts, runsTwice }) => {
      if (takes && starts)
        return "The guest may stand still for ever though the source says that it completed: only the source has postcopy-preempt, and sends pages that the guest waits for on a connection that the destination has closed.";
      if (takes)
        return "Only the source has postcopy-preempt: the destination says that it ignores its further connection. Once postcopy were started, pages sent on it would be lost.";
      if (starts)
        return "Only the source has postcopy-preempt: the destination no longer listens when its further connection comes, and postcopy does not start.";
      return runsTwice
        ? "The guest runs on both sides: only the source has postcopy-preempt, its further connection is refused, and for that alone it fails when all is migrated."
        : "Only the source has postcopy-preempt: its further connection is refused, which it says on stderr.";
    },
    remedy: ({ takes }) =>
      takes
        ? "Set postcopy-preempt on both sides, on the destination before migrate-incoming, or on none."
        : "Take postcopy-preempt from the source: the destination's release does not know it.",
    fix: (_, scenario) => off(scenario, PREEMPT),
  },
  PREEMPT_ON_DESTINATION_ONLY: {
    message: ({ starts, lost }) => {
      if (lost)
        return `${LOST}: only the destination has postcopy-preempt, and it waits for a further connection that never comes before it reads anything.`;
      return starts
        ? "Only the destination has postcopy-preempt: it waits for a further connection that never comes, with the guest stopped on both sides."
        : "Only the destination has postcopy-preempt: it waits for a further connection that never comes before it reads anything.";
    },
    remedy: ({ starts, lost }) => {
      const both = "Set postcopy-preempt on both sides, or on none.";
      if (lost)
        return `${both} With return-path on the source it would not complete, but wait too, until migrate_cancel.`;
      if (starts)
        return `${both} Do so before postcopy is started: afterwards migrate_cancel does not bring the guest back.`;
      return `${both} A source that waits lets the guest run on after migrate_cancel.`;
    },
    fix: (_, scenario) => off(scenario, PREEMPT),
  },
  PREEMPT_APART_FROM_MULTIFD: {
    message: () =>
      "The source makes the connection of postcopy-preempt at once, and the destination takes it for one of multifd: its main loop waits for a first word that never comes, and answers no command.",
    remedy: () =>
      "Use either multifd or postcopy-preempt. Together they work from 10.1 on, with a machine type of 8.0 or later.",
    fix: (_, scenario) => withoutMultifd(scenario),
  },
  POSTCOPY_WITH_MULTIFD: {
    message: ({ why }) => MULTIFD_MESSAGES[String(why)] ?? "Postcopy and multifd are set.",
    remedy: () =>
      "Use either multifd or postcopy between these releases. Together they work from 10.1 on, on both sides.",
    fix: (_, scenario) => withoutMultifd(scenario),
  },
  RELEASED_RAM_IS_GONE: {
    message: () =>
      "With release-ram the source throws pages away that it has sent: when postcopy loses its connection, it cannot be recovered, and the guest is lost.",
    remedy: () => "Take release-ram from the source if recovery is to be possible.",
    fix: (_, scenario) => off(scenario, "release-ram"),
  },
  COLO_ON_BOTH_SIDES: {
    message: ({ why }) => COLO_MESSAGES[String(why)] ?? "x-colo is set.",
    remedy: ({ why }) =>
      why === "replicates"
        ? "Take x-colo from both sides if the guest is to be moved."
        : "Take x-colo from both sides.",
    fix: (_, scenario) => off(scenario, "x-colo"),
  },
};

const MULTIFD_MESSAGES: Readonly<Record<string, string>> = {
  yank: `${LOST}: a destination of this release with multifd aborts when postcopy is done, while the guest runs on it already. The return-path capability does not help.`,
  stream:
    "Postcopy after multifd does not come to its end between these releases: both sides stay in postcopy-active, and the guest waits for pages that do not come.",
  pauses:
    "Postcopy cannot be recovered after multifd on this destination: it asks for pages that it has, and pauses again; the guest is in parts on both sides.",
  waits:
    "Postcopy cannot be recovered after multifd on this destination: it waits for channels that are not made; the guest is in parts on both sides.",
};

const COLO_MESSAGES: Readonly<Record<string, string>> = {
  deprecated: "The source has x-colo and says so with a command that the destination does not take any more.",
  replicates: "The source has x-colo: it does not end when all is copied, but replicates the guest for ever.",
  "return-path":
    "The guest runs on both sides: with x-colo and return-path two readers of the source fight over one channel, the source fails, and the destination takes over.",
  secondary:
    "The guest is lost when postcopy is done: the destination has x-colo and aborts, with the guest running on it and no longer on the source.",
  primary: "The source has x-colo and aborts when postcopy is done; the destination runs the guest by then.",
  alone: "The source has x-colo and waits for a secondary; the destination has completed and runs the guest.",
  unwanted:
    "The source has x-colo and tells the destination to take part, which refuses: it does not have x-colo.",
  unbidden:
    "The source says that it completed, but the destination never does: only it has x-colo, goes on as the secondary of a source that does not replicate, complains, and then runs the guest in state colo.",
  aborts: `${LOST}: only the destination has x-colo, and it aborts when it has loaded, since there is no return path.`,
};
