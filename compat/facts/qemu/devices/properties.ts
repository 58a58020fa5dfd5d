import type { Fact } from "../../fact.ts";

/** What a property of a device changes in the stream or for it. */
export interface PropertyEffect {
  readonly on: "pci-config" | "ram-block" | "queues" | "nothing";
  /** What it is where it is not set, if that is the same for all machine types. */
  readonly unset?: string;
  /** The block whose size in MiB it is, rounded up to a power of two. */
  readonly block?: string;
}

/** Properties by what comes of other values on the two sides. */
export const PROPERTY_EFFECTS: readonly Fact<Readonly<Record<string, PropertyEffect>>>[] = [
  {
    id: "qemu/devices/property-effects",
    claim:
      "Queues, vectors and the generation of virtio show in PCI configuration space, which must agree; sizes of video memory are those of RAM blocks; backends are not the guest's.",
    value: {
      bootindex: { on: "nothing" },
      chardev: { on: "nothing" },
      "disable-legacy": { on: "pci-config", unset: "false" },
      "disable-modern": { on: "pci-config", unset: "false" },
      drive: { on: "nothing" },
      iothread: { on: "nothing" },
      "free-page-hint": { on: "queues", unset: "false" },
      "free-page-reporting": { on: "queues", unset: "false" },
      mac: { on: "nothing" },
      max_ports: { on: "queues", unset: "31" },
      netdev: { on: "nothing" },
      "num-queues": { on: "pci-config" },
      num_queues: { on: "pci-config" },
      "queue-size": { on: "nothing" },
      rng: { on: "nothing" },
      vectors: { on: "pci-config" },
      vgamem_mb: { on: "ram-block", block: "@/vga.vram" },
      virtqueue_size: { on: "nothing" },
    },
    since: { after: "2.6", atLatest: "10.0" },
    evidence: [
      {
        kind: "run",
        of: "10.0.13 to itself: vectors, disable-modern, disable-legacy, num-queues, num_queues, vgamem_mb fail; queue-size and mac do not",
      },
    ],
    notes:
      "More queues on the destination were run from 5.2.0 to 10.0.13 (max_ports), more on the source from 7.2.22 to 5.2.0, which completed with an idle guest, and 11.1.3 to itself, which did not (free-page-reporting). disable-legacy is auto where it is not set, which is false but behind a root port. Properties of backends and of boot order were not run: they name what the guest does not see.",
  },
];
