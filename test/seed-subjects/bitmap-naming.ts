import { expect, it } from "vitest";
import { check as checkAll } from "../../compat/check/check.ts";
import { DEVICES_WORDINGS } from "../../compat/check/factors/devices/index.ts";
import type { Scenario, ScenarioPeer } from "../../compat/check/scenario.ts";
import { atLeast, linesOfQemu } from "../../compat/releases.ts";
import { asRecorded } from "./recorded.ts";

/** A release of each line that migrates bitmaps. */
const LINES = linesOfQemu()
  .filter((line) => atLeast(line, "2.12"))
  .map((line) => (line === "11.1" ? "11.1.3" : `${line}.0`));
const DIRTY = { "dirty-bitmaps": true };
const BM0 = { node: "node0", name: "bm0" };
const MAPPING = "block-bitmap-mapping";
/** A machine type that old releases have as well. */
const OLD = { machine: "pc-i440fx-4.2" };

function mapped(node: string, alias: string, ...bitmaps: readonly (readonly [string, string])[]) {
  return { "node-name": node, alias, bitmaps: bitmaps.map(([name, own]) => ({ name, alias: own })) };
}

function moved(
  from: string,
  to: string,
  source: Partial<ScenarioPeer>,
  destination: Partial<ScenarioPeer>,
): Scenario {
  return {
    source: { qemu: from, machine: "pc-i440fx-5.2", capabilities: DIRTY, bitmaps: [BM0], ...source },
    destination: { qemu: to, machine: "pc-i440fx-5.2", nodes: ["node0"], ...destination },
  };
}

/** What this group finds; others have their own tests. */
function check(scenario: Scenario) {
  const verdict = checkAll(scenario);
  return {
    ...verdict,
    findings: verdict.findings.filter(({ rule }) => Object.hasOwn(DEVICES_WORDINGS, rule)),
  };
}

