import { describe, expect, it } from "vitest";
import { parseYaml } from "../yaml.ts";
import { reportOn } from "./fleet.ts";
import { FleetError, parseFleet } from "./inventory.ts";

const fleet = (yaml: string) => parseFleet(parseYaml(yaml));

describe("a fleet", () => {
  it("is sorted into kinds", () => {
    const { hosts, vms } = reportOn(
      fleet(`
hosts: [{name: a, qemu: 7.2.22}, {name: b, qemu: 10.0}, {name: c, qemu: 7.2.22}]
vms:
  - {name: v1, host: a, machine: pc-q35-7.2}
  - {name: v2, host: c, machine: pc-q35-7.2}
  - {name: v3, host: b, machine: pc-q35-7.2}
`),
    );
    expect(hosts.map(({ peer, hosts: names }) => [peer.qemu, names])).toEqual([
      ["7.2.22", ["a", "c"]],
      ["10.0", ["b"]],
    ]);
    expect(vms.map(({ vms: names }) => names)).toEqual([["v1", "v2"], ["v3"]]);
  });

  it("moves VMs to the other hosts of their own kind, but not to the only host they are on", () => {
    const { moves } = reportOn(
      fleet(`
hosts: [{name: a, qemu: 7.2.22}, {name: b, qemu: 7.2.22}, {name: c, qemu: 10.0.13}]
vms: [{name: v1, host: a, machine: pc-q35-7.2}, {name: v2, host: c, machine: pc-q35-7.2}]
`),
    );
    const told = moves.map(({ vm, to, safe }) => [vm.vms[0], to.peer.qemu, safe]);
    expect(told).toEqual([
      ["v1", "7.2.22", true],
      ["v1", "10.0.13", true],
      ["v2", "7.2.22", true],
    ]);
  });

  it("is upgraded oldest first, over hosts that stay", () => {
    const { upgrade, pinned } = reportOn(
      fleet(`
upgrade: 11.1.3
hosts: [{name: b, qemu: 10.0.13}, {name: a, qemu: 7.2.22}, {name: c, qemu: 11.1.3}]
vms: [{name: v1, host: a, machine: pc-q35-7.2}, {name: v2, host: b, machine: pc-q35-10.0}]
`),
    );
    expect(pinned).toEqual([]);
    expect(upgrade.stuck).toEqual([]);
    const steps = upgrade.steps.map(({ hosts, routes }) => [
      hosts.peer.qemu,
      routes.map(({ vm, through }) => [vm.vms[0], through.map(({ qemu }) => qemu)]),
    ]);
    expect(steps).toEqual([
      ["7.2.22", [["v1", ["11.1.3"]]]],
      ["10.0.13", [["v2", ["11.1.3"]]]],
    ]);
  });

  it("is stuck where a machine type is gone from every upgraded host", () => {
    const { upgrade } = reportOn(
      fleet(`
upgrade: 11.1.3
hosts: [{name: a, qemu: 7.2.22}, {name: b, qemu: 7.2.22}]
vms: [{name: v1, host: a, machine: pc-i440fx-2.4}]
`),
    );
    expect(upgrade.steps).toEqual([]);
    const [left] = upgrade.stuck;
    expect(left?.pins.map(({ vm, verdict }) => [vm.vms, verdict?.outcome])).toEqual([
      [["v1"], "cannot-start"],
    ]);
  });

  it("pins a VM on the only host there is", () => {
    const { pinned, upgrade } = reportOn(
      fleet("upgrade: 10.0.13\nhosts: [{name: a, qemu: 7.2.22}]\nvms: [{name: v, host: a}]\n"),
    );
    expect(pinned.map(({ vms }) => vms)).toEqual([["v"]]);
    expect(upgrade.stuck[0]?.pins[0]?.verdict).toBeNull();
  });

  it.each([
    ["hosts: []", /hosts: /],
    ["hosts: [{name: a}]", /host a: neither qemu nor inventory/],
    ["hosts: [{name: a, qemu: 7.2.99}]", /hosts\.0\.qemu: no release of QEMU/],
    ["hosts: [{name: a, qemu: 7.2}, {name: a, qemu: 7.2}]", /hosts: a is there twice/],
    ["hosts: [{name: a, qemu: 7.2}]\nvms: [{name: v, host: b}]", /VM v: there is no host b/],
    ["hosts: [{name: a, qemu: 7.2, colour: red}]", /hosts\.0: /],
  ])("is refused: %s", (yaml, message) => {
    expect(() => fleet(yaml)).toThrow(FleetError);
    expect(() => fleet(yaml)).toThrow(message);
  });
});
