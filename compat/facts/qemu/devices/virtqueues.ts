import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** How many entries a virtqueue is said to have that the guest did not choose a size for. */
export const QUEUES_SENT_AS: readonly Fact<"own-size" | number>[] = [
  {
    id: "qemu/devices/virtqueues/sent-as/own-size",
    claim: "A virtqueue is made and sent with the size that the device gives it.",
    value: "own-size",
    since: "2.5",
    until: "10.0.13",
    evidence: [
      { kind: "source", where: "10.0.0: hw/virtio/virtio.c, virtio_add_queue()" },
      { kind: "run", of: "5.2.0, 7.2.22 to 11.1.3" },
    ],
  },
  {
    id: "qemu/devices/virtqueues/sent-as/1024",
    claim:
      "Every virtqueue is made with 1024 entries, offered to the guest and sent so, whatever the device gives it.",
    value: 1024,
    since: "10.0.13",
    until: "10.1",
    evidence: [
      {
        kind: "source",
        where:
          "Debian 1:10.0.13+ds-0+deb13u1: hw/virtio/virtio.c, virtio_add_queue(): always the largest size before 11.1; its changelog has the repair of CVE-2026-50626 in 10.0.13, not in 10.0.12",
      },
      { kind: "run", of: "10.0.13 to 11.1.3" },
    ],
    notes: "Stable releases of 10.1, 10.2 and 11.0 from the same days may do so as well; none was looked at.",
  },
  {
    id: "qemu/devices/virtqueues/sent-as/own-size-again",
    claim:
      "A virtqueue is made and sent with the size that the device gives it; only virtio-mmio may be told another.",
    value: "own-size",
    since: "10.1",
    evidence: [
      { kind: "source", where: "10.1.0, 11.0.0, 11.1.0-rc2: hw/virtio/virtio.c, virtio_add_queue()" },
      { kind: "run", of: "11.1.3 to 5.2.0, 7.2.22, 10.0.13" },
    ],
  },
];

/** A virtqueue that is sent with more entries than it has here. */
export const QUEUE_TOO_LARGE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/devices/virtqueues/too-large",
    claim: "A virtqueue with more entries than the own one is refused; before, any size was taken.",
    value: { template: "VQ %d vring.num %u exceeds allocated max %u", to: "stderr" },
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "d6384ad1c1", release: "11.1" },
      { kind: "run", of: "10.0.13 to 11.1.3 with rng, net, blk, scsi and balloon" },
    ],
  },
];

/** Entries that the queues of a device are made with. */
export interface Virtqueues {
  /** From the first queue on; those behind the last that is told are as that. */
  readonly sizes: readonly number[];
  /** Of the very last queue, where it is another. */
  readonly last?: number;
  /** The property that sets the size of all of them. */
  readonly sizedBy?: string;
  /** A property that sets the size of some. */
  readonly sizedInPartBy?: string;
  /** So many of its queues are set up by SeaBIOS before any guest, with that many entries at most. */
  readonly setUpByFirmware?: { readonly queues: number; readonly entries: number };
}

/** Queues by the name of the device's state. */
export const VIRTQUEUES: readonly Fact<Readonly<Record<string, Virtqueues>>>[] = [
  {
    id: "qemu/devices/virtqueues/made",
    claim:
      "Each kind of virtio device has queues of so many entries unless its properties tell others; SeaBIOS sets up the first of a disk.",
    value: {
      "vhost-user-blk": { sizes: [128], sizedBy: "queue-size" },
      "virtio-9p": { sizes: [128] },
      "virtio-balloon": { sizes: [128, 128, 128, 1024] },
      "virtio-blk": { sizes: [256], sizedBy: "queue-size", setUpByFirmware: { queues: 1, entries: 256 } },
      "virtio-console": { sizes: [128, 128, 32, 32, 128] },
      "virtio-crypto": { sizes: [1024] },
      "virtio-gpu": { sizes: [64, 16] },
      "virtio-input": { sizes: [64] },
      "virtio-iommu": { sizes: [256] },
      "virtio-mem": { sizes: [128] },
      "virtio-net": { sizes: [256], last: 64, sizedInPartBy: "rx_queue_size" },
      "virtio-pmem": { sizes: [128] },
      "virtio-rng": { sizes: [8] },
      "virtio-scsi": { sizes: [256], sizedBy: "virtqueue_size" },
      "virtio-sound-device": { sizes: [64] },
    },
    since: "11.1",
    evidence: [
      { kind: "source", where: "11.1.0: calls of virtio_add_queue() in hw/; machine types of 5.0 and later" },
      { kind: "run", of: "7.2.22 and 11.1.3: streams with rng, net, scsi, serial and balloon" },
      { kind: "run", of: "10.0.13 to 11.1.3: what the destination says of each" },
      {
        kind: "run",
        of: "10.0.13 to 11.1.3: a disk with one processor and SeaBIOS completes, without SeaBIOS or with two it does not",
      },
    ],
    notes:
      "Only releases that compare are of interest, so older ones were not read. Machine types before 5.0 have 128 for disks and SCSI; releases that compare have none of them.",
  },
];
