import type { Fact } from "../../fact.ts";
import type { StreamedDevices } from "./streamed-device.ts";

/** Controllers of disks. */
export const STORAGE_DEVICES: readonly Fact<StreamedDevices>[] = [
  {
    id: "qemu/devices/streamed/storage",
    claim: "Controllers of disks have state.",
    value: {
      ahci: { sections: ["@/ich9_ahci"] },
      am53c974: { sections: ["@/pciespscsi"] },
      dc390: { sections: ["@/eeprom", "@/pciespscsi"] },
      "ich9-ahci": { sections: ["@/ich9_ahci"] },
      lsi53c810: { sections: ["@/lsiscsi"] },
      lsi53c895a: { sections: ["@/lsiscsi"] },
      megasas: { sections: ["@/megasas"] },
      "megasas-gen2": { sections: ["@/megasas-gen2"] },
      mptsas1068: { sections: ["@/mptsas"] },
      "piix3-ide": { sections: ["@/ide"] },
      "piix4-ide": { sections: ["@/ide"] },
      pvscsi: { sections: ["@/pvscsi"] },
      "sdhci-pci": { sections: ["@/sdhci"] },
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

/** Controllers of USB, and sound. */
export const USB_AND_SOUND_DEVICES: readonly Fact<StreamedDevices>[] = [
  {
    id: "qemu/devices/streamed/usb-and-sound",
    claim: "Controllers of USB and sound have state.",
    value: {
      "ich9-intel-hda": { sections: ["@/intel-hda"] },
      "ich9-usb-ehci1": { sections: ["@/ehci"] },
      "ich9-usb-uhci1": { sections: ["@/uhci"] },
      "intel-hda": { sections: ["@/intel-hda"] },
      "nec-usb-xhci": { sections: ["@/xhci"] },
      "pci-ohci": { sections: ["@/ohci"] },
      "piix3-usb-uhci": { sections: ["@/uhci"] },
      "piix4-usb-uhci": { sections: ["@/uhci"] },
      "qemu-xhci": { sections: ["@/xhci"] },
      "usb-ehci": { sections: ["@/ehci"] },
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
