import type { Fact } from "../../fact.ts";

/** How a migration whose sides have set multifd differently was seen to end. One run each: threads race. */
export interface Mismatch {
  readonly source: "completed" | "failed" | "setup" | null;
  readonly destination: "exits" | "hangs" | "active";
  /** What the destination prints. */
  readonly text?: string;
}

/** Packets that are compressed with zlib, for a destination that expects none to be. */
export const ZLIB_TO_NONE: readonly Fact<Mismatch>[] = [
  {
    id: "qemu/multifd/mismatch/zlib-to-none/5.2",
    claim: "Pages in zlib are taken for plain ones: the destination hangs, or stumbles over what follows.",
    value: { source: null, destination: "exits", text: "Unknown combination of migration flags: 0x0" },
    since: "5.2",
    until: "6.0",
    evidence: [{ kind: "run", of: "5.2.0; hung in another run" }],
  },
  {
    id: "qemu/multifd/mismatch/zlib-to-none/7.2",
    claim: "Pages in zlib hang a destination that expects plain ones.",
    value: { source: "failed", destination: "hangs" },
    since: "7.2",
    until: "8.0",
    evidence: [{ kind: "run", of: "7.2.22" }],
  },
  {
    id: "qemu/multifd/mismatch/zlib-to-none/10.0",
    claim: "Pages in zlib are refused by a destination that expects plain ones.",
    value: { source: null, destination: "exits", text: "multifd 0: flags received 2 flags expected 0" },
    since: "10.0",
    evidence: [{ kind: "run", of: "10.0.13, 11.1.3" }],
  },
];

/** Packets that are not compressed, for a destination that expects zlib. */
export const NONE_TO_ZLIB: readonly Fact<Mismatch>[] = [
  {
    id: "qemu/multifd/mismatch/none-to-zlib/5.2",
    claim: "Plain pages fail a source whose destination expects zlib, and the destination stays active.",
    value: { source: "failed", destination: "active" },
    since: "5.2",
    until: "8.0",
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22" }],
  },
  {
    id: "qemu/multifd/mismatch/none-to-zlib/10.0",
    claim: "Plain pages hang a destination that expects zlib, while the source completes.",
    value: { source: "completed", destination: "hangs" },
    since: "10.0",
    until: "10.1",
    evidence: [{ kind: "run", of: "10.0.13" }],
  },
  {
    id: "qemu/multifd/mismatch/none-to-zlib/11.1",
    claim: "Plain pages are refused by a destination that expects zlib.",
    value: { source: null, destination: "exits", text: "multifd 0: flags received 0 flags expected 2" },
    since: "11.1",
    evidence: [{ kind: "run", of: "11.1.3" }],
  },
];

/** Four channels to a destination that wants two. */
export const CHANNELS_4_TO_2: readonly Fact<Mismatch>[] = [
  {
    id: "qemu/multifd/mismatch/channels-4-to-2/5.2",
    claim: "Channels too many fail the source, and the destination stays active.",
    value: {
      source: "failed",
      destination: "active",
      text: "failed to receive packet via multifd channel 1: multifd: received channel version 1 expected 1",
    },
    since: "5.2",
    until: "6.0",
    evidence: [{ kind: "run", of: "5.2.0" }],
  },
  {
    id: "qemu/multifd/mismatch/channels-4-to-2/7.2",
    claim: "Channels too many hang the destination.",
    value: { source: null, destination: "hangs", text: "multifd: received id '2' already setup'" },
    since: "7.2",
    until: "8.0",
    evidence: [{ kind: "run", of: "7.2.22" }],
  },
  {
    id: "qemu/multifd/mismatch/channels-4-to-2/10.0",
    claim: "Channels too many are put aside, and the load fails.",
    value: { source: null, destination: "exits", text: "Getting RAM address failed" },
    since: "10.0",
    until: "10.1",
    evidence: [{ kind: "run", of: "10.0.13" }],
  },
  {
    id: "qemu/multifd/mismatch/channels-4-to-2/11.1",
    claim: "With channels too many both sides wait for ever.",
    value: { source: "setup", destination: "hangs" },
    since: "11.1",
    evidence: [{ kind: "run", of: "11.1.3" }],
  },
];

/** Two channels to a destination that wants four. */
export const CHANNELS_2_TO_4: readonly Fact<Mismatch>[] = [
  {
    id: "qemu/multifd/mismatch/channels-2-to-4",
    claim:
      "With channels too few the destination waits for ever, and a source without a return path completes.",
    value: { source: "completed", destination: "hangs" },
    since: "5.2",
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" }],
    notes: "With a return path the source stays active (7.2.22), or device (11.1.3).",
  },
];

/** Multifd on the source alone; the main channel came first. */
export const MULTIFD_ON_TO_OFF: readonly Fact<Mismatch>[] = [
  {
    id: "qemu/multifd/mismatch/on-to-off",
    claim: "Multifd on the source alone ends the destination with a text that tells of something else.",
    value: { source: "failed", destination: "exits" },
    since: "7.2",
    evidence: [{ kind: "run", of: "7.2.22, 10.0.13, 11.1.3" }],
    notes: "The text differs: unknown flags, no migration stream, or a footer that is wrong.",
  },
];
