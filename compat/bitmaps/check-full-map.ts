import type { MappingLimits } from "../facts/qemu/settings/mapping-errors.ts";
import { byteLength } from "./byte-length.ts";
import type { FullMap, MappingFinding, NamedBitmap } from "./mapping.ts";

/** What is known besides the file. */
export interface MappingContext {
  /** QEMU version of both sides. */
  readonly release: string;
  /** Block nodes of the destination. */
  readonly nodes?: readonly string[] | undefined;
  /** Bitmaps of the source. */
  readonly bitmaps?: readonly NamedBitmap[] | undefined;
}

/** Checks a full map: each bitmap once, each goal once, every bitmap covered, names that fit. */
export function checkFullMap(
  entries: FullMap,
  { nodes, bitmaps }: MappingContext,
  limits: MappingLimits,
): readonly MappingFinding[] {
  const findings: MappingFinding[] = [];
  const sources = new Map<string, number>();
  const goals = new Map<string, number>();
  const there = nodes && new Set(nodes);
  for (const [i, { "node-name": node, name, to }] of entries.entries()) {
    const path = `full-map[${i}]`;
    const before = sources.get(keyOf(node, name));
    if (before !== undefined)
      findings.push(
        error(
          "BITMAP_MAPPED_ONCE",
          path,
          `Bitmap '${name}' on node '${node}' is in full-map[${before}] already.`,
          "Keep one of the two entries.",
        ),
      );
    sources.set(keyOf(node, name), before ?? i);
    if (!to) continue;
    const other = goals.get(keyOf(to["node-name"], to.name));
    if (other !== undefined)
      findings.push(
        error(
          "BITMAP_GOAL_ONCE",
          `${path}.to`,
          `full-map[${other}] goes to '${to.name}' on node '${to["node-name"]}' as well.`,
          "Give one of the two another name on the destination, or drop it.",
        ),
      );
    goals.set(keyOf(to["node-name"], to.name), other ?? i);
    findings.push(...checkGoal(`${path}.to`, to, there, limits));
  }
  return [...findings, ...coverage(sources, bitmaps), GRAMMAR];
}

function checkGoal(
  path: string,
  { "node-name": node, name }: NamedPlace,
  nodes: ReadonlySet<string> | undefined,
  limits: MappingLimits,
): readonly MappingFinding[] {
  const findings: MappingFinding[] = [];
  if (nodes && !nodes.has(node))
    findings.push(
      error(
        "BITMAP_NODE_EXISTS",
        `${path}.node-name`,
        `The destination has no node '${node}': all bitmaps would be dropped, and both sides report success.`,
        "Name a node of the destination, or give it one of that name.",
      ),
    );
  if (byteLength(node) > limits.nodeName)
    findings.push(
      error(
        "BITMAP_NAME_FITS",
        `${path}.node-name`,
        `A node's name has at most ${limits.nodeName} bytes; this one has ${byteLength(node)}.`,
        "Name the node as the destination does.",
      ),
    );
  if (byteLength(name) > limits.bitmapName)
    findings.push(
      error(
        "BITMAP_NAME_FITS",
        `${path}.name`,
        `A bitmap's name has at most ${limits.bitmapName} bytes; this one has ${byteLength(name)}.`,
        "Choose a shorter name.",
      ),
    );
  return findings;
}

const GRAMMAR: MappingFinding = {
  rule: "FULL_MAP_OURS",
  level: "note",
  path: "",
  message:
    "No QEMU takes a full map: it was thought of on qemu-devel in October 2019 without a written grammar, and this one is migwire's.",
  remedy: "Translate it: --to block-bitmap-mapping.",
};

interface NamedPlace {
  readonly "node-name": string;
  readonly name: string;
}

function coverage(
  entries: ReadonlyMap<string, number>,
  bitmaps: readonly NamedBitmap[] | undefined,
): readonly MappingFinding[] {
  if (!bitmaps) return [];
  const named = new Set(bitmaps.map(({ node, name }) => keyOf(node, name)));
  const uncovered = bitmaps
    .filter(({ node, name }) => !entries.has(keyOf(node, name)))
    .map(({ node, name }) =>
      error(
        "BITMAP_COVERED",
        "full-map",
        `Bitmap '${name}' on node '${node}' is neither mapped nor dropped.`,
        "Say where it goes (to), or drop: true.",
      ),
    );
  const unknown = [...entries]
    .filter(([key]) => !named.has(key))
    .map(
      ([, i]): MappingFinding => ({
        rule: "BITMAP_EXISTS",
        level: "warning",
        path: `full-map[${i}]`,
        message: "The source has no such bitmap.",
        remedy: "Take the entry out, or correct its names.",
      }),
    );
  return [...uncovered, ...unknown];
}

/** A bitmap by both its names. */
export function keyOf(node: string, name: string): string {
  return `${node.length} ${node}${name}`;
}

export function error(rule: string, path: string, message: string, remedy: string): MappingFinding {
  return { rule, level: "error", path, message, remedy };
}
