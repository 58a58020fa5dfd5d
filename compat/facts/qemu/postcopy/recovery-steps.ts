import type { Fact } from "../../fact.ts";

/** How the connection of a recovery begins. */
export const RECOVERY_HEADER: readonly Fact<"none">[] = [
  {
    id: "qemu/recovery/stream-header",
    claim:
      "The main channel of a recovery begins with a command, without the stream's header and configuration.",
    value: "none",
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0: migration/migration.c, postcopy_do_resume()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: 08 000a" },
    ],
  },
];

/** What the sides do in a recovery, in this order. */
export const RECOVERY_STEPS: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/recovery/steps",
    claim: "The source learns block by block what has arrived, and then asks the destination to go on.",
    value: [
      "destination: migrate-recover",
      "source: migrate with resume",
      "source: RECV_BITMAP for each block",
      "destination: RECV_BITMAP and the bitmap for each block",
      "source: POSTCOPY_RESUME",
      "destination: RESUME_ACK",
      "source: RAM",
    ],
    since: "3.0",
    evidence: [
      {
        kind: "source",
        where: "3.0.0: migration/migration.c, postcopy_do_resume(); migration/ram.c, ram_resume_prepare()",
      },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3; 7.2.22 to 10.0.13 and back, 10.0.13 to 11.1.3" },
    ],
  },
];

/** How the bitmap comes that RECV_BITMAP announces. */
export const RECOVERY_BITMAP_PLACE: readonly Fact<"behind">[] = [
  {
    id: "qemu/recovery/bitmap/place",
    claim: "The bitmap follows the message RECV_BITMAP, whose length is that of the block's name alone.",
    value: "behind",
    since: "3.0",
    evidence: [
      { kind: "commit", commit: "a335debb35bb", release: "3.0" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
    notes: "A length of 8 bytes in front, and 0x0123456789abcdef behind it.",
  },
];

/** The bits of that bitmap. */
export const RECOVERY_BITMAP_BITS: readonly Fact<"received-lowest-first">[] = [
  {
    id: "qemu/recovery/bitmap/bits",
    claim: "A set bit, the lowest of the first byte for the first page, stands for a page that has arrived.",
    value: "received-lowest-first",
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0: migration/ram.c, ramblock_recv_bitmap_send(), bitmap_to_le()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** How many bits there are; the bytes are filled up to a multiple of eight. */
export const RECOVERY_BITMAP_PAGES: readonly Fact<"used_length" | "postcopy_length">[] = [
  {
    id: "qemu/recovery/bitmap/pages/used",
    claim: "The bitmap has a bit for each page that the block has on the destination.",
    value: "used_length",
    since: "3.0",
    until: "6.1",
    evidence: [{ kind: "source", where: "3.0.0, 5.2.0: migration/ram.c, ramblock_recv_bitmap_send()" }],
  },
  {
    id: "qemu/recovery/bitmap/pages/postcopy",
    claim: "The bitmap has a bit for each page that the block had when postcopy began.",
    value: "postcopy_length",
    since: "6.1",
    evidence: [{ kind: "source", where: "6.1.0: migration/ram.c, ramblock_recv_bitmap_send()" }],
  },
];

/** The events of a postcopy that is paused and recovered. */
export interface RecoveryEvents {
  readonly source: readonly string[];
  readonly destination: readonly string[];
}

const PAUSED_ONCE = ["postcopy-active", "postcopy-paused"] as const;
const RECOVERED = ["postcopy-recover", "postcopy-active", "completed"] as const;

/** What a recovery looked like in events. */
export const RECOVERY_EVENTS: readonly Fact<RecoveryEvents>[] = [
  {
    id: "qemu/recovery/events/5.2",
    claim:
      "A recovery goes from postcopy-paused to postcopy-recover; the destination tells of setup between.",
    value: {
      source: ["setup", "active", ...PAUSED_ONCE, ...RECOVERED],
      destination: ["setup", "active", ...PAUSED_ONCE, "setup", ...RECOVERED],
    },
    since: "5.2",
    until: "8.0",
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22" }],
    notes: "In one of two runs of 5.2.0 postcopy-recover of the source was not seen.",
  },
  {
    id: "qemu/recovery/events/10.0",
    claim: "A source is in device before postcopy, and in postcopy-recover-setup before it recovers.",
    value: {
      source: ["setup", "active", "device", ...PAUSED_ONCE, "postcopy-recover-setup", ...RECOVERED],
      destination: ["setup", "active", ...PAUSED_ONCE, ...RECOVERED],
    },
    since: "10.0",
    until: "10.1",
    evidence: [{ kind: "run", of: "10.0.13" }],
  },
  {
    id: "qemu/recovery/events/11.1",
    claim: "Both sides are in postcopy-device before they are in postcopy-active.",
    value: {
      source: [
        "setup",
        "active",
        "device",
        "postcopy-device",
        ...PAUSED_ONCE,
        "postcopy-recover-setup",
        ...RECOVERED,
      ],
      destination: ["setup", "active", "postcopy-device", ...PAUSED_ONCE, ...RECOVERED],
    },
    since: "11.1",
    evidence: [{ kind: "run", of: "11.1.3" }],
    notes: "In one of three runs postcopy-recover of the source was not seen.",
  },
];
