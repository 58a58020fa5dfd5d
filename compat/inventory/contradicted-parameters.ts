import type { VerdictFinding } from "../check/verdict.ts";
import { chapterAt } from "../facts/fact.ts";
import * as compatProperties from "../facts/qemu/settings/compat-properties.ts";
import type { Parameter } from "../facts/qemu/settings/parameter.ts";
import { inventoryFinding } from "./finding.ts";
import { chaptersOf, firstWith, goneSince, PARAMETERS, parametersOf } from "./implied.ts";
import { listed } from "./names.ts";
import { printableName } from "./printable-name.ts";

type Told = Readonly<Record<string, unknown>>;

/** What of the parameters is other than the release's defaults; the rest need not be told of a peer. */
export function settingsOf(qemu: string, told: Told): Told {
  const implied = parametersOf(qemu);
  return Object.fromEntries(
    Object.entries(told).filter(([name, value]) => {
      const parameter = implied.get(name);
      return parameter !== undefined && !isDefault(parameter, value);
    }),
  );
}

/** Where the parameters that a peer lists are others than those of its release, or have other values. */
export function parameterFindings(qemu: string, told: Told | undefined): VerdictFinding[] {
  if (!told) return [];
  const implied = parametersOf(qemu);
  const missing = [...implied.values()].filter(({ name, default: standard }) => {
    return standard !== null && !Object.hasOwn(told, name);
  });
  const extra = Object.keys(told).filter((name) => !implied.has(name));
  const names = missing.map(({ name }) => name);
  return [
    ...(missing.length > 0
      ? [
          inventoryFinding(
            "INVENTORY_PARAMETER_MISSING",
            "warning",
            { names: listed(names), qemu },
            factsOf(names, qemu),
          ),
        ]
      : []),
    ...(extra.length > 0 ? [extraFinding(qemu, extra)] : []),
    ...Object.entries(settingsOf(qemu, told)).flatMap(([name, value]) => differs(qemu, name, value)),
  ];
}

function extraFinding(qemu: string, extra: readonly string[]): VerdictFinding {
  const told = extra.flatMap((name) => {
    const gone = goneSince(PARAMETERS, name, qemu);
    const first = firstWith(PARAMETERS, name);
    if (gone !== undefined) return [`${name} is gone since ${gone}`];
    return first === undefined ? [] : [`${name} came with ${first}`];
  });
  const since = told.length > 0 ? ` (${listed(told)})` : "";
  const names = listed(extra.map(printableName));
  const facts = extra.flatMap((name) => chaptersOf(PARAMETERS, name).slice(0, 1));
  return inventoryFinding("INVENTORY_PARAMETER_EXTRA", "warning", { names, qemu, since }, facts);
}

function differs(qemu: string, name: string, value: unknown): VerdictFinding[] {
  const standard = parametersOf(qemu).get(name)?.default;
  const args = { name, qemu, value: shown(value), standard: shown(standard) };
  return [inventoryFinding("INVENTORY_DEFAULT_DIFFERS", "note", args, factsOf([name], qemu))];
}

function factsOf(names: readonly string[], qemu: string) {
  return names.flatMap((name) => chapterAt(chaptersOf(PARAMETERS, name), qemu, "later") ?? []);
}

const PROPERTIES = Object.values(compatProperties);

function isDefault({ name, default: standard }: Parameter, value: unknown): boolean {
  if (value === standard || (standard === "" && value === null)) return true;
  if (standard === null) return Array.isArray(value) ? value.length === 0 : value === "";
  const byMachine = PROPERTIES.find((chapters) => chapters[0]?.value.name === name)?.at(-1)?.value.forOlder;
  return byMachine?.value === value;
}

function shown(value: unknown): string {
  return value === "" ? "empty" : printableName(typeof value === "string" ? value : JSON.stringify(value));
}
