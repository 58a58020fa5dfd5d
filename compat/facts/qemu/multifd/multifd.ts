import type { Fact } from "../../fact.ts";

/** The capability's name; unknown before. */
export const MULTIFD_CAPABILITY: readonly Fact<"x-multifd" | "multifd">[] = [
  {
    id: "qemu/multifd/capability/experimental",
    claim: "Multifd is called x-multifd, and so are its parameters.",
    value: "x-multifd",
    since: "3.0",
    until: "4.0",
    evidence: [{ kind: "source", where: "3.0.0, qapi/migration.json" }],
    notes: "2.11 and 2.12 have the capability, but put nothing on the wire.",
  },
  {
    id: "qemu/multifd/capability/stable",
    claim: "Multifd is called multifd.",
    value: "multifd",
    since: "4.0",
    evidence: [{ kind: "source", where: "4.0.0, qapi/migration.json" }],
  },
];

/** Lengths of the packet that opens a channel and of the fixed part of the others. */
export const MULTIFD_GENERATION: readonly Fact<{ readonly init: number; readonly head: number }>[] = [
  {
    id: "qemu/multifd/generation/first",
    claim: "A channel opens with 25 bytes; a packet has 284 bytes before its offsets.",
    value: { init: 25, head: 284 },
    since: "3.0",
    until: "4.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, MultiFDInit_t, MultiFDPacket_t" }],
  },
  {
    id: "qemu/multifd/generation/second",
    claim: "A channel opens with 64 bytes; a packet has 320 bytes before its offsets.",
    value: { init: 64, head: 320 },
    since: "4.0",
    evidence: [{ kind: "source", where: "4.0.0, migration/ram.c, MultiFDInit_t, MultiFDPacket_t" }],
  },
];

/** Offsets a packet has room for. */
export const MULTIFD_PACKET_PAGES: readonly Fact<"x-multifd-page-count" | 524288>[] = [
  {
    id: "qemu/multifd/packet-pages/parameter",
    claim: "A packet has room for x-multifd-page-count pages, which both sides must set alike.",
    value: "x-multifd-page-count",
    since: "3.0",
    until: "4.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_load_setup()" }],
  },
  {
    id: "qemu/multifd/packet-pages/bytes",
    claim: "A packet has room for the pages of 524288 bytes.",
    value: 524288,
    since: "4.0",
    evidence: [{ kind: "commit", commit: "efd1a1d6407f", release: "4.0" }],
  },
];

/** How many pages a packet may say it has room for, as a multiple of the receiver's own. */
export const MULTIFD_ALLOC_LIMIT: readonly Fact<number>[] = [
  {
    id: "qemu/multifd/alloc-limit/own",
    claim: "A packet may not claim more room than the receiver's packets have.",
    value: 1,
    since: "3.0",
    until: "4.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/alloc-limit/hundredfold",
    claim: "A packet may claim a hundred times the room that the receiver's packets have.",
    value: 100,
    since: "4.0",
    until: "7.0",
    evidence: [
      {
        kind: "source",
        where: "4.0.0, migration/ram.c, 6.2.0, migration/multifd.c: multifd_recv_unfill_packet()",
      },
    ],
    notes: "Offsets beyond its own packet are then read from memory behind it.",
  },
  {
    id: "qemu/multifd/alloc-limit/exact",
    claim: "A packet may not claim more room than the receiver's packets have.",
    value: 1,
    since: "7.0",
    evidence: [{ kind: "source", where: "7.0.0, migration/multifd.c, multifd_recv_unfill_packet()" }],
  },
];

