import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What stands before an error in the packet that opens a channel; `%d` is the number of channels so far. */
export const MULTIFD_INIT_PREFIX: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/init-prefix",
    claim: "An error in the opening packet is told with the number of channels there are.",
    value: { template: "failed to receive packet via multifd channel %d: ", to: "error" },
    since: "4.0",
    evidence: [
      { kind: "source", where: "4.0.0, migration/ram.c, multifd_recv_new_channel()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The opening packet has another magic. */
export const MULTIFD_INIT_MAGIC: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/init-magic",
    claim: "Another magic of an opening packet is reported so.",
    value: { template: "multifd: received packet magic %x expected %x", to: "error" },
    since: "3.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_initial_packet()" }],
  },
];

/** The opening packet has another version. */
export const MULTIFD_INIT_VERSION: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/init-version/3.0",
    claim: "Another version of an opening packet is reported so.",
    value: { template: "multifd: received packet version %d expected %d", to: "error" },
    since: "3.0",
    until: "7.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_initial_packet()" }],
  },
  {
    id: "qemu/multifd/errors/init-version/7.0",
    claim: "Another version of an opening packet is reported so.",
    value: { template: "multifd: received packet version %u expected %u", to: "error" },
    since: "7.0",
    evidence: [{ kind: "source", where: "7.0.0, migration/multifd.c, multifd_recv_initial_packet()" }],
  },
];

/** The opening packet has another UUID than the guest. */
export const MULTIFD_INIT_UUID: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/init-uuid",
    claim: "Another UUID is reported so.",
    value: { template: "multifd: received uuid '%s' and expected uuid '%s' for channel %hhd", to: "error" },
    since: "3.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_initial_packet()" }],
  },
];

/** The channel's id is too high. */
export const MULTIFD_INIT_ID: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/init-id/3.0",
    claim: "A channel id that is too high is reported so; until 9.0 as if the version were wrong.",
    value: { template: "multifd: received channel version %d expected %d", to: "error" },
    since: "3.0",
    until: "7.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_initial_packet()" }],
  },
  {
    id: "qemu/multifd/errors/init-id/7.0",
    claim: "A channel id that is too high is reported so; until 9.0 as if the version were wrong.",
    value: { template: "multifd: received channel version %u expected %u", to: "error" },
    since: "7.0",
    until: "9.0",
    evidence: [{ kind: "source", where: "7.0.0, migration/multifd.c, multifd_recv_initial_packet()" }],
  },
  {
    id: "qemu/multifd/errors/init-id/9.0",
    claim: "A channel id that is too high is reported so; until 9.0 as if the version were wrong.",
    value: { template: "multifd: received channel id %u is greater than number of channels %u", to: "error" },
    since: "9.0",
    until: "11.1",
    evidence: [{ kind: "source", where: "9.0.0, migration/multifd.c, multifd_recv_initial_packet()" }],
  },
  {
    id: "qemu/multifd/errors/init-id/11.1",
    claim: "A channel id that is too high is reported so; until 9.0 as if the version were wrong.",
    value: { template: "multifd: received channel id %u exceeds channel count %u", to: "error" },
    since: "11.1",
    evidence: [
      { kind: "source", where: "11.1.0, migration/multifd.c, multifd_recv_initial_packet()" },
      { kind: "run", of: "11.1.3: mf-id-9-of-2" },
    ],
  },
];

/** The channel's id is taken. */
export const MULTIFD_DUPLICATE_ID: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/duplicate-id",
    claim: "A channel id that is taken is reported so.",
    value: { template: "multifd: received id '%d' already setup'", to: "error" },
    since: "3.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_new_channel()" }],
  },
];
