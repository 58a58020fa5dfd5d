import type { Fact } from "../../fact.ts";

/** Devices that cannot be migrated: the name of the section that they would have, `@` for the place. */
export type Unmigratable = Readonly<Record<string, string>>;

/** Devices that refuse to migrate. */
export const UNMIGRATABLE: readonly Fact<Unmigratable>[] = [
  {
    id: "qemu/devices/unmigratable/with-nvme",
    claim: "State of these devices cannot be migrated.",
    value: {
      "amd-iommu": "amd-iommu",
      nvme: "@/nvme",
      rocker: "@/rocker",
      ufs: "@/ufs",
      "virtio-crypto-pci": "@/virtio-crypto",
    },
    since: { after: "2.4", atLatest: "5.2" },
    until: "11.1",
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13: migrate with the device" }],
    notes: "ufs is there since 8.2.",
  },
  {
    id: "qemu/devices/unmigratable/without-nvme",
    claim: "nvme can be migrated; the others still cannot.",
    value: {
      "amd-iommu": "amd-iommu",
      rocker: "@/rocker",
      ufs: "@/ufs",
      "virtio-crypto-pci": "@/virtio-crypto",
    },
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "9d378cab53", release: "11.1" },
      { kind: "run", of: "11.1.3: migrate with the device" },
    ],
  },
];
