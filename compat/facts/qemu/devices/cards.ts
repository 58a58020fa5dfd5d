import type { Fact } from "../../fact.ts";
import type { StreamedDevices } from "./streamed-device.ts";

/** Network cards. */
export const NETWORK_DEVICES: readonly Fact<StreamedDevices>[] = [
  {
    id: "qemu/devices/streamed/network",
    claim: "Network cards have state, and a boot ROM in a RAM block of its own.",
    value: {
      e1000: { sections: ["@/e1000"], blocks: [["@/e1000.rom", 262144]] },
      "e1000-82544gc": { sections: ["@/e1000"], blocks: [["@/e1000.rom", 262144]] },
      "e1000-82545em": { sections: ["@/e1000"], blocks: [["@/e1000.rom", 262144]] },
      e1000e: { sections: ["@/e1000e"], blocks: [["@/e1000e.rom", 262144]] },
      i82550: { sections: ["@/eeprom", "@/i82550"], blocks: [["@/i82550.rom", 131072]] },
      i82551: { sections: ["@/eeprom", "@/i82551"], blocks: [["@/i82551.rom", 131072]] },
      i82557b: { sections: ["@/eeprom", "@/i82557b"], blocks: [["@/i82557b.rom", 131072]] },
      i82559er: { sections: ["@/eeprom", "@/i82559er"], blocks: [["@/i82559er.rom", 131072]] },
      ne2k_pci: { sections: ["@/ne2000"], blocks: [["@/ne2000.rom", 262144]] },
      pcnet: { sections: ["@/pcnet"], blocks: [["@/pcnet.rom", 262144]] },
      rtl8139: { sections: ["@/rtl8139"], blocks: [["@/rtl8139.rom", 262144]] },
      tulip: { sections: ["@/eeprom", "@/tulip"] },
      vmxnet3: { sections: ["@/vmxnet3"], blocks: [["@/vmxnet3.rom", 262144]] },
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

/** Graphics cards. */
export const DISPLAY_DEVICES: readonly Fact<StreamedDevices>[] = [
  {
    id: "qemu/devices/streamed/display",
    claim: "Graphics cards have state, and memory and a BIOS in RAM blocks of their own.",
    value: {
      VGA: {
        sections: ["@/vga"],
        blocks: [
          ["@/vga.vram", 16777216],
          ["@/vga.rom", 65536],
        ],
      },
      "bochs-display": {
        sections: ["@/bochs-display"],
        blocks: [
          ["@/bochs-display-vram", 16777216],
          ["@/bochs-display.rom", 32768],
        ],
      },
      "cirrus-vga": {
        sections: ["@/cirrus_vga"],
        blocks: [
          ["@/vga.vram", 4194304],
          ["@/cirrus_vga.rom", 65536],
        ],
      },
      "secondary-vga": { sections: ["@/vga"], blocks: [["@/vga.vram", 16777216]] },
      "virtio-vga": {
        sections: ["@/virtio-gpu", "@/virtio-vga"],
        blocks: [
          ["@/vga.vram", 8388608],
          ["@/virtio-vga.rom", 65536],
        ],
      },
      "vmware-svga": {
        sections: ["vga", "@/vmware_vga"],
        blocks: [
          ["@/vga.vram", 16777216],
          ["vmsvga.fifo", 65536],
          ["@/vmware_vga.rom", 65536],
        ],
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
