import type { Fact } from "../../fact.ts";

/** Names that `-device` takes, several in a string with blanks between them. */
export type DriverNames = readonly string[];

/** Drivers of every release that was run. */
export const DRIVERS_ALL: readonly Fact<DriverNames>[] = [
  {
    id: "qemu/devices/driver-names/all",
    claim: "These drivers are in every release that was run.",
    value: [
      "AC97 AMDVI-PCI ES1370 VGA ac97 adlib ahci am53c974 amd-iommu ati-vga bochs-display",
      "ccid-card-emulated ccid-card-passthru cirrus-vga cs4231a ctucan_pci dc390 e1000 e1000-82540em",
      "e1000-82544gc e1000-82545em e1000e edu es1370 floppy gus hda-duplex hda-micro hda-output",
      "hyperv-testdev i2c-ddc i6300esb i8042 i82550 i82551 i82557a i82557b i82557c i82558a i82558b",
      "i82559a i82559b i82559c i82559er i82562 i82801 i82801b11-bridge ib700 ich9-ahci ich9-intel-hda",
      "ich9-usb-ehci1 ich9-usb-ehci2 ich9-usb-uhci1 ich9-usb-uhci2 ich9-usb-uhci3 ich9-usb-uhci4",
      "ich9-usb-uhci5 ich9-usb-uhci6 ide-cd ide-hd intel-hda intel-iommu ioh3420 ipmi-bmc-extern",
      "ipmi-bmc-sim ipoctal232 isa-applesmc isa-cirrus-vga isa-debug-exit isa-debugcon isa-fdc isa-ide",
      "isa-ipmi-bt isa-ipmi-kcs isa-parallel isa-serial isa-vga ivshmem-doorbell ivshmem-plain",
      "kvaser_pci loader lsi lsi53c810 lsi53c895a mc146818rtc megasas megasas-gen2 mioe3680_pci",
      "mptsas1068 ne2k_isa ne2k_pci nec-usb-xhci nvdimm nvme nvme-ns pc-dimm pc-testdev pci-bridge",
      "pci-bridge-seat pci-ipmi-bt pci-ipmi-kcs pci-ohci pci-serial pci-serial-2x pci-serial-4x",
      "pci-testdev pcie-pci-bridge pcie-root-port pcm3680_pci pcnet piix3-ide piix3-usb-uhci piix4-ide",
      "piix4-usb-uhci pvpanic pvscsi pxb pxb-pcie qemu-xhci ramfb rocker rtl8139 sb16 scsi-block",
      "scsi-cd scsi-generic scsi-hd sd-card sdhci-pci secondary-vga smbus-ipmi tpci200 tpm-crb tpm-tis",
      "tulip u2f-passthru usb-audio usb-bot usb-braille usb-ccid usb-ehci usb-host usb-hub usb-kbd",
      "usb-mouse usb-mtp usb-net usb-redir usb-serial usb-storage usb-tablet usb-uas usb-wacom-tablet",
      "vfio-pci vfio-pci-igd-lpc-bridge vfio-pci-nohotplug vhost-scsi vhost-scsi-pci",
      "vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk vhost-user-blk-pci",
      "vhost-user-blk-pci-non-transitional vhost-user-blk-pci-transitional vhost-user-fs-device",
      "vhost-user-fs-pci vhost-user-gpu vhost-user-gpu-pci vhost-user-input vhost-user-input-pci",
      "vhost-user-scsi vhost-user-scsi-pci vhost-user-scsi-pci-non-transitional",
      "vhost-user-scsi-pci-transitional vhost-user-vga vhost-user-vsock-device vhost-user-vsock-pci",
      "vhost-user-vsock-pci-non-transitional vhost-vsock-device vhost-vsock-pci",
      "vhost-vsock-pci-non-transitional virtconsole virtio-9p virtio-9p-device virtio-9p-pci",
      "virtio-9p-pci-non-transitional virtio-9p-pci-transitional virtio-balloon virtio-balloon-device",
      "virtio-balloon-pci virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional",
      "virtio-blk virtio-blk-device virtio-blk-pci virtio-blk-pci-non-transitional",
      "virtio-blk-pci-transitional virtio-crypto-device virtio-crypto-pci virtio-gpu virtio-gpu-device",
      "virtio-gpu-pci virtio-input-host virtio-input-host-device virtio-input-host-pci virtio-iommu",
      "virtio-iommu-device virtio-iommu-pci virtio-keyboard virtio-keyboard-device virtio-keyboard-pci",
      "virtio-mem virtio-mem-pci virtio-mouse virtio-mouse-device virtio-mouse-pci virtio-net",
      "virtio-net-device virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional",
      "virtio-pmem virtio-pmem-pci virtio-rng virtio-rng-device virtio-rng-pci",
      "virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-scsi virtio-scsi-device",
      "virtio-scsi-pci virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial",
      "virtio-serial-device virtio-serial-pci virtio-serial-pci-non-transitional",
      "virtio-serial-pci-transitional virtio-tablet virtio-tablet-device virtio-tablet-pci virtio-vga",
      "virtserialport vmbus-bridge vmcoreinfo vmgenid vmmouse vmware-svga vmxnet3 x3130-upstream",
      "xio3130-downstream",
    ],
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: -device help" }],
    notes: "Without processors, and without what only some builds have, as Xen's, SPICE's and OpenGL's.",
  },
];

