import type { ScenarioPeer } from "../check/scenario.ts";
import { compareVersions, lineOf, versionsOf } from "../releases.ts";
import { ENDS, type Ends, type MigrationFeature } from "./feature.ts";
import { type Judged, judged } from "./judge.ts";
import { lacking } from "./lacking.ts";
import { clashOf, withNeeds } from "./scenario.ts";

/** What one end, or both, would have to be upgraded to. */
export interface Upgrade {
  readonly end: "source" | "destination" | "both";
  /** The oldest release that is enough, of those tried: the first and the last of each line. */
  readonly qemu: string;
}

/** The smallest upgrade that brings features and satisfies `enough`: of one end if that does, else of both. */
export function upgradeFor(
  ends: Ends,
  features: readonly MigrationFeature[],
  enough: (after: Judged) => boolean,
): Upgrade | undefined {
  const all = withNeeds(features);
  if (clashOf(all)) return undefined;
  const isEnough = (upgrade: Upgrade) => {
    const after = afterUpgrade(ends, upgrade);
    return lacking(after, all).length === 0 && enough(judged(after, features));
  };
  const tries = ENDS.flatMap((end) => {
    const qemu = newerThan(ends[end].qemu).find((version) => isEnough({ end, qemu: version }));
    return qemu === undefined ? [] : [{ end, qemu }];
  });
  const [best] = tries.sort((a, b) => compareVersions(a.qemu, b.qemu));
  if (best) return best;
  const newest = [ends.source.qemu, ends.destination.qemu].sort(compareVersions).at(-1) ?? "";
  const qemu = newerThan(newest).find((version) => isEnough({ end: "both", qemu: version }));
  return qemu === undefined ? undefined : { end: "both", qemu };
}

/** The ends after an upgrade. */
export function afterUpgrade(ends: Ends, { end, qemu }: Upgrade): Ends {
  const isAt = (each: Upgrade["end"]) => end === each || end === "both";
  return {
    ...ends,
    ...(isAt("source") && { source: upgraded(ends.source, qemu) }),
    ...(isAt("destination") && { destination: upgraded(ends.destination, qemu) }),
  };
}

const newer = new Map<string, readonly string[]>();

/** Releases to upgrade to, the oldest first: the first and the last of each line. */
function newerThan(version: string): readonly string[] {
  const known =
    newer.get(version) ?? chosen(versionsOf("qemu").filter((each) => compareVersions(each, version) > 0));
  newer.set(version, known);
  return known;
}

function chosen(versions: readonly string[]): readonly string[] {
  return versions.filter((version, i) => {
    const isFirst = lineOf(version) !== lineOf(versions[i - 1] ?? "");
    const isLast = lineOf(version) !== lineOf(versions[i + 1] ?? "");
    return isFirst || isLast;
  });
}

/** A newer release has other capabilities than those that were told of the one there is. */
function upgraded({ build: _, states: __, ...peer }: ScenarioPeer, qemu: string): ScenarioPeer {
  return { ...peer, qemu };
}
