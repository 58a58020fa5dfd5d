import type { Scenario, ScenarioPeer } from "../check/scenario.ts";
import { clashOf, scenariosWith, withNeeds } from "../negotiate/scenario.ts";
import { WantedError, wantedFeatures } from "../negotiate/wanted.ts";
import { linesOfQemu } from "../releases.ts";

/** What is set and done for some features to be used. */
export interface FeatureSetup extends Pick<Scenario, "mode" | "transport"> {
  readonly source: Pick<ScenarioPeer, "capabilities" | "parameters">;
  readonly destination: Pick<ScenarioPeer, "capabilities" | "parameters">;
}

/** What to set for features by their names, with all that they need. Throws a WantedError for what is none, or no set. */
export function setupFor(names: readonly string[]): FeatureSetup {
  const features = withNeeds(wantedFeatures(names));
  const clash = clashOf(features);
  if (clash) throw new WantedError(`${clash.features.join(" and ")} exclude each other: ${clash.about}`);
  const newest = { qemu: linesOfQemu().at(-1) ?? "" };
  const [scenario] = scenariosWith({ source: newest, destination: newest }, features);
  const { source = newest, destination = newest, mode, transport } = scenario ?? {};
  return {
    source: settingsOf(source),
    destination: settingsOf(destination),
    ...(mode === undefined ? {} : { mode }),
    ...(transport === undefined ? {} : { transport }),
  };
}

function settingsOf({ capabilities = {}, parameters = {} }: ScenarioPeer): FeatureSetup["source"] {
  return { capabilities, parameters };
}