/** Drivers that went with 8.0. */
export const DRIVERS_UNTIL_7_2: readonly Fact<DriverNames>[] = [
  {
    id: "qemu/devices/driver-names/until-7.2",
    claim: "sga is there no more.",
    value: ["sga"],
    since: { after: "2.4", atLatest: "5.2" },
    until: "8.0",
    evidence: [
      { kind: "run", of: "5.2.0, 7.2.22: -device help" },
      { kind: "source", where: "7.2.0: hw/misc/sga.c; not in 8.0.0" },
    ],
  },
];

/** Drivers that went with 9.1. */
export const DRIVERS_UNTIL_9_1: readonly Fact<DriverNames>[] = [
  {
    id: "qemu/devices/driver-names/until-9.1",
    claim: "pvrdma is there no more.",
    value: ["pvrdma"],
    since: { after: "2.4", atLatest: "5.2" },
    until: "9.1",
    evidence: [
      { kind: "run", of: "5.2.0, 7.2.22: -device help" },
      { kind: "source", where: "9.0.0: hw/rdma/vmw/pvrdma.h; not in 9.1.0" },
    ],
  },
];

/** Drivers that went between 5.2 and 7.2. */
export const DRIVERS_UNTIL_5_2: readonly Fact<DriverNames>[] = [
  {
    id: "qemu/devices/driver-names/until-5.2",
    claim: "These drivers are in 5.2 and not in 7.2.",
    value: [
      "ide-drive igd-passthrough-isa-bridge piix3-ide-xen scsi-disk virtio-iommu-pci-non-transitional",
      "vt82c686b-usb-uhci",
    ],
    since: { after: "2.4", atLatest: "5.2" },
    until: { after: "5.2", atLatest: "7.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22: -device help" }],
  },
];

/** Drivers from 7.2 on. */
export const DRIVERS_FROM_7_2: readonly Fact<DriverNames>[] = [
  {
    id: "qemu/devices/driver-names/from-7.2",
    claim: "These drivers are in 7.2 and not in 5.2.",
    value: [
      "acpi-erst cxl-downstream cxl-rp cxl-type3 cxl-upstream guest-loader hv-syndbg nvme-subsys",
      "pvpanic-pci pxb-cxl vhost-user-gpio-device vhost-user-gpio-pci vhost-user-i2c-device",
      "vhost-user-i2c-pci vhost-user-rng vhost-user-rng-pci x-pci-proxy-dev",
    ],
    since: { after: "5.2", atLatest: "7.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: -device help" }],
  },
];

/** Drivers from 10.0 on. */
export const DRIVERS_FROM_10_0: readonly Fact<DriverNames>[] = [
  {
    id: "qemu/devices/driver-names/from-10.0",
    claim: "These drivers are in 10.0 and not in 7.2.",
    value: [
      "cxl-switch-mailbox-cci hv-balloon i2c-echo ide-cf igb sd-card-spi uefi-vars-sysbus uefi-vars-x64",
      "ufs ufs-lu vhost-user-snd vhost-user-snd-pci vhost-vdpa-device vhost-vdpa-device-pci",
      "vhost-vdpa-device-pci-non-transitional vhost-vdpa-device-pci-transitional",
      "virtio-multitouch-device virtio-multitouch-pci virtio-sound virtio-sound-device virtio-sound-pci",
      "vmclock",
    ],
    since: { after: "7.2", atLatest: "10.0" },
    evidence: [{ kind: "run", of: "7.2.22, 10.0.13, 11.1.3: -device help" }],
  },
];

/** Drivers from 11.1 on. */
export const DRIVERS_FROM_11_1: readonly Fact<DriverNames>[] = [
  {
    id: "qemu/devices/driver-names/from-11.1",
    claim: "These drivers are in 11.1 and not in 10.0.",
    value: [
      "emmc iommu-testdev nitro-heartbeat nitro-serial-vsock sp-mem vfio-user-pci vhost-user-rtc",
      "vhost-user-rtc-pci vhost-user-spi-device vhost-user-spi-pci vhost-user-test-device",
      "vhost-user-test-device-pci virtio-rtc-device virtio-rtc-pci",
    ],
    since: { after: "10.0", atLatest: "11.1" },
    evidence: [{ kind: "run", of: "10.0.13, 11.1.3: -device help" }],
  },
];
