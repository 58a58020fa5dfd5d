import type { Fact } from "../../fact.ts";

/** State by the last part of its section's name: the newest version that is read, and the oldest. */
export type SectionNames = Readonly<Record<string, readonly [newest: number, oldest: number]>>;

/** State that is no device's. */
export const STATE_WITHOUT_DEVICE: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/without-device",
    claim: "Memory, clock, processors, buses and the like are registered by the machine itself.",
    value: {
      acpi_build: [1, 1],
      apic: [3, 3],
      audio: [1, 1],
      cpu: [12, 11],
      cpu_common: [1, 1],
      globalstate: [1, 1],
      i2c_bus: [1, 1],
      PCIBUS: [1, 1],
      ram: [4, 0],
      slirp: [4, 1],
      timer: [2, 1],
    },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0: calls of vmstate_register() and register_savevm_live()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: sections of captured streams" },
    ],
  },
];

/** Block migration. */
export const BLOCK_STATE: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/block",
    claim: "Disks could be migrated with memory.",
    value: { block: [1, 0] },
    since: "2.5",
    until: "9.1",
    evidence: [
      { kind: "source", where: "2.5.0 and 9.0.0: migration/block.c, blk_mig_init(); gone in 9.1.0" },
    ],
  },
];

/** Dirty bitmaps. */
export const DIRTY_BITMAP_STATE: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/dirty-bitmap",
    claim: "Dirty bitmaps can be migrated.",
    value: { "dirty-bitmap": [1, 0] },
    since: "2.12",
    evidence: [{ kind: "source", where: "2.12.0: migration/block-dirty-bitmap.c, dirty_bitmap_mig_init()" }],
  },
];

/** Device state of x86 since 2.5 until 11.1. */
export const DEVICE_STATE_SINCE_2_5_UNTIL_11_1: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-2.5-until-11.1",
    claim: "Device state that x86 has since 2.5, not any more in 11.1, or of other versions.",
    value: { hpet: [2, 1], "imx.usbphy": [1, 1], mc146818rtc: [3, 1], nvme: [0, 0] },
    since: "2.5",
    until: { after: "10.0", atLatest: "11.1" },
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 2.5 until 7.2. */
export const DEVICE_STATE_SINCE_2_5_UNTIL_7_2: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-2.5-until-7.2",
    claim: "Device state that x86 has since 2.5, not any more in 7.2, or of other versions.",
    value: { pciespscsi: [1, 1], sysbusespscsi: [1, 1] },
    since: "2.5",
    until: "6.0",
    evidence: [
      { kind: "source", where: "6.0.0: hw/scsi/esp-pci.c, esp.c: version 2; 5.2.0: 1" },
      { kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" },
    ],
  },
];

