import { capabilitiesOf } from "../../inventory/implied.ts";

/** Whether a release has a capability of this name. */
export function hasCapability(name: string, version: string): boolean {
  return capabilitiesOf(version).has(name);
}
