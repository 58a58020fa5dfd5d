import { off } from "../../../fixes.ts";
import type { CheckWordings } from "../../../wording.ts";

const RECOVERIES: Readonly<Record<string, (side: string) => string>> = {
  lost: (side) =>
    `The ${side} is of a release, or set in a way, that does not wait for another connection when postcopy loses its own: the guest is lost.`,
  numbers: (side) =>
    `The commands of recovery have other numbers in 3.0, which the ${side} is of, than in any other release: neither side understands the other.`,
  ram: () => "The source refuses to recover: with release-ram it has thrown away the pages that it sent.",
  none: () =>
    "Both sides tell on stderr that postcopy was paused; these lines remain though it is recovered.",
};

const REMEDIES: Readonly<Record<string, string>> = {
  lost: "Use postcopy with releases from 3.0 on, or precopy. A guest whose postcopy has lost its connection cannot be saved.",
  numbers: "Move the guest with the same release on both sides, or without postcopy.",
  ram: "Take release-ram from the source before the migration. Once it is paused nothing helps: the guest is in parts on both sides.",
};

/** Of recovery. */
export const RECOVERY_WORDS: CheckWordings = {
  RECOVERY_POSSIBLE: {
    message: ({ why, isSource }) =>
      (RECOVERIES[String(why)] ?? RECOVERIES.none)?.(isSource ? "source" : "destination") ?? "",
    remedy: ({ why }) => REMEDIES[String(why)],
    fix: ({ why }, scenario) => (why === "ram" ? off(scenario, "release-ram") : []),
  },
};