/** From which id on a channel is refused. */
export const MULTIFD_ID_LIMIT: readonly Fact<"above-count" | "from-count">[] = [
  {
    id: "qemu/multifd/id-limit/above-count",
    claim: "An id above the number of channels is refused; one that is equal to it is not.",
    value: "above-count",
    since: "3.0",
    until: "11.1",
    evidence: [
      { kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_initial_packet()" },
      { kind: "run", of: "7.2.22, 10.0.13: mf-id-2-of-2" },
    ],
  },
  {
    id: "qemu/multifd/id-limit/from-count",
    claim: "An id that is equal to the number of channels is refused, too.",
    value: "from-count",
    since: "11.1",
    evidence: [{ kind: "commit", commit: "810bf31a1b69", release: "11.1" }],
  },
];

/**
 * What an id equal to the number of channels finds in the memory behind the table of channels: something that makes it
 * count as taken, or nothing, so that the process is killed. Which of them is mostly seen, and with how many channels it
 * is the other.
 */
export const MULTIFD_ID_AT_COUNT: readonly Fact<{
  readonly mostly: "taken" | "crash";
  readonly except: readonly number[];
}>[] = [
  {
    id: "qemu/multifd/id-at-count/5.0",
    claim: "An id equal to the number of channels mostly counts as taken.",
    value: { mostly: "taken", except: [] },
    since: "5.0",
    until: "7.0",
    evidence: [{ kind: "run", of: "5.2.0: 1 to 64 channels, twice each" }],
    notes: "Depends on what lies behind the table; now and then the process is killed.",
  },
  {
    id: "qemu/multifd/id-at-count/7.0",
    claim: "An id equal to the number of channels counts as taken with some numbers of channels, or kills.",
    value: { mostly: "taken", except: [1, 10, 12, 32, 64] },
    since: "7.0",
    until: "8.0",
    evidence: [{ kind: "run", of: "7.2.22: mf-id-2-of-2, and 1 to 64 channels, twice each" }],
    notes: "Depends on what lies behind the table.",
  },
  {
    id: "qemu/multifd/id-at-count/8.0",
    claim: "An id equal to the number of channels mostly kills the process.",
    value: { mostly: "crash", except: [3, 5, 7, 10] },
    since: "8.0",
    until: "11.1",
    evidence: [{ kind: "run", of: "10.0.13: mf-id-2-of-2, and 1 to 64 channels, twice each" }],
    notes: "Depends on what lies behind the table; now and then the channel is even accepted.",
  },
];

/** An error on one channel shuts down the others, also those that are not there yet. */
export const MULTIFD_SHUTDOWN_CRASHES: readonly Fact[] = [
  {
    id: "qemu/multifd/shutdown-crashes",
    claim: "An error before all channels are there follows a null pointer, and kills the process.",
    value: true,
    since: "3.0",
    until: "5.0",
    evidence: [{ kind: "source", where: "3.0.0, 4.2.0: migration/ram.c, multifd_recv_terminate_threads()" }],
  },
];

/** A packet's magic, version and flags are read and judged before the rest of it. */
export const MULTIFD_HEADER_FIRST: readonly Fact[] = [
  {
    id: "qemu/multifd/header-first",
    claim: "Magic and version of a packet are judged once its first 12 bytes are there.",
    value: true,
    since: "10.0",
    evidence: [{ kind: "source", where: "10.0.0, migration/multifd.c, multifd_recv_thread()" }],
    notes: "Before, all of the packet is read first.",
  },
];

/** Packets list zero pages. */
export const MULTIFD_ZERO_PAGES: readonly Fact[] = [
  {
    id: "qemu/multifd/zero-pages",
    claim: "A packet's zero pages follow its normal ones; before, the field was not looked at.",
    value: true,
    since: "9.0",
    evidence: [{ kind: "commit", commit: "303e6f54f965", release: "9.0" }],
  },
];

/** Whether a SYNC packet's pages count. */
export const MULTIFD_SYNC_WITHOUT_PAGES: readonly Fact[] = [
  {
    id: "qemu/multifd/sync-without-pages",
    claim: "The pages of a SYNC packet are not looked at, so that what older sources send with it is lost.",
    value: true,
    since: "9.2",
    until: "10.0",
    evidence: [
      { kind: "commit", commit: "d7e58f412cf6", release: "9.2" },
      { kind: "commit", commit: "b93d897ea2f0", release: "10.0" },
    ],
  },
];
