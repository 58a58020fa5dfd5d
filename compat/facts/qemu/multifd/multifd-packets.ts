import type { Fact } from "../../fact.ts";

/** How long a RAM packet is. */
export const MULTIFD_PACKET_LENGTH: readonly Fact<"whole">[] = [
  {
    id: "qemu/multifd/packet-length",
    claim:
      "Every RAM packet has all of its room for offsets, however many it fills; from 4.0 on that is 1344 bytes with pages of 4 KiB.",
    value: "whole",
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0: migration/ram.c, 11.1.0-rc2: migration/multifd.c: packet_len" },
      { kind: "run", of: "captures of 10.0.13, 11.1.3" },
    ],
    notes: "Packets of device state are a kind of their own, and shorter.",
  },
];

/** What a packet that only asks for a SYNC says of its room. */
export const MULTIFD_SYNC_ROOM: readonly Fact<"own" | 0>[] = [
  {
    id: "qemu/multifd/sync-room/own",
    claim: "A SYNC packet says that it has room for as many pages as any other.",
    value: "own",
    since: "3.0",
    until: "9.2",
    evidence: [
      {
        kind: "source",
        where: "3.0.0: migration/ram.c, 9.1.0: migration/multifd.c: multifd_send_fill_packet()",
      },
    ],
  },
  {
    id: "qemu/multifd/sync-room/none",
    claim: "A SYNC packet says that it has room for no pages, and is as long as any other.",
    value: 0,
    since: "9.2",
    evidence: [
      { kind: "commit", commit: "d7e58f412cf6", release: "9.2" },
      { kind: "run", of: "captures of 10.0.13, 11.1.3" },
    ],
  },
];

/** `next_packet_size` of a packet with which no page is sent. */
export const MULTIFD_EMPTY_NEXT_SIZE: readonly Fact<"zero" | "stale">[] = [
  {
    id: "qemu/multifd/empty-next-size/computed",
    claim: "The length of what follows is computed for every packet, and is 0 without pages.",
    value: "zero",
    since: "4.0",
    until: "5.0",
    evidence: [{ kind: "source", where: "4.0.0, 4.2.0: migration/ram.c, multifd_send_thread()" }],
  },
  {
    id: "qemu/multifd/empty-next-size/stale",
    claim:
      "A packet without pages repeats the length of what followed the one before, though nothing follows it.",
    value: "stale",
    since: "5.0",
    until: "8.2",
    evidence: [
      {
        kind: "source",
        where: "5.0.0, 8.1.0: migration/multifd.c, multifd_send_thread(), nocomp_send_prepare()",
      },
      { kind: "run", of: "captures of 5.2.0, 7.2.22" },
    ],
    notes: "The number of pages says whether something follows.",
  },
  {
    id: "qemu/multifd/empty-next-size/reset",
    claim: "The length of what follows is set back to 0 behind every packet.",
    value: "zero",
    since: "8.2",
    evidence: [{ kind: "source", where: "8.2.0: migration/multifd.c, multifd_send_thread()" }],
  },
];

/** The block and the offsets in a packet without pages. */
export const MULTIFD_EMPTY_REST: readonly Fact<"stale" | "zero">[] = [
  {
    id: "qemu/multifd/empty-rest/stale",
    claim: "A packet without pages has the block's name and the offsets of one before.",
    value: "stale",
    since: "3.0",
    until: "9.2",
    evidence: [
      {
        kind: "source",
        where: "4.0.0: migration/ram.c, 9.1.0: migration/multifd.c: multifd_send_fill_packet()",
      },
      { kind: "run", of: "captures of 5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/multifd/empty-rest/zero",
    claim: "A packet is cleared before it is filled.",
    value: "zero",
    since: "9.2",
    evidence: [{ kind: "commit", commit: "d7e58f412cf6", release: "9.2" }],
  },
];

/** Whether a SYNC goes with pages. */
export const MULTIFD_SYNC_MERGED: readonly Fact<"merged" | "alone">[] = [
  {
    id: "qemu/multifd/sync-merged/merged",
    claim:
      "SYNC can be in a packet with pages, which an empty one of the same number and without SYNC follows.",
    value: "merged",
    since: "3.0",
    until: "9.0",
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22" }],
    notes: "Other releases were not run.",
  },
  {
    id: "qemu/multifd/sync-merged/alone",
    claim: "SYNC is in packets without pages alone.",
    value: "alone",
    since: "9.0",
    evidence: [{ kind: "commit", commit: "f5f48a7891cf", release: "9.0" }],
  },
];

/** What tells the channels apart. */
export const MULTIFD_CHANNEL_IDENTITY: readonly Fact<"id">[] = [
  {
    id: "qemu/multifd/channel-identity",
    claim:
      "The id in its opening packet alone says which channel a connection is: they need not come in order.",
    value: "id",
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0: migration/ram.c, multifd_recv_initial_packet()" },
      { kind: "run", of: "7.2.22, 10.0.13" },
    ],
  },
];

/** The numbers of packets. */
export const MULTIFD_PACKET_NUMBERS: readonly Fact<"shared">[] = [
  {
    id: "qemu/multifd/packet-numbers",
    claim:
      "All channels number their packets together: on one of them the numbers have gaps, and can repeat.",
    value: "shared",
    since: { after: "2.12", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13" }],
  },
];
