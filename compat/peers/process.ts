import { createDestination } from "./destination/destination.ts";
import type { PeerProcess } from "./ending.ts";
import type { SaveImageFacts } from "./libvirt/image-facts.ts";
import type { LibvirtPeer, LibvirtPrediction } from "./libvirt/peer.ts";
import { predictRestore } from "./libvirt/predict.ts";
import { type PeerOptions, type Phase, type QemuPeer, qemuPeer } from "./peer.ts";
import { createSource } from "./source/source.ts";

/** A released QEMU, with what it makes of bytes on either side of a migration. */
export interface QemuModel {
  readonly peer: QemuPeer;
  /** A source whose return path is connection 0. */
  source(phase: "precopy" | "postcopy" | "recovery"): ReturnType<typeof createSource>;
  /** A destination that waits for connections. */
  destination(): PeerProcess;
}

/** A released libvirt, with what it makes of a save image. */
export interface LibvirtModel {
  readonly peer: LibvirtPeer;
  open(facts: SaveImageFacts): LibvirtPrediction;
}

/** The models of a release: `qemu-7.2.22`, `libvirt-9.0.0`. Throws a RangeError for a QEMU that does not exist. */
export function peer(name: `libvirt-${string}`, options?: Omit<LibvirtPeer, "libvirt">): LibvirtModel;
export function peer(name: string, options?: PeerOptions): QemuModel;
export function peer(name: string, options: object = {}): QemuModel | LibvirtModel {
  const libvirt = /^libvirt-(.+)$/.exec(name)?.[1];
  if (libvirt !== undefined) {
    const described = { ...options, libvirt };
    return { peer: described, open: (facts) => predictRestore(facts, described) };
  }
  const described = qemuPeer(name, options);
  return {
    peer: described,
    source: (phase) => createSource(described, { phase }),
    destination: () => createDestination(described),
  };
}

/** Starts a QEMU of a release: a destination that waits for connections, or a source that reads its return path. */
export function startPeer(described: QemuPeer, phase: Phase): PeerProcess {
  return phase === "incoming" ? createDestination(described) : createSource(described, { phase });
}
