import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What follows the names in a START chunk, in bytes. */
export const START_LAYOUT: readonly Fact<{ readonly granularity: number; readonly flags: number }>[] = [
  {
    id: "qemu/dirty-bitmap/start-layout",
    claim:
      "START has the granularity in four bytes, not eight as a comment in the source says, and flags in one.",
    value: { granularity: 4, flags: 1 },
    since: "2.12",
    evidence: [
      { kind: "source", where: "2.12.0 to 11.1.0-rc2: migration/block-dirty-bitmap.c, send_bitmap_start()" },
      { kind: "run", of: "5.2.0, 11.1.3" },
    ],
  },
];

/** A node whose name nobody gave. */
export const GENERATED_NODE_NAME: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/generated-node-name",
    claim:
      "A source refuses bitmaps of a node whose name was generated, such as #block123; before, they were sent under it.",
    value: {
      template: "Bitmap '%s' in a node with auto-generated name '%s' can't be migrated",
      to: "stderr",
    },
    since: "5.1",
    evidence: [{ kind: "commit", commit: "4ff5cc121b08", release: "5.1" }],
  },
];

/** Which name a bitmap's node is sent under. */
export const NODE_NAMED_BY: readonly Fact<"device-or-node" | "backend-or-node">[] = [
  {
    id: "qemu/dirty-bitmap/node-named-by/device",
    claim: "A node is sent under the name of its device, or else its own.",
    value: "device-or-node",
    since: "2.12",
    until: "5.1",
    evidence: [
      { kind: "source", where: "2.12.0: migration/block-dirty-bitmap.c, init_dirty_bitmap_migration()" },
    ],
  },
  {
    id: "qemu/dirty-bitmap/node-named-by/backend",
    claim:
      "A node is sent under the name of the block backend that it is attached to, if only through filters, or else its own.",
    value: "backend-or-node",
    since: "5.1",
    evidence: [
      { kind: "source", where: "5.1.0: migration/block-dirty-bitmap.c, init_dirty_bitmap_migration()" },
    ],
  },
];
