import type { Scenario, ScenarioPeer } from "../check/scenario.ts";
import { DANGEROUS, type Verdict } from "../check/verdict.ts";
import { valueAt } from "../facts/fact.ts";
import { SNAPSHOT_WITHOUT_PAGE_BITMAPS } from "../facts/qemu/ram/snapshot-mapped-ram.ts";
import type { End } from "../gate.ts";
import { CAPABILITY_RULES } from "./catalogue.ts";
import { ENDS, type Ends, type MigrationFeature } from "./feature.ts";
import { lacking } from "./lacking.ts";
import type { Reason } from "./reason.ts";
import { type Clash, clashOf, scenariosWith, withNeeds } from "./scenario.ts";

/** What becomes of two ends that use some features together. */
export interface Judged {
  /** It completes, and no race makes it something that only looks like success. */
  readonly safe: boolean;
  /** Null where the features contradict each other, so that there is nothing to try. */
  readonly verdict: Verdict | null;
  /** What was tried. */
  readonly scenario: Scenario | null;
  readonly reasons: readonly Reason[];
}

/** Tries features together with all that they need. */
export function judged(ends: Ends, wanted: readonly MigrationFeature[]): Judged {
  const features = withNeeds(wanted);
  const clash = clashOf(features);
  if (clash) return { safe: false, verdict: null, scenario: null, reasons: [clashReason(clash)] };
  const [first, ...others] = scenariosWith(ends, features).map((scenario) => ({
    scenario,
    verdict: worse(ends, scenario),
  }));
  if (!first) throw new TypeError("nothing to try");
  const { scenario, verdict } = [first, ...others].find((each) => isUsable(each.verdict)) ?? first;
  const own = [...lacking(ends, features), ...switchedOff(scenario), ...emptyFile(scenario)];
  const safe = own.length === 0 && isUsable(verdict);
  return { safe, verdict, scenario, reasons: safe ? [] : own.length > 0 ? own : reasonsOf(verdict) };
}

/** Postcopy that is never started ends as precopy, so both have to be fine. */
function worse({ judge }: Ends, scenario: Scenario): Verdict {
  const verdict = judge(scenario);
  const isPostcopy = scenario.mode === "postcopy" || scenario.mode === "postcopy-recovery";
  if (!isPostcopy || !isUsable(verdict)) return verdict;
  const { mode: _, ...precopy } = scenario;
  const without = judge(precopy);
  return isUsable(without) ? verdict : without;
}

/** It completes, and no race makes it a loss that looks like success; other races are a matter of trying again. */
export function isUsable({ outcome, alternatives }: Verdict): boolean {
  return outcome === "completes" && !alternatives.some((each) => DANGEROUS.has(each));
}

function reasonsOf(verdict: Verdict): readonly Reason[] {
  const told = verdict.findings.filter(({ level }, i) => level === "error" || i === 0);
  if (told.length > 0)
    return told.map(({ rule, message, remedy }) => ({
      end: null,
      why: "verdict",
      rule,
      text: message,
      remedy,
    }));
  const race = verdict.outcome === "completes" ? `it may end as ${verdict.alternatives.join(", ")}` : "";
  const text = race || `the outcome is ${verdict.outcome}, at ${verdict.stage}`;
  return [{ end: null, why: "verdict", text, remedy: null }];
}

function clashReason({ features: [one, other], about }: Clash): Reason {
  return { end: null, why: "clash", text: `${one} and ${other} exclude each other: ${about}`, remedy: null };
}

/** Capabilities that a release quietly takes back, while the command succeeds. */
function switchedOff({ source, destination }: Scenario): readonly Reason[] {
  const peers: Readonly<Record<End, ScenarioPeer>> = { source, destination };
  return ENDS.flatMap((end) => CAPABILITY_RULES.flatMap((rule) => takenBack(end, peers[end], rule)));
}

/** A restore that no command refuses, and that the source calls a success before it is tried. */
function emptyFile({ source }: Scenario): readonly Reason[] {
  const on = (name: string) => source.capabilities?.[name] === true;
  if (!on("background-snapshot") || !on("mapped-ram")) return [];
  if (!valueAt(SNAPSHOT_WITHOUT_PAGE_BITMAPS, source.qemu, "later")) return [];
  const text =
    "a background snapshot does not write into a mapped-ram file which pages there are: the source says completed, and no restore finds the guest's RAM";
  return [
    { end: "source", why: "verdict", text, remedy: "Take the background snapshot without mapped-ram." },
  ];
}

function takenBack(
  end: End,
  peer: ScenarioPeer,
  chapters: (typeof CAPABILITY_RULES)[number],
): readonly Reason[] {
  const rule = valueAt(chapters, peer.qemu, "later");
  const on = (name: string) => peer.capabilities?.[name] === true;
  if (rule?.effect !== "switched-off" || !on(rule.capability)) return [];
  const other = rule.conflictsWith?.find(on);
  if (other === undefined) return [];
  const text = `with ${other} on, the ${end}, QEMU ${peer.qemu}, takes ${rule.capability} back while the command succeeds`;
  return [{ end, why: "switched-off", text, remedy: `Leave ${other} off.` }];
}
