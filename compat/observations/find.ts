import type { Scenario } from "../check/scenario.ts";
import { endsOf, keyOf, outlineOf, setupOf } from "./key.ts";
import type { ObservedRun, Recorded } from "./observation.ts";
import { RECORDED } from "./recorded.ts";

let parsed: Recorded | undefined;

function recorded(): Recorded {
  parsed ??= JSON.parse(RECORDED) as Recorded;
  return parsed;
}

let versions: ReadonlySet<string> | undefined;
/** By both ends, then by the setup. */
let index: Map<string, Map<string, ObservedRun[]>> | undefined;
/** Most scenarios were never run, and few look like one that was. */
let outlines: ReadonlySet<string> | undefined;

const NONE: readonly ObservedRun[] = [];

/** The runs of exactly this scenario; of one whose workload is told, those with that workload where there are any. */
export function findRuns(scenario: Scenario): readonly ObservedRun[] {
  index ??= indexed();
  outlines ??= new Set(recorded().setups.map(outlineOf));
  const ofEnds = index.get(endsOf(scenario));
  if (!ofEnds || !outlines.has(outlineOf(scenario))) return NONE;
  const runs = ofEnds.get(keyOf(setupOf(scenario))) ?? NONE;
  if (scenario.workload === undefined) return runs;
  const alike = runs.filter(({ workload }) => workload === scenario.workload);
  return alike.length > 0 ? alike : runs;
}

/** Whether any run had this version as one of its ends. */
export function wasRun(version: string): boolean {
  versions ??= new Set(
    recorded().runs.flatMap(({ ends }) => ends.split(" > ").map((end) => end.split(" ", 1)[0] ?? "")),
  );
  return versions.has(version);
}

/** A recorded text by its place in the table. */
export function recordedText(place: number | undefined): string | null {
  return place === undefined ? null : (recorded().texts[place] ?? null);
}

function indexed() {
  const keys = recorded().setups.map(keyOf);
  const found: NonNullable<typeof index> = new Map();
  for (const run of recorded().runs) {
    const ofEnds = found.get(run.ends) ?? new Map<string, ObservedRun[]>();
    found.set(run.ends, ofEnds);
    const key = keys[run.setup] ?? "";
    const runs = ofEnds.get(key) ?? [];
    ofEnds.set(key, runs);
    runs.push(run);
  }
  return found;
}
