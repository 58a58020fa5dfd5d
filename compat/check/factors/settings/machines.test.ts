import { describe, expect, it } from "vitest";
import { pairOf } from "../../end.ts";
import type { Problem } from "../../factor.ts";
import type { Scenario } from "../../scenario.ts";
import { machineCurrent } from "./machine-current.ts";
import { machineKnown } from "./machine-known.ts";
import { machineOfPc } from "./machine-of-pc.ts";
import { machineSame } from "./machine-same.ts";
import { MACHINE_WORDINGS } from "./wordings-machines.ts";

function move(from: string, to: string, machine: string, other = machine): Scenario {
  return { source: { qemu: from, machine }, destination: { qemu: to, machine: other } };
}

function only(problems: readonly Problem[]): Problem {
  expect(problems).toHaveLength(1);
  return problems[0] as Problem;
}

const HELP = "Use -machine help to list supported machines";

describe("a machine type that a side does not have", () => {
  it.each([
    ["5.2.0", "pc-q35-10.0", "-machine pc-q35-10.0,accel=tcg: unsupported machine type"],
    ["7.2.22", "pc-q35-10.0", "unsupported machine type"],
    ["10.0.13", "pc-i440fx-11.1", 'unsupported machine type: "pc-i440fx-11.1"'],
    ["11.1.3", "pc-q35-4.0.1", 'unsupported machine type: "pc-q35-4.0.1"'],
  ])("is refused by the destination %s: %s", (to, machine, text) => {
    const from = machine === "pc-q35-4.0.1" ? "10.0.13" : "11.1.3";
    const { ending, step } = only(machineKnown.find(pairOf(move(from, to, machine))));
    expect(step).toBe("start destination");
    expect(ending).toMatchObject({
      outcome: "cannot-start",
      stage: "start",
      destination: { error: `${text}\n${HELP}`, exits: true },
    });
  });

  it("is told with the releases that have it", () => {
    const { args } = only(machineKnown.find(pairOf(move("11.1.3", "7.2.22", "pc-q35-10.0"))));
    expect(MACHINE_WORDINGS.MACHINE_KNOWN?.message(args)).toContain("It is in QEMU 10.0 to 11.1.");
  });

  it("counts by what the side states itself", () => {
    const { source } = move("7.2.22", "7.2.22", "pc-q35-7.2");
    const states = { machines: ["pc-q35-7.1"] };
    const pair = pairOf({ source, destination: { ...source, states } });
    expect(only(machineKnown.find(pair)).step).toBe("start destination");
  });

  it("leaves a saved source completed", () => {
    const pair = pairOf({
      ...move("11.1.3", "7.2.22", "pc-q35-10.0"),
      mode: "save-and-restore",
      transport: "exec",
    });
    expect(only(machineKnown.find(pair)).ending?.source.state).toBe("completed");
  });
});

describe("machine types that differ", () => {
  it("end the destination at the configuration", () => {
    const pair = pairOf(move("7.2.22", "10.0.13", "pc-q35-7.2", "pc-q35-7.1"));
    const { ending, step } = only(machineSame.find(pair));
    expect(step).toBe("configuration");
    expect(ending?.destination.error).toBe(
      "Machine type received is 'pc-q35-7.2' and local is 'pc-q35-7.1'\nload of migration failed: Invalid argument",
    );
  });

  it.each([
    ["pc-i440fx-2.3", "pc-i440fx-2.4", "Configuration section missing"],
    ["pc-i440fx-2.4", "pc-i440fx-2.3", "Unknown savevm section type 7"],
  ])("end it where only one of %s and %s is named in the stream", (sent, local, text) => {
    const { ending } = only(machineSame.find(pairOf(move("5.2.0", "7.2.22", sent, local))));
    expect(ending?.destination.error).toBe(`${text}\nload of migration failed: Invalid argument`);
  });

  it("are told with the reason by 11.1", () => {
    const { ending } = only(
      machineSame.find(pairOf(move("10.0.13", "11.1.3", "pc-i440fx-9.2", "pc-i440fx-10.0"))),
    );
    expect(ending?.destination.error).toBe(
      "load of migration failed: Invalid argument: post load hook failed for: configuration, version_id: 1, minimum_version: 0: Machine type received is 'pc-i440fx-9.2' and local is 'pc-i440fx-10.0'",
    );
  });

  it("are what an alias is on two releases", () => {
    const { args } = only(machineSame.find(pairOf(move("7.2.22", "10.0.13", "q35"))));
    expect(args).toMatchObject({ sent: "pc-q35-7.2", local: "pc-q35-10.0" });
    expect(MACHINE_WORDINGS.MACHINE_SAME?.message(args)).toContain("q35 is only a name");
  });

  it("are the same under alias and name, and where the received one begins the own", () => {
    expect(machineSame.find(pairOf(move("7.2.22", "10.0.13", "q35", "pc-q35-7.2")))).toEqual([]);
    expect(machineSame.find(pairOf(move("7.2.22", "7.2.22", "pc-q35-4.0", "pc-q35-4.0.1")))).toEqual([]);
  });
});

describe("other machine types", () => {
  it("are unknown where only another architecture has them", () => {
    for (const machine of ["virt-7.2", "virt", "s390-ccw-virtio-7.2"]) {
      const problems = machineOfPc.find(pairOf(move("7.2.22", "10.0.13", machine)));
      expect(problems.map(({ ending }) => ending?.outcome)).toEqual(["unknown", "unknown"]);
    }
  });

  it("are known between releases that agree, and by their old names", () => {
    const outcomes = (qemu: string, machine: string) =>
      [
        ...machineKnown.find(pairOf(move(qemu, qemu, machine))),
        ...machineOfPc.find(pairOf(move(qemu, qemu, machine))),
      ]
        .map(({ ending }) => ending?.outcome)
        .slice(0, 1);
    expect(outcomes("8.2.2", "isapc")).toEqual([]);
    expect(outcomes("6.2.0", "x-remote")).toEqual(["unknown"]);
    expect(outcomes("5.0.1", "pc-1.3")).toEqual([]);
    expect(outcomes("5.2.0", "pc-1.3")).toEqual([]);
    expect(outcomes("6.2.0", "pc-1.3")).toEqual(["cannot-start"]);
    expect(outcomes("7.2.22", "xenfv")).toEqual(["cannot-start"]);
  });

  it("are deprecated by age and by name", () => {
    const told = (from: string, machine: string) =>
      machineCurrent.find(pairOf(move(from, from, machine))).map(({ args }) => args.text)[0];
    expect(told("10.0.13", "pc-i440fx-7.0")).toBe(
      "warning: Machine type 'pc-i440fx-7.0' is deprecated: machines more than 3 years old are subject to deletion after 6 years",
    );
    expect(told("5.2.0", "pc-1.3")).toBe(
      "Machine type 'pc-1.3' is deprecated: use a newer machine type instead",
    );
    expect(told("10.0.13", "pc-i440fx-7.1")).toBeUndefined();
    expect(told("7.2.22", "pc-q35-5.2")).toBeUndefined();
  });
});
