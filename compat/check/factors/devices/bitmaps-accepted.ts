import type { MappedNode } from "../../../bitmaps/given-mapping.ts";
import type { ErrorText } from "../../../facts/error-text.ts";
import type { Fact } from "../../../facts/fact.ts";
import {
  BITMAP_EXISTS,
  LENIENT,
  UNKNOWN_BITMAP_ALIAS,
  UNKNOWN_NODE,
  UNKNOWN_NODE_ALIAS,
} from "../../../facts/qemu/dirty-bitmap/dirty-bitmap.ts";
import { BITMAPS_DROPPED_SILENTLY } from "../../../facts/qemu/errata/errata-files.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End, Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { earOf } from "../../endings/ear.ts";
import { inSection, type LoadError, loadError, loadErrorLines } from "../../endings/load-failed.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { mappingOf } from "./bitmap-mapping.ts";
import { bitmapsLost } from "./bitmaps-lost.ts";
import { bitmapsOf, sentBitmaps } from "./bitmaps-of.ts";
import { ends, NOTHING } from "./problem.ts";

const BITMAP_VERSION = 1;

export const bitmapsAccepted: Factor = {
  rule: "BITMAPS_ACCEPTED",
  purpose:
    "Checks that the destination finds the node of every bitmap, by name or alias, and has no bitmap of that name.",
  reference: "migration/block-dirty-bitmap.c, dirty_bitmap_load_header() and dirty_bitmap_load_start()",
  find(pair) {
    const all = sentBitmaps(pair.source);
    if (all.length === 0) return NOTHING;
    const there = placesOn(pair.destination);
    for (const { as, bitmap } of all) {
      const fault = as && faultOf(there, as.node, as.bitmap);
      if (fault) return [problemOf(pair, fault, { ...bitmap, alias: as.node, count: all.length })];
    }
    return NOTHING;
  },
};

interface Places {
  readonly mapping: readonly MappedNode[] | undefined;
  readonly nodes: ReadonlySet<unknown>;
  readonly bitmaps: ReadonlySet<string>;
}

interface Fault {
  readonly why: "node" | "alias" | "bitmap-alias" | "exists";
  readonly text: readonly Fact<ErrorText>[];
  readonly values: readonly string[];
}

function placesOn(end: End): Places {
  const { nodes } = end.peer;
  return {
    mapping: mappingOf(end),
    nodes: new Set(Array.isArray(nodes) ? nodes : []),
    bitmaps: new Set(bitmapsOf(end).map(({ node, name }) => keyOf(node, name))),
  };
}

/** What the destination finds wrong with a bitmap that comes under these names. */
function faultOf({ mapping, nodes, bitmaps }: Places, node: string, bitmap: string): Fault | undefined {
  if (!mapping) {
    if (!nodes.has(node)) return { why: "node", text: UNKNOWN_NODE, values: [node, node] };
    return exists(bitmaps, node, bitmap);
  }
  const mapped = mapping.find(({ alias }) => alias === node);
  if (!mapped) return { why: "alias", text: UNKNOWN_NODE_ALIAS, values: [node] };
  if (!nodes.has(mapped.node)) return { why: "node", text: UNKNOWN_NODE, values: ["", mapped.node] };
  const own = mapped.bitmaps.find(({ alias }) => alias === bitmap);
  if (!own) return { why: "bitmap-alias", text: UNKNOWN_BITMAP_ALIAS, values: [bitmap, mapped.node, node] };
  return exists(bitmaps, mapped.node, own.name);
}

function exists(bitmaps: ReadonlySet<string>, node: string, name: string): Fault | undefined {
  return bitmaps.has(keyOf(node, name)) ? { why: "exists", text: BITMAP_EXISTS, values: [name] } : undefined;
}

function keyOf(node: string, name: string): string {
  return `${node}\n${name}`;
}

/** A bitmap that exists ends the load; of the others newer releases complain, and drop all bitmaps that come. */
function problemOf(pair: Pair, { why, text, values }: Fault, args: Problem["args"]): Problem {
  const { destination } = pair;
  const error = loadError(destination, "EINVAL", text, ...values);
  const lenient = why !== "exists" && destination.value(LENIENT) === true;
  const facts = [
    ...chaptersFor(destination, text),
    ...(lenient
      ? [...chaptersFor(destination, LENIENT), ...chaptersFor(destination, BITMAPS_DROPPED_SILENTLY)]
      : []),
  ];
  const told = Array.isArray(destination.peer.nodes);
  const all = { ...args, ear: earOf(pair), why, lenient, told, known: values.at(-1) ?? "" };
  if (!lenient) return ends("ram setup", failing(pair, error), all, facts);
  return ends("done", bitmapsLost(pair, error.printed.join("\n") || null), all, facts);
}

function failing(pair: Pair, error: LoadError): Ending {
  const { destination } = pair;
  const section = {
    kind: "start",
    id: 0,
    idstr: "dirty-bitmap",
    instance: 0,
    version: BITMAP_VERSION,
    bare: true,
  } as const;
  return destinationFails(pair, "setup", loadErrorLines(destination, inSection(destination, error, section)));
}
