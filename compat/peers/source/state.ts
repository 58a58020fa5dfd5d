import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { SWITCHOVER_ACKS } from "../../facts/qemu/return-path/return-path.ts";
import { DEVICE_ALWAYS, POSTCOPY_DEVICE } from "../../facts/qemu/return-path/source-states.ts";
import type { MigrationStatus, Stop } from "../ending.ts";
import { capable, type QemuPeer } from "../peer.ts";
import type { QemuFile } from "../qemu-file.ts";
import type { Blocks } from "./blocks.ts";

/** What a source is doing while its return path is read. */
export type SourcePhase = "precopy" | "postcopy" | "recovery";

/** Why the return path is read no more. */
export type Departure =
  | { readonly how: "shut" }
  /** The peer closed; `cut` if it did so within a header. */
  | { readonly how: "end"; readonly cut: boolean }
  | {
      readonly how: "refused";
      /** The message, and what else it may say where the status is part of it. */
      readonly texts: readonly string[];
      /** The peer closed within what was read. */
      readonly cut: boolean;
    };

/** What a source knows of its return path. */
export interface Source {
  readonly peer: QemuPeer;
  /** Its RAM; null: whatever blocks are named. */
  readonly blocks: Blocks | null;
  phase: SourcePhase;
  file: QemuFile;
  /** The last payload, over what is left of those before it. */
  readonly payload: Uint8Array;
  /** Block of the last request. */
  requested: string | undefined;
  /** A request was taken that crashes it: only if it comes too early, or as soon as it is served. */
  crash: "early" | "served" | null;
  /** The other side answers what it reads on the main channel. */
  ponged: boolean;
  /** Anything came. */
  heard: boolean;
  packageLoaded: boolean;
  acksAwaited: number;
  acked: boolean;
  bitmaps: number;
  resumed: boolean;
  left: Departure | null;
  closed: boolean;
  stop: Stop | null;
}

/** A reader of what a source is told: why it stopped. */
export type Reading = Steps<Departure>;

/** What the switchover waits for did not come. */
export function awaitsAck({ peer, acked, acksAwaited }: Source): boolean {
  if (!capable(peer, "switchover-ack")) return false;
  return valueAt(SWITCHOVER_ACKS, peer.version, "later") === "count" ? acksAwaited > 0 : !acked;
}

/** The status while nothing is wrong, the likeliest first. Before the other side spoke, the source may be anywhere. */
export function statuses(source: Source): readonly [MigrationStatus, ...MigrationStatus[]] {
  const { phase, resumed, ponged, packageLoaded, peer } = source;
  if (phase === "recovery") return resumed ? ["postcopy-active"] : ["postcopy-recover"];
  const device = valueAt(DEVICE_ALWAYS, peer.version, "later") ?? false;
  if (phase === "postcopy") {
    const waits = valueAt(POSTCOPY_DEVICE, peer.version, "later") !== undefined;
    const status = waits && !packageLoaded ? "postcopy-device" : "postcopy-active";
    return device ? [status, "device", "active"] : [status, "active"];
  }
  const running = ponged ? (["active", "setup"] as const) : (["setup", "active"] as const);
  return device ? [...running, "device"] : running;
}

/** The status in which it waits for the other side when all was sent. */
export function waiting(source: Source): MigrationStatus {
  if (source.phase !== "precopy") return statuses(source)[0];
  if (awaitsAck(source)) return "active";
  return valueAt(DEVICE_ALWAYS, source.peer.version, "later") ? "device" : "active";
}
