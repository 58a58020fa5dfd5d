import type { Fact } from "../../fact.ts";
import type { StreamedDevices } from "./streamed-device.ts";

/** Bridges, watchdogs and the like. */
export const BRIDGES_AND_OTHERS: readonly Fact<StreamedDevices>[] = [
  {
    id: "qemu/devices/streamed/others",
    claim: "Bridges, watchdogs and serial ports have state; test devices have none.",
    value: {
      edu: { sections: [] },
      i6300esb: { sections: ["@/i6300esb_wdt"] },
      "i82801b11-bridge": { sections: ["@/i82801b11_bridge"] },
      ioh3420: { sections: ["@/ioh-3240-express-root-port"] },
      "pci-bridge": { sections: ["@/pci_bridge"] },
      "pci-serial": { sections: ["@/pci-serial"] },
      "pci-testdev": { sections: [] },
      "pcie-pci-bridge": { sections: ["@/pcie-pci-bridge"] },
      "pcie-root-port": { sections: ["@/pcie-root-port"] },
      tpci200: { sections: ["@/tpci200"] },
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

/** Devices that came or changed between releases that were run, and those beside the PCI bus. */
export const LATER_DEVICES: readonly Fact<StreamedDevices>[] = [
  {
    id: "qemu/devices/streamed/later",
    claim: "Of these devices one of the releases that were run knows nothing, or sends nothing.",
    value: {
      igb: { sections: ["@/igb"] },
      nvme: { sections: ["@/nvme"] },
      "pvpanic-pci": { sections: ["@/pvpanic-pci"] },
      "virtio-iommu-pci": { sections: ["@/virtio-iommu"] },
      "virtio-mem-pci": { sections: ["@/virtio-mem"] },
    },
    since: { after: "2.4", atLatest: "7.2" },
    evidence: [
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3: sections of a stream with the device, where it is known" },
    ],
  },
];

/** Devices without a place on the PCI bus. */
export const DEVICES_BESIDE_PCI: readonly Fact<StreamedDevices>[] = [
  {
    id: "qemu/devices/streamed/beside-pci",
    claim: "Devices of the machine or its ISA bus are named without a place.",
    value: {
      "isa-debug-exit": { sections: [], beside: true },
      "isa-ide": { sections: ["isa-ide"], beside: true },
      pvpanic: { sections: [], beside: true },
      vmcoreinfo: { sections: ["vmcoreinfo"], beside: true },
      vmgenid: { sections: ["vmgenid"], beside: true },
    },
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: sections of a stream with the device" }],
  },
];
