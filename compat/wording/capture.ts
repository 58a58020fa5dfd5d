import { bytes, differs, type Wordings } from "./phrases.ts";

/** Why a capture lacks bytes. */
const GAPS: Readonly<Record<string, string>> = {
  "not-captured": "no packet has them",
  snaplen: "their packet was cut off by the snap length",
  bounds: "they did not come in time, and too much was waiting behind them",
};

/** Wording of findings about capture files, packets and connections. */
export const capture = {
  CAPTURE_BEGINS_LATE: [
    () => "the capture begins after this stream did: what came before is not known",
    "RAM blocks, the machine type and earlier pages are missing. The rest is read from the first place that is certain.",
  ],
  CAPTURE_CONNECTIONS_KEPT: [
    ({ limit }) => `more than ${limit} connections are open at once: the longest idle ones are left out`,
    "Capture only the ports of the migration, or filter the file, such as with tcpdump -r FILE -w NEW port PORT.",
  ],
  CAPTURE_FILE_COMPLETE: [
    ({ need, have }) => `the capture ends in the middle of a packet: ${bytes(need)} needed, ${have} left`,
    "All packets before it are whole. The capture was stopped while it wrote, or the file was cut off.",
  ],
  CAPTURE_FILE_SOUND: [
    (args) => `the capture file is damaged: ${differs(args)}`,
    "Packets before this offset are sound. Compare size and checksum with the source of the file.",
  ],
  CAPTURE_GAP: [
    ({ length, why }) => `${bytes(length)} are missing from the capture here: ${GAPS[String(why)]}`,
    "The connection itself may be sound. Capture again with a larger buffer (tcpdump -B) and whole packets (-s 0).",
  ],
  CAPTURE_LINK_TYPE_READ: [
    ({ linkType }) => `packets of link type ${linkType} are not read`,
    "Link types that are read: Ethernet (1), Linux cooked (113, 276), raw IP (12, 14, 101, 228, 229), loopback (0, 108).",
  ],
  CAPTURE_ONE_SIDED: [
    ({ found }) => `only what the ${found} sent was captured: the other direction has no bytes`,
    "Capture both directions; a filter on a source or destination port alone keeps one of them.",
  ],
  CAPTURE_PACKETS_READ: [
    ({ count, packets }) =>
      `${count} of ${packets} packets are not read, this one first: their headers are damaged or cut off`,
  ],
  CAPTURE_PACKETS_WHOLE: [
    ({ count, packets }) => `${count} of ${packets} packets were cut off by the capture, this one first`,
    "Bytes of the migration are missing. Capture again with whole packets (tcpdump -s 0).",
  ],
  IP_FRAGMENTS_AGREE: [
    ({ offset, length }) =>
      `a fragment of ${bytes(length)} at ${offset} does not fit the others of its datagram, which is left out`,
    "Receivers drop such a datagram too. It may be an attack, or a damaged capture.",
  ],
  IP_FRAGMENTS_COMPLETE: [
    ({ count }) =>
      `of ${count} IP datagram${count === 1 ? "" : "s"} some fragments are missing, of this one first`,
    "They were lost, or the capture does not have them.",
  ],
  TCP_OVERLAP_AGREES: [
    ({ from, to, offset }) =>
      `bytes from ${from} to ${to} were sent twice with different content, at byte ${offset} of the stream`,
    "The first ones are shown; the receiver may have taken the others. It may be an attack, or a damaged capture.",
  ],
} satisfies Wordings;
