import type { ScenarioPeer } from "../check/scenario.ts";
import { isSafe, type Verdict } from "../check/verdict.ts";
import { compareVersions } from "../releases.ts";
import type { FleetClasses, HostClass, VmClass } from "./classes.ts";
import type { Mover } from "./moves.ts";

/** Where the VMs of a class go while their hosts are upgraded: through these QEMUs, the last one for good. */
export interface Route {
  readonly vm: VmClass;
  readonly through: readonly ScenarioPeer[];
}

/** One class of hosts gets its new version, host by host. */
export interface UpgradeStep {
  readonly hosts: HostClass;
  readonly routes: readonly Route[];
}

/** VMs that nothing can take: their hosts cannot be upgraded while they run. */
export interface Pin {
  readonly vm: VmClass;
  /** What the move comes to that was to be: to the upgraded hosts; null where there is no other host at all. */
  readonly verdict: Verdict | null;
}

export interface UpgradePlan {
  readonly steps: readonly UpgradeStep[];
  /** Hosts that cannot be upgraded, with what pins them. */
  readonly stuck: readonly { readonly hosts: HostClass; readonly pins: readonly Pin[] }[];
}

/**
 * An order in which hosts can be upgraded without a VM being lost: each time a class whose VMs all have a way, by safe moves,
 * to hosts that are upgraded or stay as they are. How many VMs a host has room for is not looked at.
 */
export function planUpgrade({ hosts, vms }: FleetClasses, move: Mover): UpgradePlan {
  const steps: UpgradeStep[] = [];
  let left = hosts.filter(({ upgrade }) => upgrade !== undefined).toSorted(oldestFirst);
  const final = hosts.filter(({ upgrade }) => upgrade === undefined).map(({ peer }) => peer);
  for (let step: UpgradeStep | undefined; ; ) {
    step = firstPossible(left, vms, final, move);
    if (!step) break;
    const { hosts: done } = step;
    steps.push(step);
    final.push(upgraded(done));
    left = left.filter((each) => each !== done);
  }
  const stuck = left.map((each) => ({ hosts: each, pins: pinsOf(each, left, vms, final, move) }));
  return { steps, stuck };
}

function firstPossible(
  left: readonly HostClass[],
  vms: readonly VmClass[],
  final: readonly ScenarioPeer[],
  move: Mover,
): UpgradeStep | undefined {
  for (const hosts of left) {
    const routes = vms
      .filter(({ on }) => on === hosts)
      .map((vm) => ({ vm, through: route(vm, left, final, move) }));
    if (routes.every((each): each is Route => each.through !== undefined)) return { hosts, routes };
  }
  return undefined;
}

/** The shortest way of safe moves to a QEMU that stays; undefined where there is none. */
function route(
  vm: VmClass,
  left: readonly HostClass[],
  final: readonly ScenarioPeer[],
  move: Mover,
): readonly ScenarioPeer[] | undefined {
  const { on } = vm;
  // Hosts are upgraded one by one: the first is emptied onto those of its class that are still as they were.
  const isRolling = on.hosts.length > 1 && isSafe(move(vm, running(vm), on.peer));
  const lasting = new Set([...(isRolling ? [upgraded(on)] : []), ...final]);
  const waiting = left.filter((each) => each !== on).map(({ peer }) => peer);
  const seen = new Set<ScenarioPeer>();
  let ways: readonly (readonly ScenarioPeer[])[] = [[]];
  while (ways.length > 0) {
    const next: ScenarioPeer[][] = [];
    for (const way of ways)
      for (const to of [...lasting, ...waiting]) {
        if (seen.has(to) || !isSafe(move(vm, way.at(-1) ?? running(vm), to))) continue;
        seen.add(to);
        if (lasting.has(to)) return [...way, to];
        next.push([...way, to]);
      }
    ways = next;
  }
  return undefined;
}

function pinsOf(
  hosts: HostClass,
  left: readonly HostClass[],
  vms: readonly VmClass[],
  final: readonly ScenarioPeer[],
  move: Mover,
): Pin[] {
  const pinned = vms.filter((vm) => vm.on === hosts && route(vm, left, final, move) === undefined);
  const isAlone = hosts.hosts.length === 1 && left.length === 1 && final.length === 0;
  return pinned.map((vm) => ({
    vm,
    verdict: isAlone ? null : move(vm, running(vm), final[0] ?? upgraded(hosts)),
  }));
}

/** The QEMU that runs a VM, which may be older than what its host has by now. */
export function running({ peer, on }: VmClass): ScenarioPeer {
  return peer.qemu === on.peer.qemu ? on.peer : { qemu: peer.qemu };
}

const made = new WeakMap<HostClass, ScenarioPeer>();

/** The QEMU of a class once it is upgraded; what its old one told of itself says nothing about that. */
function upgraded(hosts: HostClass): ScenarioPeer {
  const peer = made.get(hosts) ?? { qemu: hosts.upgrade ?? hosts.peer.qemu };
  made.set(hosts, peer);
  return peer;
}

function oldestFirst(a: HostClass, b: HostClass): number {
  return compareVersions(a.peer.qemu, b.peer.qemu);
}
