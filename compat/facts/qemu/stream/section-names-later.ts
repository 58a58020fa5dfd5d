import type { Fact } from "../../fact.ts";
import type { SectionNames } from "./section-names.ts";

/** Device state of x86 since 2.6. */
export const DEVICE_STATE_SINCE_2_6: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-2.6",
    claim: "Device state that x86 has since 2.6.",
    value: { i82801b11_bridge: [0, 0], mptsas: [0, 0], "virtio-gpu": [1, 1], "virtio-input": [1, 1] },
    since: "2.6",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 2.7. */
export const DEVICE_STATE_SINCE_2_7: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-2.7",
    claim: "Device state that x86 has since 2.7.",
    value: { e1000e: [1, 1], "virtio-vga": [2, 2] },
    since: "2.7",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 2.8. */
export const DEVICE_STATE_SINCE_2_8: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-2.8",
    claim: "Device state that x86 has since 2.8.",
    value: { "amd-iommu": [0, 0], pcspk: [1, 1], "virtio-crypto": [1, 1], "virtio-vhost_vsock": [0, 0] },
    since: "2.8",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 2.9. */
export const DEVICE_STATE_SINCE_2_9: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-2.9",
    claim: "Device state that x86 has since 2.9.",
    value: { "pcie-root-port": [1, 1], vmgenid: [1, 1] },
    since: "2.9",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 2.11. */
export const DEVICE_STATE_SINCE_2_11: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-2.11",
    claim: "Device state that x86 has since 2.11.",
    value: { vmcoreinfo: [1, 1] },
    since: "2.11",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 2.12. */
export const DEVICE_STATE_SINCE_2_12: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-2.12",
    claim: "Device state that x86 has since 2.12.",
    value: {
      kvaser_pci: [1, 1],
      mioe3680_pci: [1, 1],
      pcm3680i_pci: [1, 1],
      "tpm-crb": [0, 0],
      "vhost-user-blk": [1, 1],
    },
    since: "2.12",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 3.0. */
export const DEVICE_STATE_SINCE_3_0: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-3.0",
    claim: "Device state that x86 has since 3.0.",
    value: { "bochs-display": [0, 0], "tpm-tis": [0, 0], "xen-pvdevice": [1, 1] },
    since: "3.0",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 4.1. */
export const DEVICE_STATE_SINCE_4_1: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-4.1",
    claim: "Device state that x86 has since 4.1.",
    value: { "vhost-user-input": [0, 0], "virtio-vhost_scsi": [1, 1] },
    since: "4.1",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 4.2. */
export const DEVICE_STATE_SINCE_4_2: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-4.2",
    claim: "Device state that x86 has since 4.2.",
    value: { "acpi-ged": [1, 1], tulip: [0, 0], "vhost-user-fs": [0, 0] },
    since: "4.2",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 5.0 until 7.2. */
export const DEVICE_STATE_SINCE_5_0_UNTIL_7_2: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-5.0-until-7.2",
    claim: "Device state that x86 has since 5.0, not any more in 7.2, or of other versions.",
    value: { "virtio-iommu": [1, 1] },
    since: "5.0",
    until: { after: "5.2", atLatest: "7.2" },
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 5.1. */
export const DEVICE_STATE_SINCE_5_1: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-5.1",
    claim: "Device state that x86 has since 5.1.",
    value: { PCIHost: [1, 1], "vhost-user-vsock": [0, 0], "virtio-mem": [1, 1] },
    since: "5.1",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 5.2. */
export const DEVICE_STATE_SINCE_5_2: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-5.2",
    claim: "Device state that x86 has since 5.2.",
    value: { ctucan_pci: [1, 1], "u2f-key": [1, 1], "u2f-key-passthru": [1, 1], "xhci-sysbus": [1, 0] },
    since: "5.2",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 6.0. */
export const DEVICE_STATE_SINCE_6_0: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-6.0",
    claim: "Device state that x86 has since 6.0.",
    value: { "pvpanic-pci": [1, 1], pciespscsi: [2, 1], sysbusespscsi: [2, 1] },
    since: "6.0",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 6.1. */
export const DEVICE_STATE_SINCE_6_1: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-6.1",
    claim: "Device state that x86 has since 6.1.",
    value: { "vhost-user-i2c": [0, 0] },
    since: "6.1",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 6.2. */
export const DEVICE_STATE_SINCE_6_2: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-6.2",
    claim: "Device state that x86 has since 6.2.",
    value: { "vhost-user-rng": [0, 0] },
    since: "6.2",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];
