import type { Meaning } from "./meaning.ts";

const SAME_NODES =
  "Start the destination with the same node names, or set block-bitmap-mapping on both sides so that the aliases meet.";
const FULL_BACKUP = "Where bitmaps were lost, take a full backup before the next incremental one.";

/** Dirty bitmaps. */
export const BITMAP_MEANINGS: readonly Meaning[] = [
  {
    subjects: ["qemu/dirty-bitmap/unknown-node", "qemu/dirty-bitmap/unknown-node-alias"],
    side: "destination",
    stage: "switchover",
    meaning: "The stream has dirty bitmaps of a block node, or an alias, that the destination does not have.",
    causes: [
      "The node has another name on the destination, or generated names differ.",
      "block-bitmap-mapping is set on one side only, or the aliases differ.",
    ],
    remedies: [
      SAME_NODES,
      "migwire compat check with the bitmaps and nodes of both sides says which release finds what.",
      FULL_BACKUP,
    ],
    values: [["device", "node"], ["alias"]],
    related: ["qemu/errata/bitmaps-dropped-silently"],
  },
  {
    subjects: [
      "qemu/dirty-bitmap/unknown-bitmap-alias",
      "qemu/dirty-bitmap/unknown-bitmap",
      "qemu/dirty-bitmap/only-begun",
    ],
    side: "destination",
    stage: "switchover",
    meaning:
      "The stream names a bitmap, or an alias of one, that the destination does not expect on this node.",
    causes: ["The mapping of the destination lacks the bitmap, or names it otherwise."],
    remedies: [
      "Let block-bitmap-mapping name every bitmap with the same aliases on both sides.",
      FULL_BACKUP,
    ],
    values: [["bitmap alias", "node", "node alias"], ["bitmap", "node"], ["node alias"]],
  },
  {
    subjects: ["qemu/dirty-bitmap/bitmap-exists"],
    side: "destination",
    stage: "switchover",
    meaning: "The destination has a bitmap of this name already.",
    causes: [
      "The image has a persistent bitmap of this name, and it was loaded when the disk was opened.",
      "An earlier migration left it.",
    ],
    remedies: [
      "Remove it on the destination (block-dirty-bitmap-remove), or map it to another name; mind that shared images are opened inactive.",
    ],
    values: [["bitmap"]],
  },
  {
    subjects: [
      "qemu/dirty-bitmap/bits-cut",
      "qemu/dirty-bitmap/bitmap-name",
      "qemu/dirty-bitmap/node-name",
      "qemu/dirty-bitmap/no-name",
    ],
    side: "destination",
    stage: "switchover",
    meaning: "The part of the stream with dirty bitmaps is cut, or a name in it cannot be read.",
    causes: [
      "The source failed or the connection broke.",
      "A name of more than 255 bytes, which old sources send wrongly.",
    ],
    remedies: ["Read the source's error first; keep names of nodes and bitmaps short.", FULL_BACKUP],
  },
  {
    subjects: [
      "qemu/dirty-bitmap/bits-misfit",
      "qemu/dirty-bitmap/bits-too-long",
      "qemu/dirty-bitmap/unknown-start-flags",
    ],
    side: "destination",
    stage: "switchover",
    meaning:
      "A bitmap in the stream does not fit: its granularity or length, or flags that this release does not know.",
    causes: [
      "The bitmap exists here with another granularity.",
      "The source is newer, or the bytes are damaged.",
    ],
    remedies: ["Remove the bitmap on the destination before the migration.", FULL_BACKUP],
    values: [["bitmap or flags"]],
  },
  {
    subjects: ["qemu/dirty-bitmap/generated-node-name", "qemu/dirty-bitmap/name-too-long"],
    side: "source",
    stage: "setup",
    meaning:
      "The source refuses to migrate a bitmap: the node's name is generated (#block123), so that no destination could know it, or the name does not fit the 255 bytes of the stream.",
    causes: ["The disk was given without node-name.", "The name of a bitmap or node is too long."],
    remedies: [
      "Give disks a node-name, or map node and bitmap to short aliases by block-bitmap-mapping on both sides.",
      "Or switch dirty-bitmaps off and take a full backup afterwards.",
    ],
    values: [
      ["bitmap", "node", "most"],
      ["bitmap", "node"],
    ],
  },
  {
    subjects: ["qemu/mapping-errors"],
    side: "either",
    stage: "configure",
    meaning: "block-bitmap-mapping was refused: an alias or name is used twice or is longer than 255 bytes.",
    causes: ["Two nodes share an alias, two bitmaps of one node share one, or a generated name is too long."],
    remedies: [
      "Give every node, and every bitmap on a node, an alias of its own of at most 255 bytes.",
      "migwire checks a mapping file before you set it: migwire compat check.",
    ],
    values: [
      ["name", "most"],
      ["node alias", "bitmap alias"],
      ["name"],
      ["node alias", "bitmap alias", "most"],
    ],
  },
];