/** Under which names dirty bitmaps are sent, and where they arrive. */
export function bitmapNaming(): void {
  asRecorded(/^bitmap:/);

  it.each(LINES)("from and to %s: a missing node, a generated name, one too long, and aliases", (line) => {
    const within = (bitmap: typeof BM0, source: object = {}, nodes: readonly string[] = [bitmap.node]) =>
      checkAll({
        source: { qemu: line, capabilities: DIRTY, bitmaps: [bitmap], ...source },
        destination: { qemu: line, nodes },
      }).outcome;
    expect(within(BM0)).toBe("completes");
    expect(within(BM0, {}, [])).toBe(atLeast(line, "5.1") ? "loses-bitmaps" : "fails");
    expect(within({ node: "#block123", name: "bm0" })).toBe(atLeast(line, "5.1") ? "fails" : "completes");
    const long = { node: "node0", name: "x".repeat(256) };
    expect(within(long)).toBe(atLeast(line, "5.2") ? "fails" : "source-crashes");
    const aliases = { parameters: { [MAPPING]: [mapped("node0", "al0", ["bm0", "bm0"])] } };
    expect(within(BM0, aliases, ["al0"])).toBe(atLeast(line, "5.2") ? "completes" : "refused");
  });

  it("finds a node by its name, with the capability on the source alone", () => {
    expect(check(moved("5.2.0", "11.1.3", {}, {})).outcome).toBe("completes");
    expect(check(moved("5.2.0", "11.1.3", { capabilities: {} }, { capabilities: DIRTY }))).toMatchObject({
      outcome: "loses-bitmaps",
      destination: { state: "completed", error: null },
    });
  });

  it("takes a destination that tells of no nodes to have none", () => {
    const scenario = moved("7.2.22", "7.2.22", {}, {});
    const { nodes: _, ...destination } = scenario.destination;
    expect(check({ ...scenario, destination })).toMatchObject({ outcome: "loses-bitmaps" });
  });

  it("drops all bitmaps over one node that is missing, in the words of each release", () => {
    const missing = (to: string) =>
      check(moved("7.2.22", to, { bitmaps: [BM0, { node: "node1", name: "bm1" }] }, {}));
    expect(missing("5.2.0").destination.error).toBe("Cannot find device=node1 nor node_name=node1");
    expect(missing("11.1.3").destination.error).toBe("Cannot find device='node1' nor node-name='node1'");
    const [finding] = missing("11.1.3").findings;
    expect(finding?.message).toMatch(/^Both sides would report success, and dirty bitmaps would be missing/);
    expect(finding?.message).toContain("All 2 bitmaps are dropped");
  });

  it("fails over a missing node before 5.1", () => {
    expect(check(moved("4.2", "4.2", OLD, { ...OLD, nodes: [] }))).toMatchObject({
      outcome: "fails",
      stage: "setup",
    });
  });

  it("refuses a generated name since 5.1; before, the destination looks for it", () => {
    const generated = { bitmaps: [{ node: "#block123", name: "bm0" }] };
    expect(check(moved("7.2.22", "10.0.13", generated, {}))).toMatchObject({
      outcome: "fails",
      source: { error: "Bitmap 'bm0' in a node with auto-generated name '#block123' can't be migrated" },
    });
    expect(check(moved("5.0", "10.0.13", { ...OLD, ...generated }, OLD))).toMatchObject({
      outcome: "loses-bitmaps",
      destination: { error: "Cannot find device='#block123' nor node-name='#block123'" },
    });
  });

  it("refuses a name of more than 255 bytes without an alias, and aborts before 5.2", () => {
    const name = "ü".repeat(128);
    const long = { bitmaps: [{ node: "node0", name }] };
    const error = `Cannot migrate bitmap '${name}' on node 'node0': Name is longer than 255 bytes`;
    const old = check(moved("7.2.22", "7.2.22", long, {}));
    expect(old).toMatchObject({ outcome: "fails", source: { state: "failed", error } });
    expect(old.destination.error).toContain("Unable to read node alias string");
    const quiet = check(moved("10.0.13", "7.2.22", long, {}));
    expect(quiet.destination.error).toContain("check_section_footer: Read section footer failed: -5");
    expect(check(moved("5.1", "7.2.22", { ...OLD, ...long }, OLD)).outcome).toBe("source-crashes");
    const parameters = { [MAPPING]: [mapped("node0", "node0", [name, "short"])] };
    const there = { parameters: { [MAPPING]: [mapped("node0", "node0", ["bm0", "short"])] } };
    expect(check(moved("10.0.13", "7.2.22", { ...long, parameters }, there)).outcome).toBe("completes");
  });

  it("takes aliases for names on a destination without a mapping", () => {
    const parameters = { [MAPPING]: [mapped("node0", "al0", ["bm0", "bm0"])] };
    expect(check(moved("5.2.0", "7.2.22", { parameters }, {}))).toMatchObject({
      outcome: "loses-bitmaps",
      destination: { error: "Cannot find device='al0' nor node-name='al0'" },
    });
    expect(check(moved("5.2.0", "7.2.22", { parameters }, { nodes: ["al0"] })).outcome).toBe("completes");
  });

  it("wants the aliases of both sides to meet", () => {
    const source = { parameters: { [MAPPING]: [mapped("node0", "al0", ["bm0", "x0"])] } };
    const meets = (destination: readonly unknown[], nodes = ["node0", "other"]) =>
      check(moved("10.0.13", "11.1.3", source, { nodes, parameters: { [MAPPING]: destination } }));
    expect(meets([mapped("other", "al0", ["y", "x0"])]).outcome).toBe("completes");
    expect(meets([mapped("node0", "al1", ["bm0", "x0"])]).destination.error).toBe(
      "Error: Unknown node alias 'al0'",
    );
    expect(meets([mapped("node0", "al0", ["bm0", "x1"])]).destination.error).toBe(
      "Error: Unknown bitmap alias 'x0' on node 'node0' (alias 'al0')",
    );
    expect(meets([mapped("gone", "al0", ["bm0", "x0"])]).destination.error).toBe(
      "Cannot find device='' nor node-name='gone'",
    );
  });

  it("drops what a mapping of the source leaves out, without a word", () => {
    for (const list of [[], [mapped("node0", "node0")], [mapped("other", "other", ["bm0", "bm0"])]])
      expect(check(moved("10.0.13", "10.0.13", { parameters: { [MAPPING]: list } }, {}))).toMatchObject({
        outcome: "loses-bitmaps",
        destination: { error: null },
      });
  });

  it("fails over a bitmap that is there already", () => {
    const verdict = check(moved("10.0.13", "7.2.22", {}, { bitmaps: [BM0] }));
    expect(verdict).toMatchObject({ outcome: "fails", stage: "setup" });
    expect(verdict.destination.error).toBe(
      "Bitmap with the same name ('bm0') already exists on destination\nerror while loading state for instance 0x0 of device 'dirty-bitmap'\nload of migration failed: Invalid argument",
    );
  });
}
