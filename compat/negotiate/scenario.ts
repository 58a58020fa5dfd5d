import type { Scenario, ScenarioPeer, Transport } from "../check/scenario.ts";
import { type Fact, valueAt } from "../facts/fact.ts";
import type { End } from "../gate.ts";
import { CAPABILITIES, chaptersOf, PARAMETERS } from "../inventory/implied.ts";
import { EXAMPLE_MAPPING, featureOf } from "./catalogue.ts";
import { ENDS, type Ends, type FeatureSetting, type MigrationFeature } from "./feature.ts";

/** Two features that cannot be asked for at once, whatever the peers are. */
export interface Clash {
  readonly features: readonly [string, string];
  readonly about: string;
}

/** Features and all that they need, what is needed first, and on every end that needs it. */
export function withNeeds(features: readonly MigrationFeature[]): readonly MigrationFeature[] {
  const all = new Map<string, MigrationFeature>();
  const add = (feature: MigrationFeature) => {
    for (const need of feature.needs) {
      const needed = featureOf(need);
      const ends = feature.kind === "capability" ? endsOfAll(feature) : [];
      if (needed) add(alsoOn(all.get(need) ?? needed, ends));
    }
    const known = all.get(feature.id);
    all.set(feature.id, known ? alsoOn(feature, endsOfAll(known)) : feature);
  };
  for (const feature of features) add(feature);
  return [...all.values()];
}

function endsOfAll({ settings }: MigrationFeature): readonly End[] {
  return settings.flatMap(({ ends }) => ends);
}

/** A release refuses what needs another capability on the end where that one is not set, whoever acts on it. */
function alsoOn(feature: MigrationFeature, ends: readonly End[]): MigrationFeature {
  const settings = feature.settings.map((setting) => ({
    ...setting,
    ends: ENDS.filter((end) => setting.ends.includes(end) || ends.includes(end)),
  }));
  return { ...feature, settings };
}

const RANK: Readonly<Record<string, number>> = { precopy: 0, postcopy: 1, "postcopy-recovery": 2 };

/** Where features contradict each other: two transports, two values of a parameter, a file and postcopy. */
export function clashOf(features: readonly MigrationFeature[]): Clash | undefined {
  for (const [i, one] of features.entries())
    for (const other of features.slice(i + 1)) {
      const about = clash(one, other);
      if (about) return { features: [one.id, other.id], about };
    }
  return undefined;
}

function clash(one: MigrationFeature, other: MigrationFeature): string | undefined {
  if (one.transport && other.transport && one.transport !== other.transport) return "the transport";
  const [a, b] = [one.mode ?? "precopy", other.mode ?? "precopy"];
  const isFile = (mode: string) => mode === "save-and-restore";
  if (isFile(a) !== isFile(b) && (RANK[a] ?? RANK[b] ?? 0) > 0) return "a file has nobody to ask for pages";
  const asked = (feature: MigrationFeature) =>
    feature.transport ?? (feature.mode === undefined ? undefined : "tcp");
  if (isFile(a) !== isFile(b) && asked(one) && asked(other) && asked(one) !== asked(other))
    return "the transport";
  for (const mine of one.settings)
    for (const theirs of other.settings)
      if (
        mine.kind === "parameter" &&
        theirs.kind === "parameter" &&
        mine.name === theirs.name &&
        JSON.stringify(mine.value) !== JSON.stringify(theirs.value)
      )
        return `the value of ${mine.name}`;
  return undefined;
}

/** Transports to save to where none is asked for; releases before 8.2 have no files. */
const SAVES: readonly Transport[] = ["file", "exec"];

/** The scenarios in which two peers use these features, with all that they need: one for each transport that will do. */
export function scenariosWith(
  ends: Pick<Ends, End>,
  features: readonly MigrationFeature[],
): readonly Scenario[] {
  const scenario = scenarioWith(ends, features);
  if (scenario.mode !== "save-and-restore" || scenario.transport) return [scenario];
  return SAVES.map((transport) => ({ ...scenario, transport }));
}

