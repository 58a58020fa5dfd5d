import type { Fact } from "../../fact.ts";
import type { Erratum } from "./erratum.ts";

/** Every virtqueue is sent with 1024 entries, whatever size it has. */
export const VIRTQUEUES_OF_1024: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/virtqueues-of-1024",
    claim: "Every virtqueue is sent with 1024 entries, whatever size it has.",
    value: {
      side: "source",
      trigger:
        "A virtio device whose queues the guest has not set up, or with the size that it was offered, towards a release that checks the size.",
      outcomes: ["guest-lost", "fails"],
      fixedIn: [],
      workaround: "The return-path capability on the source, so that the guest is not lost.",
    },
    since: "10.0.13",
    until: "10.1",
    evidence: [
      {
        kind: "run",
        of: '10.0.13 to 11.1.3: "VQ 0 vring.num 1024 exceeds allocated max 8"; 10.0.13 to 5.2.0, 7.2.22 and itself completes',
      },
    ],
    notes: "Part of the repair of CVE-2026-50626, which 10.0.12 does not have.",
  },
];

/** PCI Express devices have a mask register that machine types up to 7.2 did not have. */
export const UNCORRECTABLE_MASK_OF_PC_7_2: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/uncorrectable-mask-of-pc-7.2",
    claim: "PCI Express devices have a mask register that machine types up to 7.2 did not have.",
    value: {
      side: "either",
      trigger:
        "A machine type up to 7.2 with a PCI Express device such as e1000e, between 8.0.0 and an older release.",
      outcomes: ["guest-lost", "fails"],
      fixedIn: ["8.1"],
      workaround: null,
    },
    since: "8.0",
    until: { after: "8.0", atLatest: "8.1" },
    evidence: [
      { kind: "commit", commit: "010746ae1d", release: "8.0" },
      { kind: "commit", commit: "5ed3dabe57", release: "8.1" },
    ],
    notes: "The commit asks for a backport; the stable release of 8.0 that has it is not known here.",
  },
];

/** virtio-rng-pci has MSI-X vectors under machine types that did not have them. */
export const RNG_VECTORS: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/rng-vectors-before-8.0",
    claim: "virtio-rng-pci has MSI-X vectors under machine types that did not have them.",
    value: {
      side: "either",
      trigger: "virtio-rng-pci under a machine type before the one of 7.2 between 7.2.0 and another release.",
      outcomes: ["guest-lost", "fails"],
      fixedIn: ["7.2.1", "8.0"],
      workaround: "vectors=0 on the device.",
    },
    since: "7.2",
    until: "7.2.1",
    evidence: [
      { kind: "source", where: "Upstream commits bad9c5a516 and 62bdb88715, first in 8.0" },
      {
        kind: "source",
        where: "Debian 1:7.2+dfsg-7+deb12u18, debian/patches/v7.2.1.diff, hw/core/machine.c",
      },
    ],
  },
];

/** virtio-net offers USO under the machine type of 8.1, which 8.1 did not have there. */
export const NET_USO_OF_8_1: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/net-uso-of-8.1",
    claim: "virtio-net offers USO under the machine type of 8.1, which 8.1 did not have there.",
    value: {
      side: "source",
      trigger: "virtio-net on a host whose tap has USO, machine type 8.1, towards 8.1.",
      outcomes: ["guest-lost", "fails"],
      fixedIn: ["9.1"],
      workaround: "host_uso=off and the guest_uso properties off.",
    },
    since: "8.2",
    until: "9.1",
    evidence: [{ kind: "commit", commit: "9710401276", release: "9.1" }],
    notes: "The commit names 8.2 and 9.0 as sources.",
  },
];
