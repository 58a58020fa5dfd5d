import { type Bound, type Fact, valueAt } from "../../facts/fact.ts";
import type { SectionNames } from "../../facts/qemu/stream/section-names.ts";
import * as names from "../../facts/qemu/stream/section-names.ts";
import * as later from "../../facts/qemu/stream/section-names-later.ts";
import * as newer from "../../facts/qemu/stream/section-names-newer.ts";
import { atLeast, compareVersions } from "../../releases.ts";
import type { Load } from "./load.ts";
import { isX86 } from "./machine-type.ts";

/** Versions of a state that a release reads. */
export interface KnownState {
  readonly newest: number;
  readonly oldest: number;
}

/** State that exists once. */
const SINGLE: readonly string[] = ["ram", "block", "dirty-bitmap", "globalstate", "timer"];
/** From here on an instance may be the I/O port by which a device was named before. */
const LEGACY_INSTANCES = 16;
/** Nothing is known of the versions. */
const ANY: KnownState = { newest: Number.POSITIVE_INFINITY, oldest: 0 };

const { MOST_INSTANCES, NEEDS_PATH, ...states } = names;

const ALL: readonly Fact<SectionNames>[] = [states, later, newer].flatMap((file) =>
  Object.values<readonly Fact<SectionNames>[]>(file).flat(),
);

/**
 * What a release knows of a state by its section's name. Where it is not sure whether the name was known by then, and
 * for machines other than x86, it counts as known. Which devices the machine has is not asked.
 */
export function findState(
  { host: { peer }, receivedMachine }: Load,
  idstr: string,
  instance: number,
): KnownState | "no-such-name" | "no-such-instance" {
  const name = idstr.slice(idstr.lastIndexOf("/") + 1);
  const known = ALL.filter(({ value, since, until }) => {
    if (!Object.hasOwn(value, name)) return false;
    return mayHaveBegun(since, peer.version) && !hasEnded(until, peer.version);
  });
  if (!SINGLE.includes(idstr) && !isX86(peer.machine ?? receivedMachine)) return ANY;
  if (known.length === 0 || (idstr !== name && SINGLE.includes(name)) || lacksPath(idstr, peer.version))
    return "no-such-name";
  if (instance < LEGACY_INSTANCES && instance >= instancesOf(idstr, peer.version)) return "no-such-instance";
  if (SINGLE.includes(idstr) && instance !== 0) return "no-such-instance";
  const versions = known.map(({ value }) => value[name]).filter((version) => version !== undefined);
  return {
    newest: Math.max(...versions.map(([newest]) => newest)),
    oldest: Math.min(...versions.map(([, oldest]) => oldest)),
  };
}

/** What is known of the versions that a release has of a state; several where it is in doubt, none where nothing is known. */
export function versionsOfState(name: string, version: string): readonly KnownState[] {
  return ALL.filter(
    ({ value, since, until }) =>
      Object.hasOwn(value, name) && mayHaveBegun(since, version) && !hasEnded(until, version),
  ).flatMap(({ value }) => {
    const [newest, oldest] = value[name] ?? [];
    return newest === undefined || oldest === undefined ? [] : { newest, oldest };
  });
}

function mayHaveBegun(since: Bound, version: string): boolean {
  return typeof since === "string" ? atLeast(version, since) : compareVersions(version, since.after) > 0;
}

function hasEnded(until: Bound | undefined, version: string): boolean {
  if (until === undefined) return false;
  return atLeast(version, typeof until === "string" ? until : until.atLatest);
}

function instancesOf(idstr: string, version: string): number {
  const most = valueAt(MOST_INSTANCES, version, "later") ?? {};
  return (Object.hasOwn(most, idstr) ? most[idstr] : undefined) ?? Number.POSITIVE_INFINITY;
}

function lacksPath(idstr: string, version: string): boolean {
  return (
    !idstr.includes("/") &&
    (valueAt(NEEDS_PATH, version, "later") ?? []).some((beginning) => idstr.startsWith(beginning))
  );
}
