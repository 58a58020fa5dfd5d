import type { End } from "../../end.ts";

/** How many processors an end has; undefined where it does not say. */
export function processorsOf({ peer: { cpus } }: End): number | undefined {
  return typeof cpus === "number" && Number.isSafeInteger(cpus) && cpus > 0 ? cpus : undefined;
}
