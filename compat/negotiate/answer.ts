import type { Outcome, VerdictFinding } from "../check/verdict.ts";
import { valueAt } from "../facts/fact.ts";
import type { GateSetting } from "../gate.ts";
import { CAPABILITIES, chaptersOf, PARAMETERS } from "../inventory/implied.ts";
import { ENDS, type Ends, type MigrationFeature } from "./feature.ts";
import { type Judged, judged } from "./judge.ts";
import type { Reason } from "./reason.ts";
import { nameAt, settingsOn, withNeeds } from "./scenario.ts";
import { afterUpgrade, type Upgrade, upgradeFor } from "./upgrade.ts";

/** Whether two peers may use a feature. `not-yet`: after an upgrade, or once something else is set. */
export type Answer = "yes" | "no" | "not-yet" | "unknown";

export interface FeatureAnswer {
  readonly feature: string;
  readonly kind: MigrationFeature["kind"];
  readonly answer: Answer;
  /** What becomes of a migration that uses it now; null where that cannot be tried. */
  readonly outcome: Outcome | null;
  /** Why not. */
  readonly reasons: readonly Reason[];
  /** What is worth knowing where nothing keeps it from being used; plain migration's own are among them. */
  readonly remarks: readonly VerdictFinding[];
  readonly upgrade: Upgrade | null;
  /** What to set, on which end, with what it needs. */
  readonly settings: readonly GateSetting[];
  readonly needs: readonly string[];
  readonly transport: string | null;
  readonly mode: string | null;
  /** `experimental` and `deprecated` ones are better left alone. */
  readonly stage: "experimental" | "stable" | "deprecated";
}

/** Whether two peers may use a feature, why not, and what to set. */
export function answerFor(ends: Ends, feature: MigrationFeature): FeatureAnswer {
  const found = judged(ends, [feature]);
  const all = withNeeds([feature]);
  const told = decided(ends, feature, found);
  return {
    feature: feature.id,
    kind: feature.kind,
    answer: told.answer,
    outcome: found.verdict?.outcome ?? null,
    reasons: [...found.reasons, ...(told.reasons ?? [])],
    remarks: found.safe ? (found.verdict?.findings ?? []) : [],
    upgrade: told.upgrade ?? null,
    settings: told.answer === "no" ? [] : gateSettings(ends, all),
    needs: all.filter(({ id }) => id !== feature.id).map(({ id }) => id),
    transport: found.scenario?.transport ?? null,
    mode: feature.mode ?? null,
    stage: stageOf(ends, feature),
  };
}

interface Decided {
  readonly answer: Answer;
  readonly reasons?: readonly Reason[];
  readonly upgrade?: Upgrade;
}

function decided(ends: Ends, feature: MigrationFeature, found: Judged): Decided {
  if (found.safe) return feature.unseen === undefined ? { answer: "yes" } : unseen(feature.unseen);
  if (isOpen(found)) return { answer: "unknown" };
  if (isToBeDone(feature, found)) return { answer: "not-yet" };
  const inTheWay = settingsInTheWay(ends, feature);
  if (inTheWay) return { answer: "not-yet", reasons: [inTheWay] };
  const upgrade = upgradeFor(ends, [feature], ({ safe }) => safe);
  if (upgrade) return { answer: "not-yet", upgrade };
  return isLacking(found) ? stillNot(ends, feature) : { answer: "no" };
}

function unseen(text: string): Decided {
  return { answer: "unknown", reasons: [{ end: null, why: "verdict", text, remedy: null }] };
}

/** What would be said of it after the upgrade that brings it. */
function stillNot(ends: Ends, feature: MigrationFeature): Decided {
  const upgrade = upgradeFor(ends, [feature], () => true);
  if (!upgrade) return { answer: "no" };
  const after = judged(afterUpgrade(ends, upgrade), [feature]);
  const at = upgrade.end === "both" ? "at both ends" : `at the ${upgrade.end}`;
  const reasons = after.reasons.map((reason) => ({
    ...reason,
    text: `with QEMU ${upgrade.qemu} ${at}: ${reason.text}`,
  }));
  return isOpen(after) || isToBeDone(feature, after)
    ? { answer: "not-yet", upgrade, reasons }
    : { answer: "no", reasons };
}

function isToBeDone({ first }: MigrationFeature, found: Judged): boolean {
  return first === true && found.verdict?.outcome === "refused" && !isLacking(found);
}

function isOpen(found: Judged): boolean {
  return found.verdict?.outcome === "unknown" && !isLacking(found);
}

function isLacking({ reasons }: Judged): boolean {
  return reasons.some(({ why }) => why === "not-implemented" || why === "not-a-value");
}

/** What the peers have set already, where the feature would be fine without it. */
function settingsInTheWay(ends: Ends, feature: MigrationFeature): Reason | undefined {
  const set = ENDS.flatMap((end) => {
    const { capabilities = {}, parameters = {} } = ends[end];
    const on = Object.keys(capabilities).filter((name) => capabilities[name] === true);
    return [...on, ...Object.keys(parameters)].map((name) => ({ end, name }));
  });
  if (set.length === 0) return undefined;
  const [source, destination] = [unset(ends.source), unset(ends.destination)];
  if (!judged({ ...ends, source, destination }, [feature]).safe) return undefined;
  const names = set.map(({ end, name }) => `${name} at the ${end}`);
  return {
    end: null,
    why: "off",
    text: `it would do without what is set already: ${names.join(", ")}`,
    remedy: "Put these back to their defaults first.",
  };
}

function unset({ capabilities: _, parameters: __, ...peer }: Ends["source"]): Ends["source"] {
  return peer;
}

function gateSettings(ends: Ends, features: readonly MigrationFeature[]): readonly GateSetting[] {
  return (["destination", "source"] as const).flatMap((end) => {
    const settings = settingsOn(ends[end], end, features, ends.source);
    return commandsFor(end, settings);
  });
}

/** One command for all capabilities of an end, one for all its parameters. */
export function commandsFor(
  end: GateSetting["end"],
  settings: ReturnType<typeof settingsOn>,
): readonly GateSetting[] {
  const capabilities = settings.filter(({ kind }) => kind === "capability").map(({ name }) => name);
  const parameters = settings.flatMap((each) => (each.kind === "parameter" ? [[each.name, each.value]] : []));
  const listed = [...new Set(capabilities)].map((capability) => ({ capability, state: true }));
  return [
    ...(listed.length > 0
      ? [{ end, execute: "migrate-set-capabilities" as const, arguments: { capabilities: listed } }]
      : []),
    ...(parameters.length > 0
      ? [{ end, execute: "migrate-set-parameters" as const, arguments: Object.fromEntries(parameters) }]
      : []),
  ];
}

function stageOf(ends: Ends, { settings }: MigrationFeature): FeatureAnswer["stage"] {
  const stages = settings.flatMap((setting) =>
    setting.ends.map((end) => {
      const { qemu } = ends[end];
      const name = nameAt(setting, qemu);
      if (setting.kind === "capability") return valueAt(chaptersOf(CAPABILITIES, name), qemu, "later")?.stage;
      return valueAt(chaptersOf(PARAMETERS, name), qemu, "later")?.deprecated ? "deprecated" : "stable";
    }),
  );
  return (
    stages.find((stage) => stage === "deprecated") ??
    stages.find((stage) => stage === "experimental") ??
    "stable"
  );
}
