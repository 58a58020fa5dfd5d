import { valueAt } from "../../facts/fact.ts";
import { ALIASES, UNKNOWN_NODE, UNKNOWN_NODE_ALIAS } from "../../facts/qemu/dirty-bitmap/dirty-bitmap.ts";
import type { Load } from "../main-channel/load.ts";
import { report } from "../postcopy/refuse.ts";
import { type BitmapNode, bitmapLoad } from "./bitmap-load.ts";

interface MappedNode {
  readonly node: string;
  readonly alias: string;
  readonly bitmaps: ReadonlyMap<string, string>;
}

/** The node that the stream calls `name`: by its alias where there is a mapping, else by its device or its own name. */
export function findNode(load: Load, name: string): BitmapNode | undefined {
  const { nodes } = bitmapLoad(load);
  const mapping = mappingOf(load);
  if (mapping) {
    const mapped = mapping.find(({ alias }) => alias === name);
    if (!mapped) report(load, UNKNOWN_NODE_ALIAS, name);
    else {
      const found = nodes.find(({ node }) => node === mapped.node);
      if (!found) report(load, UNKNOWN_NODE, "", mapped.node);
      return found;
    }
    return undefined;
  }
  const found = nodes.find(({ device }) => device === name) ?? nodes.find(({ node }) => node === name);
  if (!found) report(load, UNKNOWN_NODE, name, name);
  return found;
}

/** The bitmap that the stream calls `alias` on a node; undefined where the mapping has none. */
export function findBitmapName(load: Load, node: BitmapNode, alias: string): string | undefined {
  const mapping = mappingOf(load);
  if (!mapping) return alias;
  return mapping.find((mapped) => mapped.node === node.node)?.bitmaps.get(alias);
}

/** The parameter block-bitmap-mapping, as far as it is one. */
function mappingOf({ host: { peer } }: Load): readonly MappedNode[] | undefined {
  const given = peer.parameters?.["block-bitmap-mapping"];
  if (!Array.isArray(given) || !valueAt(ALIASES, peer.version, "later")) return undefined;
  return given.filter(isRecord).map((entry) => ({
    node: text(entry["node-name"]),
    alias: text(entry.alias),
    bitmaps: new Map(
      (Array.isArray(entry.bitmaps) ? entry.bitmaps : [])
        .filter(isRecord)
        .map(({ alias, name }): [string, string] => [text(alias), text(name)]),
    ),
  }));
}

/** A name; other values are none of QEMU's. */
function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
