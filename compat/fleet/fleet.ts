import { isSafe, type Verdict } from "../check/verdict.ts";
import { classify, type HostClass, type Inventories, type VmClass } from "./classes.ts";
import { type Fleet, FleetError } from "./inventory.ts";
import { createMover } from "./moves.ts";
import { planUpgrade, running, type UpgradePlan } from "./upgrade.ts";

/** What the move of VMs of one class to hosts of another comes to as things are now. */
export interface FleetMove {
  readonly vm: VmClass;
  readonly to: HostClass;
  readonly verdict: Verdict;
  readonly safe: boolean;
}

export interface FleetReport {
  readonly hosts: readonly HostClass[];
  readonly vms: readonly VmClass[];
  readonly moves: readonly FleetMove[];
  /** VMs that no other host can take as things are now. */
  readonly pinned: readonly VmClass[];
  readonly upgrade: UpgradePlan;
}

/** Each is judged and kept; a fleet with more differs in what does not matter. */
const MOST_MOVES = 100_000;

/** Which moves are safe now, in which order hosts can be upgraded, and which VMs pin theirs. */
export function reportOn(fleet: Fleet, inventories: Inventories = new Map()): FleetReport {
  const { hosts, vms } = classify(fleet, inventories);
  if (hosts.length * Math.max(hosts.length, vms.length) > MOST_MOVES)
    throw new FleetError(
      `kinds of VMs: ${vms.length}, kinds of hosts: ${hosts.length}; that makes more than ${MOST_MOVES} different moves. Leave out what does not differ in a way that matters (memoryMiB, cpus, names of devices), or split the fleet into several files`,
    );
  const move = createMover();
  const moves = vms.flatMap((vm) =>
    hosts
      .filter((to) => to !== vm.on || to.hosts.length > 1)
      .map((to) => {
        const verdict = move(vm, running(vm), to.peer);
        return { vm, to, verdict, safe: isSafe(verdict) };
      }),
  );
  const movable = new Set(moves.filter(({ safe }) => safe).map(({ vm }) => vm));
  return {
    hosts,
    vms,
    moves,
    pinned: vms.filter((vm) => !movable.has(vm)),
    upgrade: planUpgrade({ hosts, vms }, move),
  };
}
