import { MULTIFD_CAPABILITY } from "../../../facts/qemu/multifd/multifd.ts";
import { ZERO_PAGE_DETECTION as BY_MACHINE } from "../../../facts/qemu/settings/compat-properties.ts";
import { MULTIFD_COMPRESSION, ZERO_PAGE_DETECTION } from "../../../facts/qemu/settings/parameters-multifd.ts";
import { isOfOrBefore } from "../../../peers/main-channel/machine-type.ts";
import type { End, Pair } from "../../end.ts";

const DEFAULT_CHANNELS = 2;
const MOST_CHANNELS = 255;

/** Whether an end uses multifd channels on connections. */
export function hasMultifd(end: End): boolean {
  if (!end.has("multifd") && !end.has("x-multifd")) return false;
  const name = end.value(MULTIFD_CAPABILITY);
  return name !== undefined && end.has(name);
}

/** Whether both use multifd, over connections. */
export function bothMultifd({ source, destination, mode }: Pair): boolean {
  return mode !== "save-and-restore" && hasMultifd(source) && hasMultifd(destination);
}

/** How many channels an end has set. */
export function channelsOf(end: End): number {
  const value = end.set(`${end.value(MULTIFD_CAPABILITY) ?? "multifd"}-channels`);
  const taken = typeof value === "number" && Number.isInteger(value) && value > 0 && value <= MOST_CHANNELS;
  return taken ? value : DEFAULT_CHANNELS;
}

/** How an end compresses its packets; releases that do not know the parameter do not. */
export function compressionOf(end: End): string {
  const known = end.value(MULTIFD_COMPRESSION);
  const value = end.set("multifd-compression");
  return typeof value === "string" && known?.values?.includes(value) ? value : "none";
}

/** Who of a source looks for zero pages, and how they go: null in releases that put them on the main channel always. */
export function zeroPagesOf(source: End): string | null {
  const known = source.value(ZERO_PAGE_DETECTION);
  if (!known) return null;
  const value = source.set("zero-page-detection");
  if (typeof value === "string") return value;
  const { default: newer, forOlder } = source.value(BY_MACHINE) ?? {};
  const older = forOlder !== undefined && isOfOrBefore(source.peer.machine, forOlder.upTo);
  return String(older ? forOlder.value : (newer ?? known.default));
}
