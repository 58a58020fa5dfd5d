import type { Fact } from "../../../facts/fact.ts";
import type { Parameter } from "../../../facts/qemu/settings/parameter.ts";
import { DOWNTIME_LIMIT, MAX_BANDWIDTH } from "../../../facts/qemu/settings/parameters.ts";
import type { End } from "../../end.ts";

const MIB = 2 ** 20;
/** Nothing is told of the guest: it has at least this much. */
const SMALLEST_MIB = 32;

/**
 * Whether RAM goes over in several passes, and what the guest changed meanwhile is sent again: where the memory does not fit
 * into what is sent within the downtime that is allowed. One pass is never sure.
 */
export function hasSeveralPasses(source: End): boolean {
  return exceedsDowntime(source, source.peer.memoryMiB ?? SMALLEST_MIB);
}

/** Whether bandwidth and downtime are set so low that any guest takes several passes. */
export function forcesSeveralPasses(source: End): boolean {
  return exceedsDowntime(source, SMALLEST_MIB);
}

function exceedsDowntime(source: End, memoryMiB: number): boolean {
  const bandwidth = numberOf(source, "max-bandwidth", MAX_BANDWIDTH);
  const downtime = numberOf(source, "downtime-limit", DOWNTIME_LIMIT);
  return bandwidth > 0 && (bandwidth * downtime) / 1000 < memoryMiB * MIB;
}

function numberOf(end: End, name: string, chapters: readonly Fact<Parameter>[]): number {
  const value = end.set(name) ?? end.value(chapters)?.default;
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : 0;
}