function scenarioWith(
  { source, destination }: Pick<Ends, End>,
  features: readonly MigrationFeature[],
): Scenario {
  const modes = features.map(({ mode }) => mode ?? "precopy");
  const mode = modes.includes("save-and-restore")
    ? "save-and-restore"
    : modes.reduce((a, b) => ((RANK[a] ?? 0) >= (RANK[b] ?? 0) ? a : b), "precopy");
  const transport = features.find((feature) => feature.transport)?.transport;
  const bitmaps = features.some((feature) => feature.bitmaps);
  return {
    source: {
      ...withSettings(source, settingsOn(source, "source", features, source)),
      ...(bitmaps && bitmapsOf(source)),
    },
    destination: {
      ...withSettings(destination, settingsOn(destination, "destination", features, source)),
      ...(bitmaps && nodesOf(source, destination)),
    },
    ...(transport && { transport }),
    ...(mode !== "precopy" && { mode }),
  };
}

function withSettings(peer: ScenarioPeer, settings: readonly FeatureSetting[]): ScenarioPeer {
  if (settings.length === 0) return peer;
  const capabilities = settings.flatMap((each) =>
    each.kind === "capability" ? [[each.name, true] as const] : [],
  );
  const parameters = settings.flatMap((each) =>
    each.kind === "parameter" ? [[each.name, each.value] as const] : [],
  );
  return {
    ...peer,
    ...(capabilities.length > 0 && {
      capabilities: { ...peer.capabilities, ...Object.fromEntries(capabilities) },
    }),
    ...(parameters.length > 0 && { parameters: { ...peer.parameters, ...Object.fromEntries(parameters) } }),
  };
}

/** What features set on an end, under the names that its release has; a mapping covers the source's bitmaps. */
export function settingsOn(
  { qemu }: ScenarioPeer,
  end: End,
  features: readonly MigrationFeature[],
  source: ScenarioPeer,
): readonly FeatureSetting[] {
  return features
    .flatMap(({ settings }) => settings)
    .filter(({ ends }) => ends.includes(end))
    .map((setting) => ({ ...setting, name: nameAt(setting, qemu) }))
    .map((setting) =>
      setting.kind === "parameter" && setting.value === EXAMPLE_MAPPING
        ? { ...setting, value: mappingOf(source) }
        : setting,
    );
}

/** Each node under an alias of its own, each bitmap under its name. */
function mappingOf(source: ScenarioPeer): unknown {
  const bitmaps = bitmapsOf(source).bitmaps ?? [];
  const nodes = [...new Set(bitmaps.map(({ node }) => node))];
  return nodes.map((node, i) => ({
    "node-name": node,
    alias: `disk${i}`,
    bitmaps: bitmaps.filter((each) => each.node === node).map(({ name }) => ({ name, alias: name })),
  }));
}

/** The name of a setting in a release; its last name where that release does not have it. */
export function nameAt({ kind, name }: FeatureSetting, qemu: string): string {
  const chapters: readonly Fact<{ readonly name: string }>[] =
    kind === "capability" ? chaptersOf(CAPABILITIES, name) : chaptersOf(PARAMETERS, name);
  return valueAt(chapters, qemu, "later")?.name ?? name;
}

/** A bitmap as an example, where the source tells of none. */
function bitmapsOf({ bitmaps, nodes }: ScenarioPeer): Pick<ScenarioPeer, "bitmaps" | "nodes"> {
  if (bitmaps && bitmaps.length > 0) return { bitmaps };
  const [node = "node0"] = nodes ?? [];
  return { bitmaps: [{ node, name: "bitmap0" }], nodes: nodes ?? [node] };
}

function nodesOf(source: ScenarioPeer, { nodes }: ScenarioPeer): Pick<ScenarioPeer, "nodes"> {
  return { nodes: nodes ?? source.nodes ?? [...new Set(bitmapsOf(source).bitmaps?.map(({ node }) => node))] };
}