/** Device state of x86 since 2.5. */
export const DEVICE_STATE_SINCE_2_5: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-2.5",
    claim: "Device state that x86 has since 2.5.",
    value: {
      ac97: [3, 2],
      "ccid-card-passthru": [1, 1],
      cirrus_vga: [2, 1],
      cs4231a: [1, 1],
      dma: [1, 1],
      e1000: [2, 1],
      ehci: [2, 1],
      es1370: [2, 2],
      fdc: [2, 2],
      fw_cfg: [2, 1],
      gpex_root: [1, 1],
      gus: [2, 2],
      "hda-audio": [2, 0],
      "i2c-ddc": [1, 0],
      I440FX: [3, 3],
      i6300esb_wdt: [10000, 1],
      i8254: [3, 2],
      i8259: [1, 1],
      ib700_wdt: [0, 0],
      ich9_ahci: [1, 0],
      ich9_smb: [1, 1],
      ICH9LPC: [1, 1],
      ide: [3, 0],
      "intel-hda": [1, 0],
      ioapic: [3, 1],
      "ioh-3240-express-root-port": [1, 1],
      "iommu-intel": [1, 1],
      "ipmi-interface-pci-bt": [1, 1],
      "ipmi-interface-pci-kcs": [1, 1],
      ipoctal232: [1, 1],
      "ivshmem-doorbell": [0, 0],
      "ivshmem-plain": [0, 0],
      "kvm-tpr-opt": [1, 1],
      kvmclock: [1, 1],
      lsiscsi: [1, 0],
      mch: [1, 1],
      megasas: [0, 0],
      "megasas-gen2": [0, 0],
      ne2000: [3, 0],
      ohci: [1, 1],
      parallel_isa: [1, 1],
      "pci-serial": [1, 1],
      "pci-serial-multi": [1, 1],
      pci_bridge: [0, 0],
      "pcie-pci-bridge": [0, 0],
      pckbd: [3, 3],
      pcnet: [3, 2],
      pflash_cfi01: [1, 1],
      PIIX3: [3, 2],
      PIIX4: [3, 2],
      piix4_pm: [3, 3],
      platform: [4, 4],
      port92: [1, 1],
      ps2kbd: [3, 2],
      ps2mouse: [2, 2],
      pvscsi: [0, 0],
      qxl: [21, 21],
      rocker: [0, 0],
      rtl8139: [5, 3],
      sb16: [1, 1],
      "scsi-disk": [1, 1],
      SCSIDevice: [1, 1],
      "sd-card": [2, 2],
      sdhci: [1, 1],
      serial: [3, 2],
      "smbus-eeprom": [1, 1],
      "smbus-ipmi": [1, 1],
      "sysbus-ahci": [0, 0],
      tpci200: [1, 1],
      uhci: [3, 1],
      "usb-audio": [0, 0],
      "usb-ccid": [1, 1],
      "usb-host": [1, 1],
      "usb-hub": [1, 1],
      "usb-kbd": [1, 1],
      "usb-mtp": [1, 1],
      "usb-net": [0, 0],
      "usb-ptr": [1, 1],
      "usb-redir": [1, 1],
      "usb-serial": [0, 0],
      "usb-storage": [1, 1],
      "usb-uas": [0, 0],
      "usb-wacom": [0, 0],
      vga: [2, 2],
      "virtio-9p": [1, 1],
      "virtio-balloon": [1, 1],
      "virtio-blk": [2, 2],
      "virtio-console": [3, 3],
      "virtio-input-host": [0, 0],
      "virtio-net": [11, 11],
      "virtio-rng": [1, 1],
      "virtio-scsi": [1, 1],
      "vmbus-bridge": [0, 0],
      vmmouse: [0, 0],
      vmware_vga: [0, 0],
      vmxnet3: [1, 1],
      xhci: [1, 0],
      "xio3130-express-downstream-port": [1, 1],
      "xio3130-express-upstream-port": [1, 1],
    },
    since: "2.5",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** State of a PC that exists so many times, under a name without the path of a device. */
export const MOST_INSTANCES: readonly Fact<Readonly<Record<string, number>>>[] = [
  {
    id: "qemu/section-names/most-instances",
    claim:
      "What a PC's board has once or twice, or a guest as a whole has, is there under the lowest instances.",
    value: {
      acpi_build: 1,
      block: 1,
      "dirty-bitmap": 1,
      dma: 2,
      fw_cfg: 1,
      globalstate: 1,
      hpet: 1,
      i8254: 1,
      i8259: 2,
      ioapic: 1,
      "kvm-tpr-opt": 1,
      mc146818rtc: 1,
      PCIHost: 1,
      pckbd: 1,
      ps2kbd: 1,
      ram: 1,
      timer: 1,
    },
    since: "2.5",
    evidence: [
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: pc-i440fx-5.2, the next instance refused" },
    ],
  },
];

/** What names of state begin with that only comes under the path of a device. */
export const NEEDS_PATH: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/section-names/needs-path",
    claim: "The state of devices on PCI and USB is named by their path.",
    value: ["virtio-", "vhost-", "usb-", "e1000", "vga"],
    since: "2.5",
    evidence: [
      {
        kind: "run",
        of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: virtio-net, usb-kbd, e1000, vga without a path refused",
      },
    ],
  },
];
