import { byteLength } from "../../../bitmaps/byte-length.ts";
import { ALIASES } from "../../../facts/qemu/dirty-bitmap/dirty-bitmap.ts";
import type { ScenarioChange } from "../../change.ts";
import { endOf } from "../../end.ts";
import { unset } from "../../fixes.ts";
import type { Scenario } from "../../scenario.ts";
import { bitmapsOf } from "./bitmaps-of.ts";

const MAPPING = "block-bitmap-mapping";
const LONGEST = 255;
const LONGEST_MAPPED = 1023;

/**
 * No mapping on either side, and the nodes of all bitmaps on the destination under their names, or aliases where those are too
 * long; undefined where neither can be, or the destination has such bitmaps of its own.
 */
export function bitmapsArrive(scenario: Scenario): readonly ScenarioChange[] | undefined {
  const bitmaps = bitmapsOf(endOf("source", scenario.source));
  const own = bitmapsOf(endOf("destination", scenario.destination));
  const isTaken = bitmaps.some(({ node, name }) =>
    own.some((each) => each.node === node && each.name === name),
  );
  if (isTaken || bitmaps.some(({ node }) => node.startsWith("#"))) return undefined;
  if (bitmaps.some(({ name }) => byteLength(name) > LONGEST)) return aliased(scenario);
  const known = scenario.destination.nodes ?? [];
  const nodes = [...new Set([...known, ...bitmaps.map(({ node }) => node)])];
  const added: readonly ScenarioChange[] = nodes.length > known.length ? [{ end: "destination", nodes }] : [];
  return [...unset(scenario, MAPPING), ...added];
}

/** The same short aliases on both sides for names that are too long to send, where both releases have aliases. */
export function aliased(scenario: Scenario): readonly ScenarioChange[] | undefined {
  const ends = [endOf("source", scenario.source), endOf("destination", scenario.destination)] as const;
  if (ends.some((end) => end.value(ALIASES) !== true)) return undefined;
  const bitmaps = bitmapsOf(ends[0]);
  if (bitmaps.some(({ name }) => byteLength(name) > LONGEST_MAPPED)) return undefined;
  const nodes = [...new Set(bitmaps.map(({ node }) => node))];
  const mapping = nodes.map((node, i) => ({
    "node-name": node,
    alias: `node${i}`,
    bitmaps: bitmaps
      .filter((each) => each.node === node)
      .map(({ name }, j) => ({ name, alias: `bitmap${j}` })),
  }));
  const known = scenario.destination.nodes ?? [];
  return [
    { end: "source", parameter: MAPPING, value: mapping },
    { end: "destination", parameter: MAPPING, value: mapping },
    { end: "destination", nodes: [...new Set([...known, ...nodes])] },
  ];
}

/** The destination without the bitmaps of its own that come from the source too, or that one of them is given the name of. */
export function withoutOwnBitmaps(
  { source, destination }: Scenario,
  taken: string,
): readonly ScenarioChange[] {
  const coming = new Set([taken, ...bitmapsOf(endOf("source", source)).map(({ name }) => name)]);
  const bitmaps = bitmapsOf(endOf("destination", destination)).filter(({ name }) => !coming.has(name));
  return [{ end: "destination", bitmaps }];
}
