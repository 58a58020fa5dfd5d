import { describe, expect, it } from "vitest";
import { pairOf } from "../../end.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Scenario, ScenarioPeer } from "../../scenario.ts";
import { blockMigrationLoaded } from "./block-migration-loaded.ts";
import { capabilitiesTogether } from "./capabilities-together.ts";
import { capabilityCurrent } from "./capability-current.ts";
import { capabilityKnown } from "./capability-known.ts";
import { cprComplete } from "./cpr-complete.ts";
import { cprModesAlike } from "./cpr-modes-alike.ts";
import { parameterInRange } from "./parameter-in-range.ts";
import { parameterKnown } from "./parameter-known.ts";
import { parameterSurvived } from "./parameter-survived.ts";
import { parameterWord } from "./parameter-word.ts";
import { settingSide } from "./setting-side.ts";
import { transportFits } from "./transport-fits.ts";
import { transportKnown } from "./transport-known.ts";

type Peer = Partial<ScenarioPeer>;

function scenario(from: string, to: string, source: Peer = {}, destination: Peer = {}): Scenario {
  return { source: { qemu: from, ...source }, destination: { qemu: to, ...destination } };
}

function first({ find }: Factor, given: Scenario): Problem | undefined {
  return find(pairOf(given))[0];
}

const on = (...names: readonly string[]) => ({
  capabilities: Object.fromEntries(names.map((name) => [name, true])),
});
const set = (parameters: Readonly<Record<string, unknown>>) => ({ parameters });

describe("capabilities of releases between", () => {
  it.each([
    ["6.1", "zero-copy-send", "Invalid parameter 'zero-copy-send'"],
    ["6.2", "zero-copy-send", "Parameter 'capability' does not accept value 'zero-copy-send'"],
    ["9.1", "compress", "Parameter 'capability' does not accept value 'compress'"],
  ])("%s has no %s", (qemu, name, text) => {
    const { ending, step } = first(capabilityKnown, scenario("11.1.3", qemu, {}, on(name))) as Problem;
    expect(step).toBe("capabilities destination");
    expect(ending?.destination.error).toBe(text);
  });

  it.each([
    ["9.0.2", ["multifd", "compress", "xbzrle"], "Multifd is not compatible with compress"],
    ["9.0.2", ["compress", "xbzrle"], "Compression is not compatible with xbzrle"],
    ["8.1.5", ["postcopy-ram", "multifd"], "Postcopy is not yet compatible with multifd"],
    ["10.1.0", ["x-colo"], undefined],
    ["11.0", ["x-colo"], "Capability 'x-colo' requires capability 'return-path'"],
    ["6.0.0", ["background-snapshot", "multifd"], "Background-snapshot is not compatible with multifd"],
  ])("%s takes %s together, or tells why not", (qemu, names, text) => {
    const problem = first(capabilitiesTogether, scenario(qemu, qemu, on(...names)));
    expect(problem?.ending?.source.error).toBe(text);
  });

  it("are switched off again before 2.10", () => {
    const problem = first(capabilitiesTogether, scenario("2.9", "2.9", on("postcopy-ram", "compress")));
    expect(problem).toMatchObject({ ending: null, level: "warning", args: { effect: "switched-off" } });
  });

  it("are warned of where they are deprecated", () => {
    const problem = first(capabilityCurrent, scenario("9.0.2", "9.0.2", on("compress")));
    expect(problem?.args.text).toMatch(/^warning: old compression method is deprecated/);
  });

  it("are those that the side itself states", () => {
    const states = { capabilities: ["multifd"] };
    expect(first(capabilityKnown, scenario("2.5", "2.5", { ...on("multifd"), states }))).toBeUndefined();
    expect(first(capabilityKnown, scenario("11.1.3", "2.5", { ...on("events"), states }))).toBeDefined();
  });
});

