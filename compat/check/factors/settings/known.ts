import { chapterAt, type Fact, valueAt } from "../../../facts/fact.ts";
import { CAPABILITIES, chaptersOf, PARAMETERS } from "../../../inventory/implied.ts";
import type { End } from "../../end.ts";
import { perVersion } from "./per-version.ts";

type Named = { readonly name: string };
type Subject<T> = readonly Fact<T>[];

/** A capability or parameter that a release has, and the chapter that says so. */
export interface Known<T> {
  readonly value: T;
  readonly fact: Fact<T>;
}

type Table<T> = ReadonlyMap<string, Known<T>>;

function table<T extends Named>(subjects: readonly Subject<T>[], version: string): Table<T> {
  const known = new Map<string, Known<T>>();
  for (const subject of subjects) {
    const value = valueAt(subject, version, "later");
    const fact = chapterAt(subject, version, "later");
    if (value && fact) known.set(value.name, { value, fact });
  }
  return known;
}

/** Every capability of a release, by name. */
export const capabilitiesOf = perVersion((version) => table(CAPABILITIES, version));

/** Every parameter of a release, by name. */
export const parametersOf = perVersion((version) => table(PARAMETERS, version));

/** Whether an end has a capability; what it states itself counts more than its version. */
export function endHasCapability({ version, peer }: End, name: string): boolean {
  return peer.states?.capabilities?.includes(name) ?? capabilitiesOf(version).has(name);
}

/** Whether an end has a parameter. */
export function endHasParameter({ version, peer }: End, name: string): boolean {
  return peer.states?.parameters?.includes(name) ?? parametersOf(version).has(name);
}

/** In which releases there is such a name, as a clause: `it is there since 8.1`. */
export function whereKnown<T extends Named>(subjects: readonly Subject<T>[], name: string): string {
  const chapters = chaptersOf(subjects, name).filter(({ value }) => value.name === name);
  const [first, last] = [chapters[0], chapters.at(-1)];
  if (!first || !last) return "no release that is known has it";
  const since = boundText(first.since);
  if (last.until === undefined) return `it is there since ${since}`;
  return `it was there from ${since} on, and is gone since ${boundText(last.until)}`;
}

function boundText(bound: Fact["since"]): string {
  return typeof bound === "string" ? bound : bound.atLatest;
}
