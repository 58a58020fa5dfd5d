import type { End } from "../end.ts";
import type { Factor, Problem } from "../factor.ts";
import { isModelled, MODELLED_SINCE } from "../modelled.ts";
import type { CheckWording } from "../wording.ts";

/** Of releases that no fact speaks of nothing is said. */
export const releaseModelled: Factor = {
  rule: "RELEASE_MODELLED",
  purpose: "Checks that both ends are of releases that are modelled.",
  reference: "migration/: the return path, footers and the configuration section came with 2.4 and 2.5",
  find({ source, destination }) {
    if (isModelled(source.version) && isModelled(destination.version)) return NONE;
    return [source, destination].filter(isTooOld).map(problemOf);
  },
};

export const RELEASE_MODELLED: CheckWording = {
  message: ({ end, version }) => `the ${end}, qemu ${version}, is older than any release that is modelled`,
  remedy: () => `Releases from ${MODELLED_SINCE} on are modelled. Try such a pair in a lab before a rollout.`,
};

const NONE: readonly Problem[] = [];

function isTooOld({ version }: End): boolean {
  return !isModelled(version);
}

function problemOf({ role, version }: End): Problem {
  const nothing = { state: null, error: null };
  return {
    step: "start source",
    ending: { outcome: "unknown", alternatives: [], stage: "start", source: nothing, destination: nothing },
    level: "warning",
    args: { end: role, version },
    facts: [],
  };
}
