import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The driver igb. */
export const IGB: readonly Fact<string>[] = [
  {
    id: "qemu/devices/drivers/igb",
    claim: "The network card igb exists.",
    value: "igb",
    since: "8.0",
    evidence: [{ kind: "source", where: "8.0.0: hw/net/igb.c; not in 7.2.0" }],
  },
];

/** The driver pvpanic-pci. */
export const PVPANIC_PCI: readonly Fact<string>[] = [
  {
    id: "qemu/devices/drivers/pvpanic-pci",
    claim: "pvpanic exists as a PCI device.",
    value: "pvpanic-pci",
    since: "6.0",
    evidence: [{ kind: "source", where: "6.0.0: hw/misc/pvpanic-pci.c; not in 5.2.0" }],
  },
];

/** The driver virtio-sound-pci. */
export const VIRTIO_SOUND_PCI: readonly Fact<string>[] = [
  {
    id: "qemu/devices/drivers/virtio-sound-pci",
    claim: "The sound card of virtio exists.",
    value: "virtio-sound-pci",
    since: "8.2",
    evidence: [{ kind: "source", where: "8.2.0: hw/audio/virtio-snd.c; not in 8.0.0" }],
  },
];

/** The refusal of a driver that does not exist. */
export const DRIVER_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/devices/driver-unknown",
    claim: "QEMU does not start with a driver that it does not know.",
    value: { template: "-device %s: '%s' is not a valid device model name", to: "stderr" },
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" }],
  },
];

/** Other names of drivers. */
export const DRIVER_ALIASES: readonly Fact<Readonly<Record<string, string>>>[] = [
  {
    id: "qemu/devices/driver-aliases",
    claim: "These are other names that -device takes, on a PC.",
    value: {
      ac97: "AC97",
      ahci: "ich9-ahci",
      "e1000-82540em": "e1000",
      es1370: "ES1370",
      lsi: "lsi53c895a",
      "virtio-9p": "virtio-9p-pci",
      "virtio-balloon": "virtio-balloon-pci",
      "virtio-blk": "virtio-blk-pci",
      "virtio-gpu": "virtio-gpu-pci",
      "virtio-input-host": "virtio-input-host-pci",
      "virtio-iommu": "virtio-iommu-pci",
      "virtio-keyboard": "virtio-keyboard-pci",
      "virtio-mouse": "virtio-mouse-pci",
      "virtio-net": "virtio-net-pci",
      "virtio-rng": "virtio-rng-pci",
      "virtio-scsi": "virtio-scsi-pci",
      "virtio-serial": "virtio-serial-pci",
      "virtio-sound": "virtio-sound-pci",
      "virtio-tablet": "virtio-tablet-pci",
    },
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: -device help" }],
  },
];
