import { givenMapping, type MappedNode } from "../../bitmaps/given-mapping.ts";
import { UNKNOWN_NODE, UNKNOWN_NODE_ALIAS } from "../../facts/qemu/dirty-bitmap/dirty-bitmap.ts";
import type { Load } from "../main-channel/load.ts";
import { report } from "../postcopy/refuse.ts";
import { type BitmapNode, bitmapLoad } from "./bitmap-load.ts";

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
  const mapped = mapping.find((each) => each.node === node.node);
  return mapped?.bitmaps.findLast((bitmap) => bitmap.alias === alias)?.name;
}

/** The parameter block-bitmap-mapping, as far as it is one. */
function mappingOf({ host: { peer } }: Load): readonly MappedNode[] | undefined {
  return givenMapping(peer.parameters?.["block-bitmap-mapping"], peer.version);
}
