import type { ScenarioPeer } from "../check/scenario.ts";
import { compareVersions, lineOf } from "../releases.ts";

/** The machine type to migrate under where none is told: the newest of this family that both ends have. */
const FAMILY = "pc-q35-";

/** `pc-q35-7.2` for 7.2.22 and 10.0.13. Where they have none in common, that of the older one, which the other refuses. */
export function commonMachine(source: ScenarioPeer, destination: ScenarioPeer): string {
  const [a, b] = [lineOf(source.qemu), lineOf(destination.qemu)];
  return `${FAMILY}${compareVersions(a, b) <= 0 ? a : b}`;
}
