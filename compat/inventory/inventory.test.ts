import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capabilitiesOf, PeerError, peerFromReplies, peerFromText } from "./index.ts";

const VERSIONS = ["5.2", "7.2", "10.0", "11.1"] as const;
const FULL = { "5.2": "5.2.0", "7.2": "7.2.22", "10.0": "10.0.13", "11.1": "11.1.3" };

type Inventory = Readonly<Record<string, unknown>> & {
  readonly "query-migrate-capabilities": readonly { capability: string; state: boolean }[];
  readonly "query-migrate-parameters": Readonly<Record<string, unknown>>;
  readonly "query-machines": readonly { name: string; alias?: string }[];
};

function textOf(version: string): string {
  return readFileSync(new URL(`../../fixtures/inventory/qmp-${version}.json`, import.meta.url), "utf8");
}

function inventory(version: string): Inventory {
  return JSON.parse(textOf(version)) as Inventory;
}

function rulesOf(changed: Readonly<Record<string, unknown>>): string[] {
  return peerFromReplies(changed, "changed").findings.map(({ rule }) => rule);
}

describe("an inventory", () => {
  it.each(VERSIONS)("of %s contradicts nothing that its release implies", (version) => {
    const { peer, findings, sources } = peerFromText(textOf(version), "inventory.json");
    expect(findings).toEqual([]);
    expect(sources).toEqual(["inventory"]);
    expect(peer.qemu).toBe(FULL[version]);
    expect(peer.build).toMatch(/^Debian /);
    expect(peer.capabilities).toBeUndefined();
    expect(peer.parameters).toBeUndefined();
    expect(new Set(peer.states?.capabilities)).toEqual(new Set(capabilitiesOf(peer.qemu).keys()));
    expect(peer.states?.parameters).toContain("block-bitmap-mapping");
    expect(peer.states?.machines).toContain("pc-q35-5.2");
    expect(peer.states?.machines).toContain("q35");
  });

  it("may have each answer as it came from the monitor", () => {
    const wrapped = Object.fromEntries(
      Object.entries(inventory("7.2")).map(([command, answer]) => [
        command,
        { return: answer, id: "libvirt-1" },
      ]),
    );
    expect(peerFromReplies(wrapped, "wrapped").peer).toEqual(peerFromText(textOf("7.2"), "plain").peer);
  });

  it("tells its release in the greeting alone", () => {
    const { greeting } = inventory("10.0");
    expect(peerFromReplies({ greeting }, "greeting").peer.qemu).toBe("10.0.13");
    expect(rulesOf({ greeting })).toEqual(["INVENTORY_INCOMPLETE"]);
  });
});

describe("what an inventory states", () => {
  const plain = inventory("7.2");
  const capabilities = plain["query-migrate-capabilities"];

  it("counts more than the version: a backported capability", () => {
    const more = [...capabilities, { capability: "switchover-ack", state: false }];
    const { peer, findings } = peerFromReplies({ ...plain, "query-migrate-capabilities": more }, "backport");
    expect(peer.states?.capabilities).toContain("switchover-ack");
    expect(findings.map(({ rule, level }) => [rule, level])).toEqual([
      ["INVENTORY_CAPABILITY_EXTRA", "warning"],
    ]);
    expect(findings[0]?.message).toContain("switchover-ack came with 8.1");
    expect(findings[0]?.remedy).toContain("backport");
    expect(findings[0]?.evidence[0]).toContain("qemu/capabilities/switchover-ack");
  });

  it("counts more than the version: a capability that the build leaves out", () => {
    const less = capabilities.filter(({ capability }) => capability !== "block");
    expect(rulesOf({ ...plain, "query-migrate-capabilities": less })).toEqual([
      "INVENTORY_CAPABILITY_MISSING",
    ]);
  });

  it("may be set already", () => {
    const set = capabilities.map((each) => ({ ...each, state: each.capability === "xbzrle" }));
    const { peer, findings } = peerFromReplies({ ...plain, "query-migrate-capabilities": set }, "set");
    expect(peer.capabilities).toEqual({ xbzrle: true });
    expect(findings.map(({ rule }) => rule)).toEqual(["INVENTORY_CAPABILITY_SET"]);
  });

  it("tells parameters that are gone, new, or not at their defaults", () => {
    const { "multifd-channels": _, ...parameters } = plain["query-migrate-parameters"];
    const changed = { ...parameters, "zero-page-detection": "legacy", "max-bandwidth": 1000 };
    const { peer, findings } = peerFromReplies({ ...plain, "query-migrate-parameters": changed }, "changed");
    expect(findings.map(({ rule }) => rule)).toEqual([
      "INVENTORY_PARAMETER_MISSING",
      "INVENTORY_PARAMETER_EXTRA",
      "INVENTORY_DEFAULT_DIFFERS",
    ]);
    expect(peer.parameters).toEqual({ "max-bandwidth": 1000 });
    expect(peer.states?.parameters).not.toContain("multifd-channels");
  });

  it("tells machine types of a distribution, and those that it lacks", () => {
    const rhel = [{ name: "pc-q35-rhel9.2.0", alias: "q35" }, { name: "pc-i440fx-7.2" }];
    const [missing, extra] = peerFromReplies({ ...plain, "query-machines": rhel }, "rhel").findings;
    expect(missing?.rule).toBe("INVENTORY_MACHINE_MISSING");
    expect(missing?.message).toContain("pc-i440fx-1.4");
    expect(extra?.rule).toBe("INVENTORY_MACHINE_EXTRA");
    expect(extra?.message).toContain("pc-q35-rhel9.2.0");
  });
});

describe("what is no inventory", () => {
  it.each([
    ["{", "no JSON"],
    ["[]", "no inventory"],
    ["{}", "no inventory"],
    ['{"query-machines": []}', "not query-version"],
    ['{"query-version": 7}', "query-version"],
    ['{"query-version": {"qemu": {"major": 7, "minor": 2, "micro": -1}}}', "micro"],
    [
      '{"QMP": {"version": {"qemu": {"major": 7, "minor": 2, "micro": 0}}}, "query-machines": [7]}',
      "query-machines.0",
    ],
  ])("%s is refused with its place", (text, told) => {
    expect(() => peerFromText(text, "file.json")).toThrow(PeerError);
    expect(() => peerFromText(text, "file.json")).toThrow(told);
  });

  it("is bounded, and deep values do not exhaust the stack", () => {
    expect(() => peerFromText(" ".repeat(9 << 20), "long")).toThrow(/longer/);
    const deep = `{"query-version": ${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    expect(() => peerFromText(deep, "deep")).toThrow(PeerError);
  });

  it("is refused as such, or read, whatever JSON it is", () => {
    const reply = fc.jsonValue({ maxDepth: 4 });
    const answers = fc.record(
      {
        "query-version": fc.oneof(fc.constant(inventory("7.2")["query-version"]), reply),
        "query-migrate-capabilities": reply,
        "query-migrate-parameters": fc.oneof(fc.dictionary(fc.string(), reply), reply),
        "query-machines": fc.oneof(fc.array(fc.record({ name: fc.string(), alias: fc.string() })), reply),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(answers, (value) => {
        try {
          peerFromText(JSON.stringify(value), "any");
        } catch (error) {
          expect(error).toBeInstanceOf(PeerError);
        }
      }),
    );
  });
});
