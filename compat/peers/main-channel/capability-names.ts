import { type Fact, valueAt } from "../../facts/fact.ts";
import * as capabilities from "../../facts/qemu/settings/capabilities.ts";
import * as newer from "../../facts/qemu/settings/capabilities-newer.ts";
import type { Capability } from "../../facts/qemu/settings/capability.ts";

const ALL: readonly (readonly Fact<Capability>[])[] = [
  ...Object.values<readonly Fact<Capability>[]>(capabilities),
  ...Object.values<readonly Fact<Capability>[]>(newer),
];

/** Whether a release has a capability of this name. */
export function hasCapability(name: string, version: string): boolean {
  return ALL.some((chapters) => valueAt(chapters, version, "later")?.name === name);
}
