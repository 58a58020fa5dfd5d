import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** A channel ends within what is being read. */
export const MULTIFD_END_OF_FILE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/end-of-file/3.0",
    claim: "A channel that ends too early is reported so.",
    value: { template: "Unexpected end-of-file before all bytes were read", to: "error" },
    since: "3.0",
    until: "6.0",
    evidence: [
      { kind: "source", where: "3.0.0, io/channel.c, qio_channel_readv_all()" },
      { kind: "run", of: "5.2.0: mf-channel-before-main" },
    ],
  },
  {
    id: "qemu/multifd/errors/end-of-file/6.0",
    claim: "A channel that ends too early is reported so.",
    value: { template: "Unexpected end-of-file before all data were read", to: "error" },
    since: "6.0",
    evidence: [
      { kind: "source", where: "6.0.0, io/channel.c, qio_channel_readv_full_all()" },
      { kind: "run", of: "7.2.22: mf-both-channels-before-main" },
    ],
  },
];

/** A packet has another magic. */
export const MULTIFD_PACKET_MAGIC: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/packet-magic/3.0",
    claim: "Another magic of a packet is reported so.",
    value: { template: "multifd: received packet magic %x and expected magic %x", to: "error" },
    since: "3.0",
    until: "9.2",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/packet-magic/9.2",
    claim: "Another magic of a packet is reported so.",
    value: { template: "multifd: received packet magic %x, expected %x", to: "error" },
    since: "9.2",
    evidence: [{ kind: "source", where: "9.2.0, migration/multifd.c, multifd_recv_unfill_packet()" }],
  },
];

/** A packet has another version. */
export const MULTIFD_PACKET_VERSION: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/packet-version/3.0",
    claim: "Another version of a packet is reported so.",
    value: { template: "multifd: received packet version %d and expected version %d", to: "error" },
    since: "3.0",
    until: "7.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/packet-version/7.0",
    claim: "Another version of a packet is reported so.",
    value: { template: "multifd: received packet version %u and expected version %u", to: "error" },
    since: "7.0",
    until: "9.2",
    evidence: [{ kind: "source", where: "7.0.0, migration/multifd.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/packet-version/9.2",
    claim: "Another version of a packet is reported so.",
    value: { template: "multifd: received packet version %u, expected %u", to: "error" },
    since: "9.2",
    evidence: [{ kind: "source", where: "9.2.0, migration/multifd.c, multifd_recv_unfill_packet()" }],
  },
];

/** A channel ends behind a packet's header. */
export const MULTIFD_HEADER_ONLY: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/header-only",
    claim: "A channel that ends behind a packet's header is reported so.",
    value: { template: "multifd: unexpected EOF after packet header", to: "error" },
    since: "10.0",
    evidence: [{ kind: "source", where: "10.0.0, migration/multifd.c, multifd_recv_thread()" }],
  },
];
