import type { Fact } from "../../fact.ts";

/** A flag in a chunk of a dirty-bitmap section. */
export interface BitmapFlag {
  readonly flag: number;
  readonly name: string;
}

/** The flags that a chunk begins with, each its own fact: none ever moved. */
export const CHUNK_FLAGS: readonly Fact<BitmapFlag>[] = [
  {
    id: "qemu/dirty-bitmap/chunk-flag/eos",
    claim: "0x01, EOS, is in the last chunk of a section.",
    value: { flag: 1, name: "EOS" },
    since: "2.12",
    evidence: [{ kind: "commit", commit: "b35ebdf076", release: "2.12" }],
  },
  {
    id: "qemu/dirty-bitmap/chunk-flag/zeroes",
    claim: "0x02, ZEROES, with BITS: nothing is set, and no buffer follows.",
    value: { flag: 2, name: "ZEROES" },
    since: "2.12",
    evidence: [{ kind: "commit", commit: "b35ebdf076", release: "2.12" }],
  },
  {
    id: "qemu/dirty-bitmap/chunk-flag/bitmap-name",
    claim: "0x04: the name of the bitmap follows; without it the last one stays.",
    value: { flag: 4, name: "BITMAP_NAME" },
    since: "2.12",
    evidence: [{ kind: "commit", commit: "b35ebdf076", release: "2.12" }],
  },
  {
    id: "qemu/dirty-bitmap/chunk-flag/device-name",
    claim: "0x08: the name of the node follows; without it the last one stays.",
    value: { flag: 8, name: "DEVICE_NAME" },
    since: "2.12",
    evidence: [{ kind: "commit", commit: "b35ebdf076", release: "2.12" }],
  },
  {
    id: "qemu/dirty-bitmap/chunk-flag/start",
    claim: "0x10, START, makes the bitmap.",
    value: { flag: 16, name: "START" },
    since: "2.12",
    evidence: [{ kind: "commit", commit: "b35ebdf076", release: "2.12" }],
  },
  {
    id: "qemu/dirty-bitmap/chunk-flag/complete",
    claim: "0x20, COMPLETE, says that the bitmap is whole.",
    value: { flag: 32, name: "COMPLETE" },
    since: "2.12",
    evidence: [{ kind: "commit", commit: "b35ebdf076", release: "2.12" }],
  },
  {
    id: "qemu/dirty-bitmap/chunk-flag/bits",
    claim: "0x40, BITS, stands for a piece of the bitmap.",
    value: { flag: 64, name: "BITS" },
    since: "2.12",
    evidence: [{ kind: "commit", commit: "b35ebdf076", release: "2.12" }],
  },
  {
    id: "qemu/dirty-bitmap/chunk-flag/extra",
    claim: "0x80 announces flags of two or four bytes, which are stored in one byte and so lost.",
    value: { flag: 128, name: "EXTRA_FLAGS" },
    since: "2.12",
    evidence: [{ kind: "commit", commit: "b35ebdf076", release: "2.12" }],
  },
];

/** The flags of START, each its own fact. The others, 0xf8, must be 0. */
export const START_FLAGS: readonly Fact<BitmapFlag>[] = [
  {
    id: "qemu/dirty-bitmap/start-flag/enabled",
    claim: "0x01 of START: the bitmap records writes.",
    value: { flag: 1, name: "ENABLED" },
    since: "2.12",
    evidence: [{ kind: "commit", commit: "b35ebdf076", release: "2.12" }],
  },
  {
    id: "qemu/dirty-bitmap/start-flag/persistent",
    claim: "0x02 of START: the bitmap is kept in the image.",
    value: { flag: 2, name: "PERSISTENT" },
    since: "2.12",
    evidence: [{ kind: "commit", commit: "b35ebdf076", release: "2.12" }],
  },
  {
    id: "qemu/dirty-bitmap/start-flag/autoload",
    claim: "0x04 of START is read and ignored.",
    value: { flag: 4, name: "AUTOLOAD" },
    since: "2.12",
    evidence: [{ kind: "commit", commit: "b35ebdf076", release: "2.12" }],
  },
];
