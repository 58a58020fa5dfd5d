import type { Fact } from "../facts/fact.ts";
import type { CapabilityRule, Sides } from "../facts/qemu/settings/capability.ts";
import * as rules from "../facts/qemu/settings/capability-rules.ts";
import * as rulesChannels from "../facts/qemu/settings/capability-rules-channels.ts";
import * as rulesNewer from "../facts/qemu/settings/capability-rules-newer.ts";
import type { End } from "../gate.ts";
import { CAPABILITIES, chaptersOf, PARAMETERS } from "../inventory/implied.ts";
import { ENDS, type MigrationFeature } from "./feature.ts";

export const CAPABILITY_RULES: readonly (readonly Fact<CapabilityRule>[])[] = [
  ...Object.values(rules),
  ...Object.values(rulesChannels),
  ...Object.values(rulesNewer),
];

/** What is done with a capability for it to show: postcopy has to begin, a file has to be written and read. */
const DONE: Readonly<
  Record<string, Pick<MigrationFeature, "mode" | "transport" | "bitmaps" | "unseen" | "first">>
> = {
  "postcopy-ram": { mode: "postcopy" },
  "postcopy-preempt": { mode: "postcopy" },
  "postcopy-blocktime": { mode: "postcopy" },
  "mapped-ram": { mode: "save-and-restore", transport: "file" },
  "background-snapshot": { mode: "save-and-restore" },
  "dirty-bitmaps": { bitmaps: true },
  "dirty-limit": { first: true },
  block: {
    unseen: "it takes drives of the same names on both ends, those of the destination as large, or it fails",
  },
  "rdma-pin-all": { unseen: "it does something over RDMA only, which is not judged here" },
};

/** Capabilities that do something only with another one, beside those that a release refuses without. */
const USELESS_WITHOUT: Readonly<Record<string, readonly string[]>> = {
  "postcopy-blocktime": ["postcopy-ram"],
};

/** Every capability that some release has, by its last name. */
const CAPABILITY_FEATURES: readonly MigrationFeature[] = CAPABILITIES.flatMap((chapters) => {
  const { name, sides } = chapters.at(-1)?.value ?? {};
  if (name === undefined || sides === undefined) return [];
  return [capabilityFeature(name, sides)];
});

function capabilityFeature(name: string, sides: Sides): MigrationFeature {
  const refusedWithout = CAPABILITY_RULES.flatMap((chapters) =>
    chapters.flatMap(({ value }) => (value.capability === name && value.needs ? [value.needs] : [])),
  );
  return {
    id: name,
    kind: "capability",
    settings: [{ kind: "capability", name, ends: endsOf(sides) }],
    needs: [...new Set([...refusedWithout, ...(USELESS_WITHOUT[name] ?? [])])],
    ...(Object.hasOwn(DONE, name) ? DONE[name] : {}),
  };
}

/** Ends on which a setting has to be, by who has to have it. */
export function endsOf(sides: Sides): readonly End[] {
  if (sides === "source" || sides === "destination") return [sides];
  return ENDS;
}

/** Stands for a mapping that covers the source's bitmaps. */
export const EXAMPLE_MAPPING = "example";

const TLS =
  "it takes an object tls-creds-x509 of that id on both ends, with certificates that each trusts: that does not show in versions and settings";

/** Parameters that are features by their values; a number to try is that of an ordinary set-up. */
const PARAMETER_FEATURES: readonly MigrationFeature[] = [
  parameterFeature("multifd-channels", 4, ["multifd"]),
  ...valuesOf("multifd-compression").map((value) =>
    parameterFeature("multifd-compression", value, ["multifd"]),
  ),
  parameterFeature("zero-page-detection", "none", []),
  parameterFeature("zero-page-detection", "legacy", []),
  parameterFeature("zero-page-detection", "multifd", ["multifd"]),
  { ...parameterFeature("direct-io", true, ["mapped-ram"]), mode: "save-and-restore", transport: "file" },
  { ...parameterFeature("block-bitmap-mapping", EXAMPLE_MAPPING, ["dirty-bitmaps"]), bitmaps: true },
  ...valuesOf("mode").map(
    (value): MigrationFeature => ({
      ...parameterFeature("mode", value, []),
      ...(value === "cpr-reboot" ? { mode: "save-and-restore", transport: "file" } : { first: true }),
    }),
  ),
  { ...parameterFeature("tls-creds", "tls0", []), id: "tls", unseen: TLS },
];

/** What a parameter can be other than its default. */
function valuesOf(name: string): readonly string[] {
  const all = chaptersOf(PARAMETERS, name).flatMap(({ value }) => value.values ?? []);
  return [...new Set(all)].filter((value) => value !== chaptersOf(PARAMETERS, name).at(-1)?.value.default);
}

function parameterFeature(name: string, value: unknown, needs: readonly string[]): MigrationFeature {
  const sides = chaptersOf(PARAMETERS, name).at(-1)?.value.sides ?? "both";
  // The source acts on it; the destination only has to understand what comes, whether or not it has the parameter.
  const ends = name === "zero-page-detection" ? endsOf("source") : endsOf(sides);
  const isChoice = typeof value === "number" || (typeof value === "string" && value !== EXAMPLE_MAPPING);
  return {
    id: isChoice ? `${name}=${value}` : name,
    kind: "parameter",
    settings: [{ kind: "parameter", name, value, ends }],
    needs,
  };
}

/** How the bytes may go, and what may be done, beside plain precopy over TCP. */
const OTHER_FEATURES: readonly MigrationFeature[] = [
  { id: "transport=unix", kind: "transport", settings: [], needs: [], transport: "unix" },
  { id: "transport=exec", kind: "transport", settings: [], needs: [], transport: "exec" },
  { id: "transport=fd", kind: "transport", settings: [], needs: [], transport: "fd" },
  {
    id: "transport=file",
    kind: "transport",
    settings: [],
    needs: [],
    transport: "file",
    mode: "save-and-restore",
  },
  { id: "postcopy-recovery", kind: "mode", settings: [], needs: ["postcopy-ram"], mode: "postcopy-recovery" },
];

/** Everything that may be asked for by its name. */
export const FEATURES: readonly MigrationFeature[] = [
  ...CAPABILITY_FEATURES,
  ...PARAMETER_FEATURES,
  ...OTHER_FEATURES,
];

const BY_ID: ReadonlyMap<string, MigrationFeature> = new Map(
  FEATURES.map((feature) => [feature.id, feature]),
);

export function featureOf(id: string): MigrationFeature | undefined {
  return BY_ID.get(id);
}
