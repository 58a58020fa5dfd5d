import type { Fact } from "../../../facts/fact.ts";
import { POSTCOPY_ENABLED_BY } from "../../../facts/qemu/postcopy/postcopy-start.ts";
import { PREEMPT_CONNECTS } from "../../../facts/qemu/return-path/source-endings.ts";
import { PREEMPT_PRE_7_2 } from "../../../facts/qemu/settings/compat-properties.ts";
import { isOfOrBefore } from "../../../peers/main-channel/machine-type.ts";
import type { End, Pair } from "../../end.ts";
import type { Problem, Step } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";

export const NOTHING: readonly Problem[] = [];

/** A problem that ends the scenario. */
export function ends(
  step: Step,
  ending: Ending,
  facts: readonly Fact<unknown>[],
  args: Problem["args"] = {},
): readonly Problem[] {
  return [{ step, ending, level: "error", args, facts }];
}

/** Something worth knowing, with texts that are seen though all goes well. */
export function tells(
  level: "warning" | "note",
  ending: Ending | null,
  facts: readonly Fact<unknown>[],
  args: Problem["args"] = {},
): readonly Problem[] {
  return [{ step: "done", ending, level, args, facts }];
}

/** Postcopy is to be started. */
export function startsPostcopy({ mode }: Pair): boolean {
  return mode === "postcopy" || mode === "postcopy-recovery";
}

/** The transport has as many connections as are wanted, and a way back. */
export function isSocket({ transport }: Pair): boolean {
  return transport === "tcp" || transport === "unix";
}

/** The source says POSTCOPY_ADVISE, and starts postcopy when told to. */
export function announcesPostcopy(source: End): boolean {
  return source.value(POSTCOPY_ENABLED_BY)?.some((capability) => source.has(capability)) === true;
}

/** The connection of postcopy-preempt is made during setup, and not when postcopy begins. */
export function connectsInSetup(source: End): boolean {
  if (source.value(PREEMPT_CONNECTS) === "in-setup") return true;
  const upTo = source.value(PREEMPT_PRE_7_2)?.forOlder?.upTo;
  return upTo !== undefined && isOfOrBefore(source.peer.machine, upTo);
}
