import { atLeast } from "../releases.ts";

/** Facts and models begin with this release. */
export const MODELLED_SINCE = "2.5";

/** Whether anything is known of what a release of QEMU does with what it receives. */
export function isModelled(version: string): boolean {
  return atLeast(version, MODELLED_SINCE);
}
