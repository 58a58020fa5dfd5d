import { type Fact, reached, valueAt } from "../facts/fact.ts";
import * as capabilities from "../facts/qemu/settings/capabilities.ts";
import * as capabilitiesNewer from "../facts/qemu/settings/capabilities-newer.ts";
import type { Capability } from "../facts/qemu/settings/capability.ts";
import type { Parameter } from "../facts/qemu/settings/parameter.ts";
import * as parameters from "../facts/qemu/settings/parameters.ts";
import * as parametersCompress from "../facts/qemu/settings/parameters-compress.ts";
import * as parametersMultifd from "../facts/qemu/settings/parameters-multifd.ts";
import * as parametersOthers from "../facts/qemu/settings/parameters-others.ts";
import * as parametersThrottle from "../facts/qemu/settings/parameters-throttle.ts";

/** Every capability there ever was, in the order in which they came. */
export const CAPABILITIES: readonly (readonly Fact<Capability>[])[] = [
  ...Object.values(capabilities),
  ...Object.values(capabilitiesNewer),
];

/** Every parameter there ever was. */
export const PARAMETERS: readonly (readonly Fact<Parameter>[])[] = [
  ...Object.values(parameters),
  ...Object.values(parametersMultifd),
  ...Object.values(parametersOthers),
  ...Object.values(parametersThrottle),
  ...Object.values(parametersCompress),
];

const impliedCapabilities = remember((qemu) => byName(CAPABILITIES, qemu));
const impliedParameters = remember((qemu) => byName(PARAMETERS, qemu));

/** The capabilities of a release, by name. */
export function capabilitiesOf(qemu: string): ReadonlyMap<string, Capability> {
  return impliedCapabilities(qemu);
}

/** The parameters of a release, by name. */
export function parametersOf(qemu: string): ReadonlyMap<string, Parameter> {
  return impliedParameters(qemu);
}

/** The chapters of what had this name in some release. */
export function chaptersOf<T extends { readonly name: string }>(
  all: readonly (readonly Fact<T>[])[],
  name: string,
): readonly Fact<T>[] {
  let named = byAnyName.get(all);
  if (!named) {
    named = new Map(
      all.toReversed().flatMap((chapters) => chapters.map(({ value }) => [value.name, chapters])),
    );
    byAnyName.set(all, named);
  }
  return (named.get(name) as readonly Fact<T>[] | undefined) ?? NONE;
}

const NONE: readonly never[] = [];
const byAnyName = new WeakMap<object, ReadonlyMap<string, readonly Fact<unknown>[]>>();

/** The first release with this name, in words: `8.1`; undefined for a name that none has. */
export function firstWith<T extends { readonly name: string }>(
  all: readonly (readonly Fact<T>[])[],
  name: string,
): string | undefined {
  const since = chaptersOf(all, name).find(({ value }) => value.name === name)?.since;
  return since === undefined || typeof since === "string" ? since : since.atLatest;
}

/** The release from which on there is no such name; undefined where there still is one, or never was. */
export function goneSince<T extends { readonly name: string }>(
  all: readonly (readonly Fact<T>[])[],
  name: string,
  qemu: string,
): string | undefined {
  const last = chaptersOf(all, name).findLast(({ value }) => value.name === name)?.until;
  if (last === undefined || !reached(last, qemu, "later")) return undefined;
  return typeof last === "string" ? last : last.atLatest;
}

function byName<T extends { readonly name: string }>(
  all: readonly (readonly Fact<T>[])[],
  qemu: string,
): ReadonlyMap<string, T> {
  const values = all.map((chapters) => valueAt(chapters, qemu, "later"));
  return new Map(values.filter((value) => value !== undefined).map((value) => [value.name, value]));
}

/** Versions come from a closed list, so what is remembered is bounded. */
function remember<T>(make: (qemu: string) => T): (qemu: string) => T {
  const made = new Map<string, T>();
  return (qemu) => {
    const known = made.get(qemu) ?? make(qemu);
    made.set(qemu, known);
    return known;
  };
}
