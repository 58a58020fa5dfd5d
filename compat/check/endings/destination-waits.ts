import { WAITING_STATUS } from "../../facts/qemu/multifd/channels.ts";
import { HELD_WHOLE_BY } from "../../facts/qemu/return-path/source-endings.ts";
import { DEVICE_ALWAYS } from "../../facts/qemu/return-path/source-states.ts";
import type { Pair } from "../end.ts";
import type { Ending, SideEnd, Stage } from "../verdict.ts";
import { isHeard } from "./source-loses.ts";

/** What a destination that never gets there waits for. */
export type WaitsFor =
  /** Connections that nobody makes. */
  | "channels"
  /** Its main loop is stuck; no command is answered. */
  | "stuck";

/**
 * The destination waits for ever, and takes what is sent as far as its sockets have room: without a return path a source that
 * fits in there completes, any other hangs.
 */
export function destinationWaits(pair: Pair, stage: Stage, what: WaitsFor): Ending {
  const heard = isHeard(pair);
  const state = what === "channels" ? (pair.destination.value(WAITING_STATUS) ?? null) : null;
  const destination = { state, error: null };
  if (heard) return hangs(stage, { state: completing(pair), error: null }, destination);
  if (isHeld(pair)) {
    const source = { state: "completed", error: null };
    return { outcome: "guest-stuck", alternatives: ["hangs"], stage, source, destination };
  }
  return { ...hangs(stage, { state: "active", error: null }, destination), alternatives: ["guest-stuck"] };
}

/** A small guest may be sent whole to one that does not read; zero-copy waits until what it sent was read. */
function isHeld({ source, transport, mode }: Pair): boolean {
  if (mode === "save-and-restore") return true;
  const copies = !source.has("zero-copy-send") || !source.has("multifd");
  return copies && source.value(HELD_WHOLE_BY)?.includes(transport) !== false;
}

/** `status` of a source that has sent all and waits for an answer. */
export function completing({ source }: Pair): string {
  return source.value(DEVICE_ALWAYS) || source.has("pause-before-switchover") ? "device" : "active";
}

/** Neither side goes on, and no error is told. */
export function hangs(stage: Stage, source: SideEnd, destination: SideEnd): Ending {
  return { outcome: "hangs", alternatives: [], stage, source, destination };
}
