import type { ScenarioPeer } from "../../compat/check/scenario.ts";
import type { HostClass, VmClass } from "../../compat/fleet/classes.ts";
import type { FleetReport } from "../../compat/fleet/fleet.ts";

/** A fleet's report as JSON: classes by their number, with all their names. */
export function fleetDocument({ hosts, vms, moves, pinned, upgrade }: FleetReport) {
  const hostNumber = new Map(hosts.map((each, i) => [each, i]));
  const vmNumber = new Map(vms.map((each, i) => [each, i]));
  const host = (each: HostClass) => hostNumber.get(each) ?? null;
  const vm = (each: VmClass) => vmNumber.get(each) ?? null;
  return {
    format: "migwire/fleet@1",
    hostClasses: hosts.map(({ peer, upgrade: to, hosts: names }) => ({
      qemu: peer.qemu,
      upgrade: to ?? null,
      count: names.length,
      hosts: names,
    })),
    vmClasses: vms.map(({ peer, features, on, vms: names }) => ({
      ...settings(peer),
      with: features,
      on: host(on),
      count: names.length,
      pinned: pinned.some((each) => each.vms === names),
      vms: names,
    })),
    moves: moves.map(({ vm: of, to, safe, verdict: { format: _, ...verdict } }) => ({
      vm: vm(of),
      to: host(to),
      safe,
      ...verdict,
    })),
    upgrade: {
      steps: upgrade.steps.map(({ hosts: done, routes }) => ({
        hosts: host(done),
        routes: routes.map(({ vm: of, through }) => ({
          vm: vm(of),
          through: through.map(({ qemu }) => qemu),
        })),
      })),
      stuck: upgrade.stuck.map(({ hosts: left, pins }) => ({
        hosts: host(left),
        pins: pins.map(({ vm: of, verdict }) => ({ vm: vm(of), verdict })),
      })),
    },
  };
}

function settings({
  qemu,
  machine,
  capabilities = {},
  parameters = {},
  devices,
  memoryMiB,
  cpus,
}: ScenarioPeer) {
  return {
    qemu,
    machine: machine ?? null,
    capabilities,
    parameters,
    devices: devices ?? null,
    memoryMiB: memoryMiB ?? null,
    cpus: cpus ?? null,
  };
}
