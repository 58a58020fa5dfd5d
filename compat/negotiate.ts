import type { Scenario, ScenarioPeer } from "./check/scenario.ts";
import type { Verdict } from "./check/verdict.ts";
import { answerFor, type FeatureAnswer } from "./negotiate/answer.ts";
import { FEATURES } from "./negotiate/catalogue.ts";
import type { Ends, MigrationFeature } from "./negotiate/feature.ts";
import { isUsable, judged } from "./negotiate/judge.ts";
import { largestSet } from "./negotiate/largest.ts";
import { type LibvirtPlan, libvirtPlan } from "./negotiate/libvirt.ts";
import { machineFor } from "./negotiate/machine.ts";
import { planFor, type QmpStep } from "./negotiate/plan.ts";
import type { Reason } from "./negotiate/reason.ts";
import { withNeeds } from "./negotiate/scenario.ts";
import { upgradeFor } from "./negotiate/upgrade.ts";
import { wantedFeatures } from "./negotiate/wanted.ts";

export type { FeatureAnswer } from "./negotiate/answer.ts";
export type { LibvirtPlan } from "./negotiate/libvirt.ts";
export type { QmpStep } from "./negotiate/plan.ts";
export type { Reason } from "./negotiate/reason.ts";
export { WantedError } from "./negotiate/wanted.ts";

export interface NegotiationRequest {
  readonly source: ScenarioPeer;
  readonly destination: ScenarioPeer;
  /** The guest's machine type; without it that of the peers, else the newest that both have. */
  readonly machine?: string;
  /** Features to use together, the most wanted first. */
  readonly want?: readonly string[];
  /** Tells what a scenario comes to. */
  readonly judge: (scenario: Scenario) => Verdict;
}

/** What two peers may use, from the first to the second. */
export interface Negotiation {
  readonly source: ScenarioPeer;
  readonly destination: ScenarioPeer;
  readonly machine: string | null;
  /** Whether the machine type was chosen here. */
  readonly machineChosen: boolean;
  /** What becomes of plain precopy, with nothing set. */
  readonly baseline: Verdict;
  readonly baselineIsSafe: boolean;
  readonly features: readonly FeatureAnswer[];
  readonly wanted: WantedAnswer | null;
}

/** A wish that is not granted. */
export interface Refusal {
  readonly feature: string;
  /** By itself, or beside those that are granted. */
  readonly alone: boolean;
  readonly reasons: readonly Reason[];
  readonly upgrade: FeatureAnswer["upgrade"];
}

/** The largest safe set of what was wanted, and how to get it. */
export interface WantedAnswer {
  readonly granted: readonly string[];
  /** What those need beside. */
  readonly needed: readonly string[];
  readonly refused: readonly Refusal[];
  /** False where there were too many sets to try all. */
  readonly exhaustive: boolean;
  readonly verdict: Verdict | null;
  /** What else it takes, that nothing told here shows. */
  readonly provided: readonly string[];
  /** What would make a failure on the other side known to the source, and does no harm. */
  readonly advice: readonly string[];
  readonly commands: readonly QmpStep[];
  readonly libvirt: LibvirtPlan;
}

/** Which features two peers may use, and the largest safe set of those wanted. Throws a WantedError for what is no feature. */
export function negotiate(request: NegotiationRequest): Negotiation {
  const { machine, chosen } = machineFor(request);
  const withMachine = (peer: ScenarioPeer): ScenarioPeer =>
    machine === undefined ? peer : { ...peer, machine };
  const [source, destination] = [withMachine(request.source), withMachine(request.destination)];
  const ends: Ends = { source, destination, judge: request.judge };
  const want = wantedFeatures(request.want ?? []);
  const listed = want.length > 0 ? want : FEATURES;
  const baseline = request.judge({ source, destination });
  return {
    source,
    destination,
    machine: machine ?? null,
    machineChosen: chosen,
    baseline,
    baselineIsSafe: isUsable(baseline),
    features: listed.map((feature) => answerFor(ends, feature)),
    wanted: want.length > 0 ? wantedAnswer(ends, want) : null,
  };
}

function wantedAnswer(ends: Ends, want: readonly MigrationFeature[]): WantedAnswer {
  const { granted, left, judged: together, exhaustive } = largestSet(ends, want);
  const ids = new Set(granted.map(({ id }) => id));
  const needed = withNeeds(granted).filter(({ id }) => !ids.has(id));
  const scenario = together.safe && granted.length > 0 ? together.scenario : null;
  return {
    granted: [...ids],
    needed: needed.map(({ id }) => id),
    refused: left.map((feature) => refusalOf(ends, feature, granted)),
    exhaustive,
    verdict: together.verdict,
    provided: withNeeds(granted).flatMap(({ id, unseen }) =>
      unseen === undefined ? [] : [`${id}: ${unseen}`],
    ),
    advice: scenario ? adviceFor(ends, granted) : [],
    commands: scenario ? planFor(ends, granted, scenario) : [],
    libvirt: scenario
      ? libvirtPlan(granted, scenario.mode ?? "precopy")
      : { commands: [], since: null, automatic: [], without: [] },
  };
}

function refusalOf(ends: Ends, feature: MigrationFeature, granted: readonly MigrationFeature[]): Refusal {
  const alone = judged(ends, [feature]);
  const among = alone.safe ? judged(ends, [...granted, feature]) : alone;
  const upgrade = upgradeFor(ends, alone.safe ? [...granted, feature] : [feature], ({ safe }) => safe);
  return { feature: feature.id, alone: !alone.safe, reasons: among.reasons, upgrade: upgrade ?? null };
}

/** `return-path` makes the source wait for the destination's word before it calls a migration completed. */
const ADVISED = "return-path";

function adviceFor(ends: Ends, granted: readonly MigrationFeature[]): readonly string[] {
  const all = withNeeds(granted);
  const isFile = all.some(({ mode }) => mode === "save-and-restore");
  if (isFile || all.some(({ id, mode }) => id === ADVISED || mode !== undefined)) return [];
  const feature = FEATURES.find(({ id }) => id === ADVISED);
  return feature && judged(ends, [...granted, feature]).safe ? [ADVISED] : [];
}
