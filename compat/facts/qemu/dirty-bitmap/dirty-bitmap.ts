import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What becomes of bitmaps that cannot be loaded. */
export const LENIENT: readonly Fact[] = [
  {
    id: "qemu/dirty-bitmap/lenient",
    claim:
      "An unknown node or bitmap, or bits that do not fit, are complained about; all incoming bitmaps are dropped and the rest is read and ignored.",
    value: true,
    since: "5.1",
    evidence: [
      { kind: "commit", commit: "b91f33b81d", release: "5.1" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A chunk whose names were refused is not read on. */
export const HEADER_ERROR_HEEDED: readonly Fact[] = [
  {
    id: "qemu/dirty-bitmap/header-error-heeded",
    claim:
      "A refused node or bitmap name ends the load; before, what the chunk holds was read first, without a bitmap.",
    value: true,
    since: "3.0",
    evidence: [
      { kind: "source", where: "2.12.0 and 3.0.0: migration/block-dirty-bitmap.c, dirty_bitmap_load()" },
    ],
  },
];

/** Nodes and bitmaps go by aliases. */
export const ALIASES: readonly Fact[] = [
  {
    id: "qemu/dirty-bitmap/aliases",
    claim: "With block-bitmap-mapping, nodes and bitmaps in the stream are aliases.",
    value: true,
    since: "5.2",
    evidence: [{ kind: "commit", commit: "31e4c354b3", release: "5.2" }],
  },
];

/** A node name that is empty or cut. */
export const NODE_NAME_CUT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/node-name/name",
    claim: "The text for an empty or cut node name.",
    value: { template: "Unable to read node name string", to: "stderr" },
    since: "2.12",
    until: "5.2",
    evidence: [
      {
        kind: "source",
        where: "2.12.0 to 5.1.0: migration/block-dirty-bitmap.c, dirty_bitmap_load_header()",
      },
    ],
  },
  {
    id: "qemu/dirty-bitmap/node-name/alias",
    claim: "The text for an empty or cut node name speaks of an alias.",
    value: { template: "Unable to read node alias string", to: "stderr" },
    since: "5.2",
    evidence: [
      { kind: "commit", commit: "31e4c354b3", release: "5.2" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A bitmap name that is empty or cut. */
export const BITMAP_NAME_CUT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/bitmap-name/name",
    claim: "The text for an empty or cut bitmap name.",
    value: { template: "Unable to read bitmap name string", to: "stderr" },
    since: "2.12",
    until: "5.2",
    evidence: [
      {
        kind: "source",
        where: "2.12.0 to 5.1.0: migration/block-dirty-bitmap.c, dirty_bitmap_load_header()",
      },
    ],
  },
  {
    id: "qemu/dirty-bitmap/bitmap-name/alias",
    claim: "The text for an empty or cut bitmap name speaks of an alias.",
    value: { template: "Unable to read bitmap alias string", to: "stderr" },
    since: "5.2",
    evidence: [
      { kind: "commit", commit: "31e4c354b3", release: "5.2" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A node that is not there. */
export const UNKNOWN_NODE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/unknown-node/plain",
    claim: "The text for a name that is neither a device's nor a node's.",
    value: { template: "Cannot find device=%s nor node_name=%s", to: "stderr" },
    since: "2.12",
    until: "6.0",
    evidence: [
      { kind: "source", where: "2.12.0 to 5.2.0: block.c, bdrv_lookup_bs()" },
      { kind: "run", of: "5.2.0" },
    ],
  },
  {
    id: "qemu/dirty-bitmap/unknown-node/quoted",
    claim: "The text for a name that is neither a device's nor a node's, with quotes.",
    value: { template: "Cannot find device='%s' nor node-name='%s'", to: "stderr" },
    since: "6.0",
    evidence: [
      { kind: "commit", commit: "785ec4b1b9", release: "6.0" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A node alias that is not mapped. */
export const UNKNOWN_NODE_ALIAS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/unknown-node-alias",
    claim: "The text for a node alias that block-bitmap-mapping does not have.",
    value: { template: "Error: Unknown node alias '%s'", to: "stderr" },
    since: "5.2",
    evidence: [{ kind: "commit", commit: "31e4c354b3", release: "5.2" }],
  },
];

/** A bitmap alias that is not mapped. */
export const UNKNOWN_BITMAP_ALIAS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/unknown-bitmap-alias",
    claim: "The text for a bitmap alias that block-bitmap-mapping does not have.",
    value: { template: "Error: Unknown bitmap alias '%s' on node '%s' (alias '%s')", to: "stderr" },
    since: "5.2",
    evidence: [{ kind: "commit", commit: "31e4c354b3", release: "5.2" }],
  },
];

/** A chunk that names nothing, first of all. */
export const NO_NAME: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/no-name",
    claim:
      "The text for a chunk without a node name, or without a bitmap name, when there is none before it.",
    value: { template: "Error: block device name is not set", to: "stderr" },
    since: "2.12",
    evidence: [
      {
        kind: "source",
        where: "2.12.0 to 11.1.0-rc2: migration/block-dirty-bitmap.c, dirty_bitmap_load_header()",
      },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A bitmap that did not begin. */
export const UNKNOWN_BITMAP: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/unknown-bitmap",
    claim: "The text for a chunk of a bitmap that is not there and does not begin with it.",
    value: { template: "Error: unknown dirty bitmap '%s' for block device '%s'", to: "stderr" },
    since: "2.12",
    evidence: [
      {
        kind: "source",
        where: "2.12.0 to 11.1.0-rc2: migration/block-dirty-bitmap.c, dirty_bitmap_load_header()",
      },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A bitmap that is there already. */
export const BITMAP_EXISTS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/bitmap-exists",
    claim: "The text for a bitmap that begins though the node has one of its name.",
    value: { template: "Bitmap with the same name ('%s') already exists on destination", to: "stderr" },
    since: "2.12",
    evidence: [
      {
        kind: "source",
        where: "2.12.0 to 11.1.0-rc2: migration/block-dirty-bitmap.c, dirty_bitmap_load_start()",
      },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A bitmap that was there before is none of the stream's. */
export const ONLY_BEGUN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/only-begun",
    claim:
      "Only bitmaps that began in the stream are known to it; there is a text for a node on which none did.",
    value: { template: "no migrated bitmaps on node alias '%s'", to: "stderr" },
    since: { after: "11.0", atLatest: "11.1.3" },
    evidence: [{ kind: "run", of: "11.1.3" }],
    notes: "Not in the source of 11.1.0-rc2.",
  },
];
