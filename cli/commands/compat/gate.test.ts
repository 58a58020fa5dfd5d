import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../../test/temporary.ts";
import { UsageError } from "../../exit.ts";
import { type GateOptions, gate } from "./gate.ts";

const inventory = (line: string) =>
  new URL(`../../../fixtures/inventory/qmp-${line}.json`, import.meta.url).pathname;

async function run(peers: readonly string[], options: GateOptions = {}) {
  let out = "";
  const output = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    colour: false,
    interactive: false,
  };
  const status = await gate(peers, { observations: false, ...options }, output);
  return { status, out };
}

describe("compat gate", () => {
  it("lists every feature with what to set, or why not", async () => {
    const { status, out } = await run(["qemu-7.2.22", "qemu-10.0.13"]);
    expect(status).toBe(0);
    expect(out).toContain("machine  pc-q35-7.2 (the newest that both have; --machine names another)");
    expect(out).toContain("plain migration: completes");
    expect(out).toMatch(/^multifd +yes +both: multifd$/m);
    expect(out).toMatch(/^compress +no +the destination, QEMU 10.0.13, does not have compress any more/m);
    expect(out).toMatch(/^mapped-ram +not yet +the source.*\n +it would do with QEMU 9.0 at the source$/m);
  });

  it("takes inventories, and says what contradicts", async () => {
    const { out } = await run([inventory("5.2"), inventory("11.1")], { machine: "pc-i440fx-5.2" });
    expect(out).toContain("QEMU 5.2.0 (Debian 1:5.2+dfsg-11+deb11u3)");
    expect(out).toContain("machine  pc-i440fx-5.2\n");
    const odd = await run(["8.2.0 (qemu-kvm-8.2.0-11.el9)", "9.0.0-rc1"]);
    expect(odd.out).toContain("[INVENTORY_BUILD_UNKNOWN]");
    expect(odd.out).toContain("[INVENTORY_VERSION_UNLISTED]");
  });

  it("joins a version and a domain's XML", async () => {
    const path = join(temporaryDirectory(), "vm.xml");
    writeFileSync(path, "<domain><os><type machine='pc-q35-6.2'>hvm</type></os><vcpu>2</vcpu></domain>");
    expect((await run([`qemu-7.2.22,${path}`, "10.0.13"])).out).toContain("machine  pc-q35-6.2");
    await expect(run([path, "10.0.13"])).rejects.toThrow(/does not tell the version of QEMU/);
  });

  it("grants what goes together, and prints the commands for both sides", async () => {
    const { status, out } = await run(["qemu-10.0.13", "qemu-11.1.3"], {
      want: ["multifd", "zstd", "postcopy"],
    });
    expect(status).toBe(1);
    expect(out).toContain("granted: multifd, multifd-compression=zstd");
    expect(out).toContain("refused: postcopy-ram beside those");
    expect(out.indexOf('"migrate-incoming"')).toBeLessThan(out.indexOf('"migrate"'));
    expect(out).toContain("libvirt (9.4.0 or newer on both hosts)");
    expect(out).toContain("advised: return-path");
    expect((await run(["qemu-10.0.13", "qemu-11.1.3"], { want: ["multifd"] })).status).toBe(0);
  });

  it("says what differs the other way round", async () => {
    const { out } = await run(["qemu-7.2.22", "qemu-10.0.13"], { both: true });
    expect(out).toMatch(/the other way round\n(.*\n)+zero-page-detection=none +yes/);
    const same = await run(["qemu-10.0.13", "qemu-10.0.13"], { both: true, want: ["multifd"] });
    expect(same.out).toContain("the other way round: the same answers");
  });

  it("is one document in JSON", async () => {
    const { out } = await run([inventory("7.2"), "qemu-10.0.13"], { want: ["zlib"], both: true, json: true });
    const document = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(document)).toEqual([
      "format",
      "source",
      "destination",
      "machine",
      "machineChosen",
      "plain",
      "features",
      "wanted",
      "reverse",
    ]);
    expect(document).toMatchObject({
      format: "migwire/gate@1",
      source: { qemu: "7.2.22", told: { capabilities: true } },
      machine: "pc-q35-7.2",
      plain: { outcome: "completes", safe: true },
      features: [{ feature: "multifd-compression=zlib", answer: "yes", needs: ["multifd"] }],
      wanted: { granted: ["multifd-compression=zlib"], needed: ["multifd"], refused: [] },
      reverse: { machine: "pc-q35-7.2" },
    });
  });

  it.each<[string, readonly string[], GateOptions]>([
    ["one peer", ["qemu-7.2.22"], {}],
    ["three peers", ["7.2", "7.2", "7.2"], {}],
    ["a monitor too many", ["7.2", "7.2"], { qmp: ["unix:/nowhere"] }],
    ["no peer", ["7.2", "nonsense"], {}],
    ["no such file", ["7.2", "./missing.json"], {}],
    ["no feature", ["7.2", "8.0"], { want: ["quux"] }],
    ["no monitor", ["7.2"], { qmp: ["unix:/nowhere/at/all"] }],
  ])("refuses %s", async (_, peers, options) => {
    await expect(run(peers, options)).rejects.toThrow(UsageError);
  });

  it("shows nothing that steers a terminal", async () => {
    const path = join(temporaryDirectory(), "evil.json");
    const version = { qemu: { major: 7, minor: 2, micro: 22 }, package: "\u001b[31mred" };
    writeFileSync(
      path,
      JSON.stringify({
        "query-version": version,
        "query-migrate-capabilities": [{ capability: "\u001b[2J", state: true }],
        "query-migrate-parameters": { "\u001b]0;x": 1 },
        "query-machines": [{ name: "pc-q35-\u001b[1m" }],
      }),
    );
    const { out } = await run([path, "10.0.13"]);
    expect(out).not.toContain("\u001b");
  });
});
