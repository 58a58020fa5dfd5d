import type { Fact } from "../../fact.ts";
import { movedText } from "../../moved-text.ts";

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
export const GENERATED_NODE_NAME = movedText({
  id: "qemu/dirty-bitmap/generated-node-name",
  claim:
    "A source refuses bitmaps of a node whose name was generated, such as #block123; before, they were sent under it.",
  template: "Bitmap '%s' in a node with auto-generated name '%s' can't be migrated",
  since: "5.1",
  movedIn: "9.1",
  commit: "dd03167725",
  where: "5.1.0 to 9.0.0: migration/block-dirty-bitmap.c, add_bitmaps_to_list(); commit 4ff5cc121b08",
});

/** A name that does not fit into the stream, and has no alias. */
export const BITMAP_NAME_TOO_LONG = movedText({
  id: "qemu/dirty-bitmap/name-too-long",
  claim: "A source refuses a bitmap whose name has more than 255 bytes; before, it aborted over it.",
  template: "Cannot migrate bitmap '%s' on node '%s': Name is longer than %u bytes",
  since: "5.2",
  movedIn: "9.1",
  commit: "dd03167725",
  where: "5.2.0 to 9.0.0: migration/block-dirty-bitmap.c, add_bitmaps_to_list()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** Most bytes of a name in the stream. */
export const LONGEST_NAME: readonly Fact<number>[] = [
  {
    id: "qemu/dirty-bitmap/longest-name",
    claim: "Names of nodes and bitmaps have their length in one byte.",
    value: 255,
    since: "2.12",
    evidence: [
      { kind: "source", where: "2.12.0: migration/block-dirty-bitmap.c, qemu_put_counted_string()" },
    ],
  },
];

/** What still reaches the destination of the section in which a source refuses its bitmaps. */
export const REFUSED_SECTION_SENT: readonly Fact<"footer" | "nothing">[] = [
  {
    id: "qemu/dirty-bitmap/refused-section/footer",
    claim: "Header and footer of the section are sent, with nothing between.",
    value: "footer",
    since: "2.12",
    until: "8.1",
    evidence: [
      { kind: "source", where: "8.0.0: migration/qemu-file.c, qemu_fflush(): whatever failed before" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/dirty-bitmap/refused-section/nothing",
    claim:
      "What was not written when the error was noted stays unwritten: the stream ends within the section of RAM.",
    value: "nothing",
    since: "8.1",
    until: "11.0",
    evidence: [
      { kind: "source", where: "8.1.0 to 10.2.0: migration/qemu-file.c, qemu_fflush(): not after an error" },
      { kind: "run", of: "10.0.13" },
    ],
  },
  {
    id: "qemu/dirty-bitmap/refused-section/footer-again",
    claim: "The error is not noted in the stream, so header and footer are sent.",
    value: "footer",
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/savevm.c, qemu_savevm_state_setup()" },
      { kind: "run", of: "11.1.3" },
    ],
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
