import { ALLOCATION_FAILED } from "../../facts/qemu/stream/allocation.ts";
import { crash, report } from "../postcopy/refuse.ts";
import { int32 } from "./failure.ts";
import type { Crash, Load } from "./load.ts";

const SIGTRAP = 5;

/** Room for `count` elements is asked for, where a count has a sign: GLib ends the process. */
export function allocationFailed(load: Load, count: number, size: number): Crash {
  report(load, ALLOCATION_FAILED, BigInt.asUintN(64, BigInt(int32(count)) * BigInt(size)));
  return crash(load.file, SIGTRAP);
}
