import type { Fact } from "../../fact.ts";
import type { SectionNames } from "./section-names.ts";

/** Device state of x86 since 7.0. */
export const DEVICE_STATE_SINCE_7_0: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-7.0",
    claim: "Device state that x86 has since 7.0.",
    value: { "acpi-erst": [1, 1] },
    since: "7.0",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 7.1. */
export const DEVICE_STATE_SINCE_7_1: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-7.1",
    claim: "Device state that x86 has since 7.1.",
    value: { "pckbd-mmio": [1, 1] },
    since: "7.1",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 7.2. */
export const DEVICE_STATE_SINCE_7_2: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-7.2",
    claim: "Device state that x86 has since 7.2.",
    value: { "vhost-user-gpio": [0, 0] },
    since: "7.2",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 7.2. */
export const DEVICE_STATE_SINCE_7_2_SEEN: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-7.2-seen",
    claim: "Device state that x86 has since 7.2 at the latest.",
    value: { "hv-syndbg": [0, 0], "virtio-iommu": [2, 2] },
    since: { after: "5.2", atLatest: "7.2" },
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 8.0. */
export const DEVICE_STATE_SINCE_8_0: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-8.0",
    claim: "Device state that x86 has since 8.0.",
    value: {
      igb: [1, 1],
      "vhost-vdpa-device": [1, 1],
      xen_evtchn: [1, 1],
      xen_gnttab: [1, 1],
      xen_overlay: [1, 1],
      xen_xenstore: [1, 1],
    },
    since: "8.0",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 8.2 until 10.2. */
export const DEVICE_STATE_SINCE_8_2_UNTIL_10_2: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-8.2-until-10.2",
    claim: "Device state that x86 has since 8.2, not any more in 10.2, or of other versions.",
    value: { "vhost-user-device": [0, 0] },
    since: "8.2",
    until: "10.2",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 8.2. */
export const DEVICE_STATE_SINCE_8_2: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-8.2",
    claim: "Device state that x86 has since 8.2.",
    value: { "ramfb-dev": [1, 1], ufs: [0, 0] },
    since: "8.2",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 9.0. */
export const DEVICE_STATE_SINCE_9_0: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-9.0",
    claim: "Device state that x86 has since 9.0.",
    value: { "vhost-user-snd": [0, 0] },
    since: "9.0",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 10.0. */
export const DEVICE_STATE_SINCE_10_0: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-10.0",
    claim: "Device state that x86 has since 10.0.",
    value: { vmclock: [1, 1] },
    since: "10.0",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 10.0. */
export const DEVICE_STATE_SINCE_10_0_SEEN: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-10.0-seen",
    claim: "Device state that x86 has since 10.0 at the latest.",
    value: { "uefi-vars-sysbus": [0, 0], "virtio-sound-device": [1, 1] },
    since: { after: "7.2", atLatest: "10.0" },
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 10.1. */
export const DEVICE_STATE_SINCE_10_1: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-10.1",
    claim: "Device state that x86 has since 10.1.",
    value: { "vfio-cpr-pci": [0, 0] },
    since: "10.1",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 10.2. */
export const DEVICE_STATE_SINCE_10_2: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-10.2",
    claim: "Device state that x86 has since 10.2.",
    value: { "vhost-user-test-device": [0, 0] },
    since: "10.2",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 11.0. */
export const DEVICE_STATE_SINCE_11_0: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-11.0",
    claim: "Device state that x86 has since 11.0.",
    value: { "vga-isa": [1, 0], "vhost-user-spi": [0, 0] },
    since: "11.0",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 11.1. */
export const DEVICE_STATE_SINCE_11_1: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-11.1",
    claim: "Device state that x86 has since 11.1.",
    value: { nvme_ns: [1, 1], "vhost-user-rtc": [0, 0], "virtio-rtc": [1, 1] },
    since: "11.1",
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];

/** Device state of x86 since 11.1. */
export const DEVICE_STATE_SINCE_11_1_SEEN: readonly Fact<SectionNames>[] = [
  {
    id: "qemu/section-names/since-11.1-seen",
    claim: "Device state that x86 has since 11.1 at the latest.",
    value: {
      hpet: [2, 2],
      "ipmi-bmc-extern": [1, 1],
      "ipmi-bmc-sim": [2, 1],
      "ipmi-interface": [2, 1],
      "ipmi-interface-isa-bt": [2, 2],
      mc146818rtc: [3, 3],
      nvme: [1, 1],
    },
    since: { after: "10.0", atLatest: "11.1" },
    evidence: [{ kind: "run", of: "-dump-vmstate of 5.2, 7.2, 10.0, 11.1; names in the sources" }],
  },
];