describe("parameters", () => {
  it("are told with the releases that have them", () => {
    const given = scenario("7.2.22", "10.0.13", set({ "zero-page-detection": "legacy" }));
    expect(first(parameterKnown, given)?.args.known).toBe("it is there since 9.0");
  });

  it("have the words of their build", () => {
    const zstd = set({ "multifd-compression": "zstd" });
    expect(first(parameterWord, scenario("5.2.0", "7.2.22", zstd))?.args.build).toBe(true);
    expect(first(parameterWord, scenario("5.2.0", "7.2.22", { ...zstd, build: "own" }))).toBeUndefined();
  });

  it("are compared with as many bits as are kept", () => {
    const channels = (count: number) => set({ "multifd-channels": count });
    expect(first(parameterInRange, scenario("5.2.0", "5.2.0", channels(257)))).toBeUndefined();
    expect(first(parameterInRange, scenario("5.2.0", "5.2.0", channels(256)))).toBeDefined();
  });

  it("can end the process", () => {
    const problem = first(parameterSurvived, scenario("5.2.0", "7.2.22", set({ "tls-authz": null })));
    expect(problem?.ending?.outcome).toBe("source-crashes");
  });
});

describe("commands", () => {
  it("name the transport that is not known", () => {
    const given = { ...scenario("10.0.13", "7.2.22"), transport: "file", mode: "save-and-restore" } as const;
    const { ending } = first(transportKnown, given) as Problem;
    expect(ending).toMatchObject({
      outcome: "refused",
      stage: "connect",
      source: { state: "completed", error: null },
      destination: { error: "unknown migration protocol: file:$PATH" },
    });
  });

  it("say in 8.0 that more connections are needed", () => {
    const given = { ...scenario("8.0.0", "7.2.22", on("multifd")), transport: "exec" } as const;
    expect(first(transportFits, given)?.ending?.source.error).toBe(
      "Migration requires multi-channel URIs (e.g. tcp)",
    );
    const older = { ...scenario("7.2.22", "7.2.22", on("multifd")), transport: "exec" } as const;
    expect(first(transportFits, older)).toBeUndefined();
  });

  it("end the source of 11.1 in cpr-transfer", () => {
    const transfer = set({ mode: "cpr-transfer" });
    const bare = { ...transfer, machine: "none" };
    expect(first(cprComplete, scenario("11.1.3", "11.1.3", bare))?.ending?.outcome).toBe("source-crashes");
    expect(first(cprComplete, scenario("11.1.3", "11.1.3", transfer))?.ending?.outcome).toBe("refused");
    expect(first(cprComplete, scenario("10.0.13", "11.1.3", transfer))?.ending?.outcome).toBe("refused");
  });
});

describe("what one side sends and the other does not take", () => {
  it("is the RAM, where the destination is in cpr-transfer", () => {
    const { ending } = first(
      cprModesAlike,
      scenario("7.2.22", "10.0.13", {}, set({ mode: "cpr-transfer" })),
    ) as Problem;
    expect(ending?.outcome).toBe("fails");
    expect(ending?.destination.error).toBe(
      [
        "block pc.ram should not be migrated !",
        "Illegal RAM offset 0",
        "error while loading state section id 2(ram)",
        "load of migration failed: Invalid argument",
      ].join("\n"),
    );
    expect(first(cprModesAlike, scenario("10.0.13", "11.1.3", set({ mode: "cpr-reboot" })))).toBeUndefined();
  });

  it("is the section of block since 9.1", () => {
    const { ending } = first(blockMigrationLoaded, scenario("7.2.22", "10.0.13", on("block"))) as Problem;
    expect(ending?.outcome).toBe("fails");
    expect(ending?.destination.error).toMatch(/^Unknown savevm section or instance 'block' 0\. /);
    expect(first(blockMigrationLoaded, scenario("5.2.0", "7.2.22", on("block")))).toBeUndefined();
  });

  it("is told where it is set on the wrong side only", () => {
    const problem = first(settingSide, scenario("10.0.13", "10.0.13", {}, on("return-path")));
    expect(problem).toMatchObject({ level: "warning", ending: null, args: { counts: "source" } });
    const both = scenario("10.0.13", "10.0.13", on("return-path"), on("return-path"));
    expect(first(settingSide, both)).toBeUndefined();
  });
});
