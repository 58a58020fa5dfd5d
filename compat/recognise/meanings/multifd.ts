import type { Meaning } from "./meaning.ts";

const ALIKE =
  "Set multifd, multifd-channels and multifd-compression alike on both sides, on the destination before migrate-incoming.";
const DAMAGE = "The bytes are damaged, or the sender is no QEMU.";
const CAPTURE = "Capture the migration and let migwire decode show the packet.";

/** Connections, and the packets on multifd channels. */
export const MULTIFD_MEANINGS: readonly Meaning[] = [
  {
    subjects: ["qemu/channels/extra-connection"],
    side: "destination",
    stage: "connect",
    meaning:
      "A connection came that the destination does not expect any more; it is closed. The source notices that as a broken connection.",
    causes: [
      "multifd is set on the source only, or with more channels than here.",
      "postcopy-preempt is set on the source only.",
      "Somebody else connected to the port.",
    ],
    remedies: [ALIKE, "Set postcopy-preempt alike too."],
  },
  {
    subjects: ["qemu/channels/multifd-off", "qemu/channels/second-main", "qemu/channels/second-main-left"],
    side: "destination",
    stage: "connect",
    meaning:
      "The destination aborts: a connection came that its settings leave no room for. The guest here was not running yet.",
    causes: [
      "multifd is set on the source only.",
      "Two connections both begin like a main channel, for instance two sources at one port.",
    ],
    remedies: [ALIKE, "Start the destination again; with return-path on the source the guest goes on there."],
    related: ["qemu/errata/multifd-connection-asserts"],
  },
  {
    subjects: ["qemu/channels/peek-failed"],
    side: "destination",
    stage: "connect",
    meaning:
      "A connection was closed before it had sent the four bytes by which the destination tells what it is for.",
    causes: [
      "multifd-channels is larger on the source, which then gives up or waits.",
      "A port scanner or health check connected to the migration port.",
      "The source failed while it connected.",
    ],
    remedies: [ALIKE, "Keep other programs off the migration port."],
    errno: {},
    related: ["qemu/errata/channel-count-hangs"],
  },
  {
    subjects: ["qemu/channels/peek-impossible-without-multifd"],
    side: "destination",
    stage: "connect",
    meaning:
      "A second connection came over a transport whose first bytes cannot be looked at (TLS, for one), and multifd is off.",
    causes: ["multifd or postcopy-preempt is set on the source only."],
    remedies: [ALIKE],
  },
  {
    subjects: ["qemu/channels/unknown-magic"],
    side: "destination",
    stage: "connect",
    meaning:
      "A connection begins with four bytes that no channel of a migration begins with; the number is those bytes as one.",
    causes: [
      "Another program connected to the migration port.",
      "The source is not a QEMU, or the bytes are damaged.",
    ],
    remedies: ["Find out who connects; keep the port for the migration alone."],
    values: [["magic"]],
  },
  {
    subjects: ["qemu/multifd/errors/init-prefix"],
    side: "destination",
    stage: "connect",
    meaning: "The first packet of a multifd channel was refused; the words behind it say why.",
    causes: ["See the rest of the line."],
    remedies: [ALIKE],
    values: [["channel"]],
  },
  {
    subjects: ["qemu/multifd/errors/init-id", "qemu/multifd/errors/duplicate-id"],
    side: "destination",
    stage: "connect",
    meaning:
      "A multifd channel names itself by a number that this side has no room for, or has already. Up to 8.2 the text prints the packet's version instead of the number, so that it reads 1 and 1.",
    causes: ["multifd-channels is larger on the source than here.", "Two sources send to one destination."],
    remedies: ["Set the same multifd-channels on both sides, on the destination before migrate-incoming."],
    values: [["id received", "channels here"], ["id received"]],
    related: ["qemu/errata/multifd-id-off-by-one", "qemu/errata/channel-count-hangs"],
  },
  {
    subjects: ["qemu/multifd/errors/init-magic", "qemu/multifd/errors/init-version"],
    side: "destination",
    stage: "connect",
    meaning: "The first packet of a multifd channel does not begin as one has to.",
    causes: [
      "It is another connection: the main channel, or one of postcopy-preempt, taken for multifd.",
      "Up to 7.2: the connections arrived in another order than they were opened.",
      DAMAGE,
    ],
    remedies: [ALIKE, "Try again; take a destination of 8.0 or newer, which looks what a connection is."],
    values: [["received", "expected"]],
    related: ["qemu/errata/multifd-accept-order"],
  },
  {
    subjects: ["qemu/multifd/errors/init-uuid"],
    side: "destination",
    stage: "connect",
    meaning: "A multifd channel comes from a guest with another UUID.",
    causes: [
      "The migration goes to a process that was started for another guest.",
      "-uuid differs on the two sides.",
    ],
    remedies: ["Make sure that this is the right destination; start it with the source's -uuid."],
    values: [["uuid received", "uuid here", "channel"]],
  },
  {
    subjects: ["qemu/multifd/errors/end-of-file", "qemu/multifd/errors/header-only"],
    side: "destination",
    stage: "precopy",
    meaning: "A multifd channel ended in the middle of a packet.",
    causes: [
      "The source failed, was cancelled or killed.",
      "The connection broke, or something that is no source closed it.",
    ],
    remedies: [
      "Read the source's error first.",
      "Check the network between the hosts for resets and timeouts.",
    ],
  },
  {
    subjects: ["qemu/multifd/errors/packet-magic", "qemu/multifd/errors/packet-version"],
    side: "destination",
    stage: "precopy",
    meaning:
      "A packet on a multifd channel does not begin as one has to: the destination has lost its place in it.",
    causes: ["multifd-compression differs, so that data is taken for a packet.", DAMAGE],
    remedies: [ALIKE, CAPTURE],
    values: [["received", "expected"]],
    related: ["MULTIFD_PACKET_VERSION_KEPT"],
  },
  {
    subjects: ["qemu/multifd/errors/method"],
    side: "destination",
    stage: "precopy",
    meaning:
      "A packet's pages are compressed by another method than this side is set to. Flags: 0 none, 2 zlib, 4 zstd, 8 qpl, 10 uadk, 20 qatzip (hexadecimal).",
    causes: ["multifd-compression differs on the two sides."],
    remedies: ["Set the same multifd-compression on both sides."],
    values: [["channel", "method received", "method here"]],
  },
  {
    subjects: [
      "qemu/multifd/errors/unpacked-length",
      "qemu/multifd/errors/zlib-broken",
      "qemu/multifd/errors/zlib-too-little",
      "qemu/multifd/errors/zstd-too-little",
      "qemu/multifd/errors/zlib-empty",
      "qemu/multifd/errors/zstd-empty",
      "qemu/multifd/errors/payload-too-long",
    ],
    side: "destination",
    stage: "precopy",
    meaning: "A packet's data has another length than its pages, or cannot be decompressed.",
    causes: [
      "multifd-compression differs on the two sides.",
      "The source was built for another page size.",
      DAMAGE,
    ],
    remedies: [ALIKE, CAPTURE],
    values: [["channel", "received", "expected"], ["channel", "code"], ["channel"]],
    related: ["qemu/errata/multifd-assertions-on-input", "qemu/errata/multifd-compressed-zero-pages"],
  },
  {
    subjects: [
      "qemu/multifd/errors/normal-pages",
      "qemu/multifd/errors/zero-pages",
      "qemu/multifd/errors/pages-alloc",
      "qemu/multifd/errors/offset",
    ],
    side: "destination",
    stage: "precopy",
    meaning: "A packet announces more pages than fit into one, or a page outside of its block.",
    causes: ["The page sizes of the two sides differ.", "The blocks of memory differ in size.", DAMAGE],
    remedies: ["Compare -m, huge pages and machine types of both sides.", CAPTURE],
    values: [["received", "most"]],
  },
  {
    subjects: ["qemu/multifd/errors/unknown-block"],
    side: "destination",
    stage: "precopy",
    meaning: "A packet's pages are of a block of memory that the destination does not have.",
    causes: ["The sides differ in memory or devices.", DAMAGE],
    remedies: ["Start the destination with the source's memory and devices.", CAPTURE],
    values: [["block"]],
  },
  {
    subjects: [
      "qemu/multifd/errors/state-device",
      "qemu/multifd/errors/state-empty",
      "qemu/multifd/errors/state-name",
      "qemu/multifd/errors/state-sync",
    ],
    side: "destination",
    stage: "switchover",
    meaning: "A packet with the state of a device (VFIO over multifd, since 10.0) cannot be taken.",
    causes: ["The device is missing here or has x-migration-multifd-transfer off.", DAMAGE],
    remedies: ["Give the destination the same devices with the same properties."],
    values: [["device", "instance"]],
  },
  {
    subjects: ["qemu/multifd/errors/in-postcopy"],
    side: "destination",
    stage: "postcopy",
    meaning: "The destination aborts: a multifd packet came when postcopy had begun.",
    causes: ["The source sends pages over multifd in postcopy, which no release does by itself."],
    remedies: ["Migrate without multifd, or without postcopy-ram."],
  },
  {
    subjects: ["qemu/multifd/send/has-quit", "qemu/multifd/send/failed"],
    side: "source",
    stage: "precopy",
    meaning:
      "A multifd channel of the source has ended, so that no more pages can be sent. It is what follows from an earlier error.",
    causes: [
      "The destination closed its connections: multifd is off there, has fewer channels, or the load failed.",
      "A connection could not be opened, or broke.",
    ],
    remedies: ["Read the destination's log, and the other lines of the source.", ALIKE],
    values: [["channel"]],
  },
];
