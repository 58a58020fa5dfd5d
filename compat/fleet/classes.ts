import type { ScenarioPeer } from "../check/scenario.ts";
import { setupFor } from "../matrix/features.ts";
import type { Fleet, FleetHost, FleetVm } from "./inventory.ts";

/** Hosts that nothing tells apart. */
export interface HostClass {
  readonly peer: ScenarioPeer;
  /** The version they are to get; absent where they stay as they are. */
  readonly upgrade?: string;
  readonly hosts: string[];
}

/** VMs that nothing tells apart: started alike, on hosts of one class. */
export interface VmClass {
  /** As the source of a migration. */
  readonly peer: ScenarioPeer;
  /** What a destination is set to for it. */
  readonly destination: Pick<ScenarioPeer, "capabilities" | "parameters">;
  readonly mode: "precopy" | "postcopy" | "postcopy-recovery" | "save-and-restore";
  /** The features that its moves are to use. */
  readonly features: readonly string[];
  readonly on: HostClass;
  readonly vms: string[];
}

export interface FleetClasses {
  readonly hosts: readonly HostClass[];
  readonly vms: readonly VmClass[];
}

/** What hosts' inventories tell, by the name of the file. */
export type Inventories = ReadonlyMap<string, ScenarioPeer>;

/** Sorts a fleet into classes; what follows looks at these only, however large the fleet is. */
export function classify(fleet: Fleet, inventories: Inventories): FleetClasses {
  const hosts = new Map<string, HostClass>();
  const of = new Map<string, HostClass>();
  for (const host of fleet.hosts) {
    const found = classed(hosts, keyOfHost(host, fleet.upgrade), () =>
      hostClass(host, fleet.upgrade, inventories),
    );
    found.hosts.push(host.name);
    of.set(host.name, found);
  }
  const numbers = new Map([...hosts.values()].map((each, i) => [each, i]));
  const vms = new Map<string, VmClass>();
  for (const vm of fleet.vms) {
    const on = of.get(vm.host);
    if (!on) throw new RangeError(`no host ${vm.host}`);
    const { name, host: _, ...rest } = vm;
    const key = `${numbers.get(on)} ${JSON.stringify(rest)}`;
    classed(vms, key, () => vmClass(vm, on, fleet.with ?? [])).vms.push(name);
  }
  return { hosts: [...hosts.values()], vms: [...vms.values()] };
}

function classed<T>(all: Map<string, T>, key: string, make: () => T): T {
  const found = all.get(key) ?? make();
  all.set(key, found);
  return found;
}

function keyOfHost({ qemu = "", inventory = "", upgrade }: FleetHost, all: string | undefined): string {
  return [qemu, inventory, upgrade ?? all ?? ""].join("\n");
}

function hostClass(host: FleetHost, all: string | undefined, inventories: Inventories): HostClass {
  const { qemu, inventory, upgrade = all } = host;
  const told = inventory === undefined ? undefined : inventories.get(inventory);
  const peer = { ...told, qemu: qemu ?? told?.qemu ?? "" };
  return { peer, ...(upgrade === undefined || upgrade === peer.qemu ? {} : { upgrade }), hosts: [] };
}

function vmClass(vm: FleetVm, on: HostClass, features: readonly string[]): VmClass {
  const { qemu = on.peer.qemu, machine, with: own = features, devices, memoryMiB, cpus } = vm;
  const { source, destination, mode = "precopy" } = setupFor(own);
  const common = {
    ...(machine === undefined ? {} : { machine }),
    ...(devices === undefined ? {} : { devices }),
    ...(memoryMiB === undefined ? {} : { memoryMiB }),
    ...(cpus === undefined ? {} : { cpus }),
  };
  return {
    peer: {
      qemu,
      ...common,
      capabilities: { ...source.capabilities, ...vm.capabilities },
      parameters: { ...source.parameters, ...vm.parameters },
    },
    destination: { ...common, ...both(destination, vm) },
    mode,
    features: own,
    on,
    vms: [],
  };
}

/** What a VM names itself is set on both ends. */
function both(
  destination: VmClass["destination"],
  { capabilities, parameters }: FleetVm,
): VmClass["destination"] {
  return {
    capabilities: { ...destination.capabilities, ...capabilities },
    parameters: { ...destination.parameters, ...parameters },
  };
}
