import type { ScenarioPeer } from "../check/scenario.ts";
import { type Fact, valueAt } from "../facts/fact.ts";
import type { Parameter } from "../facts/qemu/settings/parameter.ts";
import type { End } from "../gate.ts";
import { CAPABILITIES, chaptersOf, goneSince, PARAMETERS } from "../inventory/implied.ts";
import { EXAMPLE_MAPPING } from "./catalogue.ts";
import { ENDS, type Ends, type FeatureSetting, type MigrationFeature } from "./feature.ts";
import type { Reason } from "./reason.ts";
import { nameAt } from "./scenario.ts";

interface Named {
  readonly name: string;
}

/** What the ends do not have of what features set on them. */
export function lacking(ends: Ends, features: readonly MigrationFeature[]): readonly Reason[] {
  return ENDS.flatMap((end) =>
    features.flatMap(({ settings }) =>
      settings.flatMap((setting) => (setting.ends.includes(end) ? lack(end, ends[end], setting) : [])),
    ),
  );
}

function lack(end: End, peer: ScenarioPeer, setting: FeatureSetting): readonly Reason[] {
  const name = nameAt(setting, peer.qemu);
  const told = setting.kind === "capability" ? peer.states?.capabilities : peer.states?.parameters;
  const all: readonly (readonly Fact<Named>[])[] = setting.kind === "capability" ? CAPABILITIES : PARAMETERS;
  const implied = valueAt(chaptersOf(all, name), peer.qemu, "later");
  const has = told ? told.includes(name) || told.includes(setting.name) : implied !== undefined;
  if (!has) {
    const why = told && implied ? ", though its release has it" : history(all, setting.name, peer.qemu);
    return [
      {
        end,
        why: "not-implemented",
        text: `the ${end}, QEMU ${peer.qemu}, does not have ${setting.name}${why}`,
        remedy: null,
      },
    ];
  }
  return setting.kind === "parameter" ? notAValue(end, peer, setting) : [];
}

function history(all: readonly (readonly Fact<Named>[])[], name: string, qemu: string): string {
  const gone = goneSince(all, name, qemu);
  if (gone !== undefined) return ` any more: ${gone} is the first without it`;
  const [first] = chaptersOf(all, name);
  if (!first) return "";
  const since = typeof first.since === "string" ? first.since : first.since.atLatest;
  const then = first.value.name === name ? "" : `, as ${first.value.name}`;
  return `; ${since} is the first that has${then}`;
}

type ParameterSetting = Extract<FeatureSetting, { kind: "parameter" }>;

function notAValue(
  end: End,
  { qemu, states }: ScenarioPeer,
  { name, value }: ParameterSetting,
): readonly Reason[] {
  const chapters = chaptersOf(PARAMETERS, name);
  const parameter = valueAt(chapters, qemu, "later");
  if (!parameter || value === EXAMPLE_MAPPING || fits(parameter, value)) return [];
  const shown = String(value);
  const first = chapters.find((chapter) => chapter.value.values?.includes(shown))?.since;
  const since = typeof first === "string" ? `; ${first} is the first with it` : "";
  const what = parameter.values ? `no value of ${name}` : `out of the range of ${name}`;
  const remedy = states
    ? "A build with a backport may have it all the same: ask it with query-qmp-schema."
    : null;
  return [
    { end, why: "not-a-value", text: `${shown} is ${what} at the ${end}, QEMU ${qemu}${since}`, remedy },
  ];
}

function fits({ kind, values, min, max }: Parameter, value: unknown): boolean {
  if (values) return typeof value === "string" && values.includes(value);
  if (kind === "boolean") return typeof value === "boolean";
  if (kind !== "integer") return true;
  return typeof value === "number" && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}
