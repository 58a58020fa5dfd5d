import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../../../test/cli.ts";
import { temporaryDirectory } from "../../../test/temporary.ts";

function file(text: string): string {
  const path = join(temporaryDirectory(), "fleet.yaml");
  writeFileSync(path, text);
  return path;
}

/** VMs that all differ, on two hosts. */
function kinds(count: number) {
  const hosts = ["7.2.22", "8.2.7"].map((qemu, i) => ({ name: `h${i}`, qemu }));
  return {
    hosts,
    vms: Array.from({ length: count }, (_, i) => ({ name: `v${i}`, host: "h0", memoryMiB: i + 1 })),
  };
}

const FLEET = `
upgrade: 11.1.3
hosts:
  - {name: a1, qemu: 7.2.22}
  - {name: a2, qemu: 7.2.22}
  - {name: b1, qemu: 10.0}
vms:
  - {name: web1, host: a1, machine: pc-q35-7.2}
  - {name: web2, host: a2, machine: pc-q35-7.2}
  - {name: old1, host: a2, machine: pc-i440fx-2.4}
`;

describe("migwire compat fleet", () => {
  it("tells moves, the order of upgrades, and what pins a host", async () => {
    const { status, out } = await cli("compat", "fleet", file(FLEET));
    expect(status).toBe(1);
    expect(out).toContain("3 hosts of 2 kinds, 3 VMs of 2 kinds");
    expect(out).toMatch(/1\. B: 1 host from 10\.0 to 11\.1\.3/);
    expect(out).toMatch(/A: 2 hosts of 7\.2\.22 cannot be upgraded while these VMs run/);
    expect(out).toMatch(/VMs 2 \(old1\)\n +cannot-start: .*\[MACHINE_KNOWN\]/s);
  });

  it.each([
    ["names that stand twice", '{"hosts": [{"name": "a", "qemu": "7.2"}], "hosts": []}', "there twice"],
    ["what is nested too deep", `{"hosts": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`, "nested deeper"],
    [
      "a host that is not there",
      "{hosts: [{name: a, qemu: 7.2}], vms: [{name: v, host: __proto__}]}",
      "no host",
    ],
    ["an alias bomb", `a: &a [x]\nhosts: [${"*a,".repeat(200)}]`, "alias"],
    ["kinds without an end", JSON.stringify(kinds(60_000)), "more than 100000 different moves"],
  ])("refuses %s", async (_, text, told) => {
    const { status, out, err } = await cli("compat", "fleet", file(text));
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toContain(told);
  });

  it("lets no name steer a terminal", async () => {
    const name = "\u001b[31m\u202e";
    const hosts = [
      { name, qemu: "7.2.22" },
      { name: "b", qemu: "8.2.7" },
    ];
    const vms = [{ name, host: name, machine: name, capabilities: { [name]: true } }];
    for (const each of [{ hosts, vms }, { hosts, vms, with: [name] }, { hosts: [...hosts, ...hosts] }]) {
      const { out, err } = await cli("compat", "fleet", file(JSON.stringify(each)));
      expect(["\u001b", "\u202e"].filter((character) => (out + err).includes(character))).toEqual([]);
    }
  });

  it("is a document with every name", async () => {
    const { out } = await cli("compat", "fleet", file(FLEET), "--json");
    const { format, hostClasses, vmClasses, moves, upgrade } = JSON.parse(out);
    expect(format).toBe("migwire/fleet@1");
    expect(hostClasses.map(({ hosts }: { hosts: unknown }) => hosts)).toEqual([["a1", "a2"], ["b1"]]);
    expect(vmClasses.map(({ vms }: { vms: unknown }) => vms)).toEqual([["web1", "web2"], ["old1"]]);
    expect(moves).toHaveLength(4);
    expect(upgrade.steps).toHaveLength(1);
    expect(upgrade.stuck).toMatchObject([
      { hosts: 0, pins: [{ vm: 1, verdict: { outcome: "cannot-start" } }] },
    ]);
  });

  it.each([
    ["hosts: [", /line 1, column/],
    ["hosts: []", /hosts: /],
    ["hosts: [{name: a, inventory: no-such-file}]", /no-such-file/],
    ["hosts: [{name: a, qemu: 7.2}]\nwith: [warp]\nvms: [{name: v, host: a}]", /warp is no feature/],
  ])("refuses %s", async (text, message) => {
    const { status, err } = await cli("compat", "fleet", file(text));
    expect(status).toBe(2);
    expect(err).toMatch(message);
  });
});
