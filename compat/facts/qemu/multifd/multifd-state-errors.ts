import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** A packet of device state has none. */
export const MULTIFD_STATE_EMPTY: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/state-empty",
    claim: "An empty packet of device state is reported so.",
    value: { template: "multifd: received empty device state packet", to: "error" },
    since: "10.0",
    evidence: [{ kind: "source", where: "10.0.0, migration/multifd.c, multifd_recv_thread()" }],
  },
];

/** A packet of device state is a SYNC packet as well. */
export const MULTIFD_STATE_SYNC: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/state-sync",
    claim: "A SYNC packet with device state is reported so.",
    value: { template: "multifd: received SYNC device state packet", to: "error" },
    since: "10.0",
    evidence: [{ kind: "source", where: "10.0.0, migration/multifd.c, multifd_recv_thread()" }],
  },
];

/** The name of a device in a packet has no end. */
export const MULTIFD_STATE_NAME: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/state-name",
    claim: "A name without end is reported so.",
    value: { template: "unterminated multifd device state idstr", to: "error" },
    since: "10.0",
    evidence: [
      { kind: "source", where: "10.0.0, migration/multifd-device-state.c, multifd_device_state_recv()" },
    ],
  },
];

/** A packet of device state is for a device that there is not. */
export const MULTIFD_STATE_DEVICE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/state-device",
    claim: "Device state for an unknown device is reported so.",
    value: { template: "Unknown idstr %s or instance id %u for load state buffer", to: "error" },
    since: "10.0",
    evidence: [{ kind: "source", where: "10.0.0, migration/savevm.c, qemu_loadvm_load_state_buffer()" }],
  },
];
