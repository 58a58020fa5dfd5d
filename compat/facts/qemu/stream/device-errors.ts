import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for features of a virtio device that the destination does not offer. */
export const VIRTIO_FEATURES: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/device-errors/features",
    claim: "Features that the guest has agreed upon must be offered by the destination's device.",
    value: { template: "Features 0x%llx unsupported. Allowed features: 0x%llx", to: "stderr" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0: hw/virtio/virtio.c, virtio_load()" }],
    notes: "Since 10.2 the offered features may be printed in several words.",
  },
];

/** The texts for virtqueues whose indices contradict each other. */
export const VIRTQUEUE_INDEX: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/device-errors/queue-index",
    claim: "The guest's index may not be ahead of the host's by more than the queue has entries.",
    value: {
      template: "VQ %d size 0x%x Guest index 0x%x inconsistent with Host index 0x%x: delta 0x%x",
      to: "stderr",
    },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0: hw/virtio/virtio.c, virtio_load()" }],
  },
];

/** The text for virtqueues with more buffers in use than they have. */
export const VIRTQUEUE_USED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/device-errors/queue-used",
    claim: "No more buffers may be in use than the queue has.",
    value: { template: "VQ %d size 0x%x < last_avail_idx 0x%x - used_idx 0x%x", to: "stderr" },
    since: "2.7",
    evidence: [{ kind: "source", where: "2.7.0 to 11.1.0: hw/virtio/virtio.c, virtio_load()" }],
  },
];

/** The text for virtqueues in use without an address. */
export const VIRTQUEUE_ADDRESS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/device-errors/queue-address",
    claim: "A queue without an address may not have been used.",
    value: { template: "VQ %d address 0x0 inconsistent with Host index 0x%x", to: "stderr" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0: hw/virtio/virtio.c, virtio_load()" }],
  },
];

/** The text for a byte of PCI config space that the guest cannot have changed. */
export const PCI_CONFIG: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/device-errors/pci-config",
    claim: "What the guest cannot write in PCI config space must be alike.",
    value: {
      template:
        "get_pci_config_device: Bad config data: i=0x%x read: %x device: %x cmask: %x wmask: %x w1cmask:%x",
      to: "stderr",
    },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0, 2.11.0, 11.1.0: hw/pci/pci.c, get_pci_config_device()" }],
  },
];
