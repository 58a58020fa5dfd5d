import type { Fact } from "../../fact.ts";
import type { StreamedDevices } from "./streamed-device.ts";

/** Virtio devices. */
export const VIRTIO_DEVICES: readonly Fact<StreamedDevices>[] = [
  {
    id: "qemu/devices/streamed/virtio",
    claim: "Virtio devices have one section each, whatever their kind of PCI.",
    value: {
      "virtio-9p-pci": { sections: ["@/virtio-9p"] },
      "virtio-balloon-pci": { sections: ["@/virtio-balloon"] },
      "virtio-blk-pci": { sections: ["@/virtio-blk"] },
      "virtio-gpu-pci": { sections: ["@/virtio-gpu"] },
      "virtio-keyboard-pci": { sections: ["@/virtio-input"] },
      "virtio-mouse-pci": { sections: ["@/virtio-input"] },
      "virtio-net-pci": { sections: ["@/virtio-net"], blocks: [["@/virtio-net-pci.rom", 262144]] },
      "virtio-net-pci-non-transitional": {
        sections: ["@/virtio-net"],
        blocks: [["@/virtio-net-pci-non-transitional", 262144]],
      },
      "virtio-rng-pci": { sections: ["@/virtio-rng"] },
      "virtio-rng-pci-non-transitional": { sections: ["@/virtio-rng"] },
      "virtio-rng-pci-transitional": { sections: ["@/virtio-rng"] },
      "virtio-scsi-pci": { sections: ["@/virtio-scsi"] },
      "virtio-scsi-pci-transitional": { sections: ["@/virtio-scsi"] },
      "virtio-serial-pci": { sections: ["@/virtio-console"] },
      "virtio-tablet-pci": { sections: ["@/virtio-input"] },
      "virtio-9p-pci-non-transitional": { sections: ["@/virtio-9p"] },
      "virtio-9p-pci-transitional": { sections: ["@/virtio-9p"] },
      "virtio-balloon-pci-non-transitional": { sections: ["@/virtio-balloon"] },
      "virtio-balloon-pci-transitional": { sections: ["@/virtio-balloon"] },
      "virtio-blk-pci-non-transitional": { sections: ["@/virtio-blk"] },
      "virtio-blk-pci-transitional": { sections: ["@/virtio-blk"] },
      "virtio-scsi-pci-non-transitional": { sections: ["@/virtio-scsi"] },
      "virtio-serial-pci-non-transitional": { sections: ["@/virtio-console"] },
      "virtio-serial-pci-transitional": { sections: ["@/virtio-console"] },
      "virtio-net-pci-transitional": {
        sections: ["@/virtio-net"],
        blocks: [["@/virtio-net-pci-transitional.rom", 262144]],
      },
    },
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [
      {
        kind: "run",
        of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: sections and blocks of a stream with the device, pc-i440fx-5.2",
      },
    ],
    notes: "Not every release has every one of them.",
  },
];

/** The low bytes of a device's id in PCI configuration space. */
export interface VirtioId {
  readonly modern: number;
  readonly transitional: number;
}

/** Ids of virtio devices that come in two generations. */
export const VIRTIO_IDS: readonly Fact<Readonly<Record<string, VirtioId>>>[] = [
  {
    id: "qemu/devices/virtio-ids",
    claim: "A virtio device without its legacy interface has another PCI id than one with it.",
    value: {
      "virtio-9p-pci": { modern: 0x49, transitional: 0x09 },
      "virtio-balloon-pci": { modern: 0x45, transitional: 0x02 },
      "virtio-blk-pci": { modern: 0x42, transitional: 0x01 },
      "virtio-net-pci": { modern: 0x41, transitional: 0x00 },
      "virtio-rng-pci": { modern: 0x44, transitional: 0x05 },
      "virtio-scsi-pci": { modern: 0x48, transitional: 0x04 },
      "virtio-serial-pci": { modern: 0x43, transitional: 0x03 },
    },
    since: "2.6",
    evidence: [
      { kind: "source", where: "2.6.0 to 11.0.0: include/hw/pci/pci.h, hw/virtio/virtio-pci.c" },
      {
        kind: "run",
        of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: virtio-rng-pci-non-transitional and virtio-rng-pci, both ways",
      },
    ],
  },
];
