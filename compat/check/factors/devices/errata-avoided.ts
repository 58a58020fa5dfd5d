import { type Fact, valueAt } from "../../../facts/fact.ts";
import type { Erratum } from "../../../facts/qemu/errata/erratum.ts";
import { atLeast, lineOf } from "../../../releases.ts";
import type { End, Pair } from "../../end.ts";
import { earOf } from "../../endings/ear.ts";
import type { Factor, Problem } from "../../factor.ts";
import { ERRATA_TRIGGERS, type ErratumTrigger } from "./errata-triggers.ts";
import { ends, NOTHING, stateRefused, tells } from "./problem.ts";

export const errataAvoided: Factor = {
  rule: "ERRATA_AVOIDED",
  purpose: "Checks that no known mistake of these exact releases shows.",
  reference: "the facts under qemu/errata",
  find(pair) {
    const here = affecting(pair.source.version);
    const there = affecting(pair.destination.version);
    if (here.size === 0 && there.size === 0) return NOTHING;
    const problems: Problem[] = [];
    for (const trigger of here) {
      const affected = there.has(trigger) ? [pair.source, pair.destination] : [pair.source];
      problems.push(...problemOf(pair, trigger, affected));
    }
    for (const trigger of there)
      if (!here.has(trigger)) problems.push(...problemOf(pair, trigger, [pair.destination]));
    return problems;
  },
};

const known = new Map<string, ReadonlySet<ErratumTrigger>>();

/** The errata that a release has. */
function affecting(version: string): ReadonlySet<ErratumTrigger> {
  const before = known.get(version);
  if (before) return before;
  const triggers = new Set(ERRATA_TRIGGERS.filter(({ erratum }) => isAffected(version, erratum)));
  known.set(version, triggers);
  return triggers;
}

function problemOf(
  pair: Pair,
  { erratum, betweenReleases, meets, always }: ErratumTrigger,
  affected: readonly End[],
): readonly Problem[] {
  const [first] = affected;
  const value = erratum[0]?.value;
  if (
    !first ||
    !value ||
    (betweenReleases && affected.length > 1) ||
    !isAsked(value, affected) ||
    !meets(pair)
  )
    return NOTHING;
  const certain = always === true && isCertain(first, erratum);
  const args = {
    claim: erratum[0]?.claim ?? "",
    trigger: value.trigger,
    release: first.version,
    side: first.role,
    workaround: value.workaround ?? "",
    fixedIn: value.fixedIn.join(" and "),
    outcome: value.outcomes[0] ?? "unknown",
    certain,
    ear: earOf(pair),
  };
  return [certain ? ends("switchover", stateRefused(pair), args, erratum) : tells("warning", args, erratum)];
}

/** Whether a side that the erratum is about is among those affected. */
function isAsked({ side }: Erratum, affected: readonly End[]): boolean {
  return side === "either" || affected.some(({ role }) => role === side);
}

/** Inside a window of doubt a release counts as affected, unless its own line has the repair. */
function isAffected(version: string, erratum: readonly Fact<Erratum>[]): boolean {
  const value = valueAt(erratum, version, "earlier") ?? valueAt(erratum, version, "later");
  return (
    value !== undefined &&
    !value.fixedIn.some((fixed) => lineOf(fixed) === lineOf(version) && atLeast(version, fixed))
  );
}

function isCertain({ version }: End, erratum: readonly Fact<Erratum>[]): boolean {
  return (
    valueAt(erratum, version, "later") !== undefined && valueAt(erratum, version, "earlier") !== undefined
  );
}
