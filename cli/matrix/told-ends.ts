import { classify } from "../../compat/fleet/classes.ts";
import type { MatrixEnd } from "../../compat/matrix/matrix.ts";
import { readFleet } from "../fleet/read.ts";

// Ends that files or monitors tell of: schemas are loaded for them, which takes as long as a matrix of releases.
export { peerFromArgument } from "../qmp/peer-argument.ts";

/** Each kind of hosts once. */
export async function endsOfFleet(file: string): Promise<readonly MatrixEnd[]> {
  const { fleet, inventories } = await readFleet(file);
  const { hosts } = classify({ ...fleet, vms: [] }, inventories);
  const ends = new Map(hosts.map(({ peer }) => [JSON.stringify(peer), { name: peer.qemu, peer }]));
  return [...ends.values()];
}
