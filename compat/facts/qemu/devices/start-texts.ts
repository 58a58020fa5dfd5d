import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** A device without the object that it works with. */
export const OBJECT_NEEDED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/devices/start-texts/object-needed",
    claim: "QEMU does not start with a device that lacks the object it works with.",
    value: { template: "-device %s: '%s' parameter expects a valid object", to: "stderr" },
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [
      { kind: "source", where: "7.2.0: hw/virtio/virtio-crypto-pci.c, virtio_crypto_pci_realize()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** A property that a device does not have. */
export const PROPERTY_MISSING: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/devices/start-texts/property-missing",
    claim: "QEMU does not start with a device that is given a property it does not have.",
    value: { template: "-device %s: Property '%s' not found", to: "stderr" },
    since: "5.2",
    evidence: [{ kind: "commit", commit: "4d9c7c8471", release: "5.2" }],
    notes: "The source has '%s.%s': driver and property are one value here, as either may have a dot.",
  },
];

/** A network card that is connected to nothing. */
export const CARD_WITHOUT_PEER: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/devices/start-texts/card-without-peer/capital",
    claim: "A network card that is connected to nothing is warned about, without the program's name.",
    value: { template: "Warning: %s %s has no peer", to: "stderr" },
    since: { after: "2.4", atLatest: "2.5" },
    until: "2.11",
    evidence: [{ kind: "source", where: "2.5.0: net/net.c, net_check_clients()" }],
  },
  {
    id: "qemu/devices/start-texts/card-without-peer",
    claim: "A network card that is connected to nothing is warned about.",
    value: { template: "warning: %s %s has no peer", to: "stderr" },
    since: "2.11",
    evidence: [{ kind: "commit", commit: "8297be80f7", release: "2.11" }],
  },
];

/** virtio-iommu-pci on a PC. */
export const IOMMU_WITHOUT_MACHINE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/devices/start-texts/iommu-without-machine",
    claim: "virtio-iommu-pci is refused by machine types that do not describe it to the guest, as a PC.",
    value: {
      template: "-device %s: %s machine fails to create iommu-map device tree bindings",
      to: "stderr",
    },
    since: { after: "2.4", atLatest: "5.2" },
    until: "7.0",
    evidence: [
      { kind: "source", where: "5.2.0: hw/virtio/virtio-iommu-pci.c, virtio_iommu_pci_realize()" },
      { kind: "commit", commit: "092cba0350", release: "7.0" },
    ],
  },
];

/** The first line behind it. */
export const IOMMU_HANDLER_HINT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/devices/start-texts/iommu-handler-hint",
    claim: "Behind the refusal of virtio-iommu-pci stands what to look at.",
    value: {
      template: "Check your machine implements a hotplug handler for the virtio-iommu-pci device",
      to: "stderr",
    },
    since: { after: "2.4", atLatest: "5.2" },
    until: "7.0",
    evidence: [
      { kind: "source", where: "5.2.0: hw/virtio/virtio-iommu-pci.c, virtio_iommu_pci_realize()" },
      { kind: "commit", commit: "092cba0350", release: "7.0" },
    ],
  },
];

/** The second line behind it. */
export const IOMMU_FIRMWARE_HINT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/devices/start-texts/iommu-firmware-hint",
    claim: "Behind the refusal of virtio-iommu-pci stands a second thing to look at.",
    value: { template: "Check the guest is booted without FW or with -no-acpi", to: "stderr" },
    since: { after: "2.4", atLatest: "5.2" },
    until: "7.0",
    evidence: [
      { kind: "source", where: "5.2.0: hw/virtio/virtio-iommu-pci.c, virtio_iommu_pci_realize()" },
      { kind: "commit", commit: "092cba0350", release: "7.0" },
    ],
  },
];
