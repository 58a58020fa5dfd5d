import type { MappingLimits } from "../facts/qemu/settings/mapping-errors.ts";
import { byteLength } from "./byte-length.ts";
import { error } from "./check-full-map.ts";
import type {
  BitmapAlias,
  BlockBitmapMapping,
  FullMap,
  FullMapEntry,
  MappingFinding,
  NodeAlias,
} from "./mapping.ts";

/** A mapping of the other kind, and what of it could not be said there. */
export interface Translated<T> {
  readonly value: T;
  readonly findings: readonly MappingFinding[];
}

/** The parameter for both sides. */
export interface BothSides {
  readonly source: BlockBitmapMapping;
  readonly destination: BlockBitmapMapping;
}

const WELL_FORMED = /^[A-Za-z][\w.-]*$/;

/** A full map as block-bitmap-mapping of both sides. Bitmaps of one node have to go to one node. */
export function toShipped(entries: FullMap, limits: MappingLimits): Translated<BothSides> {
  const findings: MappingFinding[] = [];
  const goals = new Map<string, string>();
  const froms = new Map<string, string>();
  const nodes = new Map<
    string,
    { node: string; alias: string; pairs: { name: string; alias: string; to: string }[] }
  >();
  for (const [i, { "node-name": from, name, to }] of entries.entries()) {
    if (!to) continue;
    const goal = goals.get(from) ?? to["node-name"];
    const origin = froms.get(goal) ?? from;
    if (goal !== to["node-name"] || origin !== from) {
      findings.push(apart(i, from, to["node-name"], goal !== to["node-name"]));
      continue;
    }
    goals.set(from, goal);
    froms.set(goal, from);
    const node = nodes.get(from) ?? { node: goal, alias: aliasOf(goal, nodes.size, limits), pairs: [] };
    nodes.set(from, node);
    node.pairs.push({ name, alias: fitting(to.name, node.pairs.length, limits), to: to.name });
  }
  const source: NodeAlias[] = [];
  const destination: NodeAlias[] = [];
  for (const [from, { node, alias, pairs }] of nodes) {
    source.push({
      "node-name": from,
      alias,
      bitmaps: pairs.map(({ name, alias: own }) => ({ name, alias: own })),
    });
    destination.push({
      "node-name": node,
      alias,
      bitmaps: pairs.map(({ to, alias: own }) => ({ name: to, alias: own })),
    });
  }
  return { value: { source, destination }, findings };
}

/** block-bitmap-mapping of both sides as a full map; without one on the destination aliases are names there. */
export function toFullMap(
  source: BlockBitmapMapping,
  destination: BlockBitmapMapping | undefined,
): Translated<FullMap> {
  const findings: MappingFinding[] = [];
  const entries = source.flatMap((node, i) =>
    node.bitmaps.map((bitmap, j): FullMapEntry => {
      const from = { "node-name": node["node-name"], name: bitmap.name };
      const to = goalOf(node, bitmap, destination);
      const path = `source[${i}].bitmaps[${j}]`;
      if (bitmap.transform)
        findings.push({
          rule: "TRANSFORM_SAYABLE",
          level: "warning",
          path: `${path}.transform`,
          message: "A full map has no word for transform: it is left out.",
          remedy: "Set it again where the map is translated back.",
        });
      if (to) return { ...from, to };
      findings.push({
        rule: "ALIASES_MEET",
        level: "warning",
        path,
        message: "It arrives nowhere, so the full map drops it.",
        remedy: "Use the same aliases on both sides.",
      });
      return { ...from, drop: true };
    }),
  );
  return { value: entries, findings };
}

function goalOf(
  node: NodeAlias,
  bitmap: BitmapAlias,
  destination: BlockBitmapMapping | undefined,
): FullMapEntry["to"] {
  if (!destination) return { "node-name": node.alias, name: bitmap.alias };
  const there = destination.find(({ alias }) => alias === node.alias);
  const own = there?.bitmaps.find(({ alias }) => alias === bitmap.alias);
  return there && own && { "node-name": there["node-name"], name: own.name };
}

function apart(i: number, from: string, to: string, splits: boolean): MappingFinding {
  const what = splits
    ? `bitmaps of node '${from}' go to several nodes`
    : `bitmaps of several nodes go to node '${to}'`;
  return error(
    "NODES_ONE_TO_ONE",
    `full-map[${i}].to.node-name`,
    `block-bitmap-mapping cannot say it: ${what}, and a node has one alias.`,
    "Send them to one node and copy there (block-dirty-bitmap-merge), or drop them.",
  );
}

/** A node's alias is an identifier. */
function aliasOf(node: string, index: number, limits: MappingLimits): string {
  return WELL_FORMED.test(node) && byteLength(node) <= limits.alias ? node : `node${index}`;
}

function fitting(name: string, index: number, limits: MappingLimits): string {
  return byteLength(name) <= limits.alias ? name : `bitmap${index}`;
}
