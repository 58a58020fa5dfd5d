import { describe, expect, it } from "vitest";
import { check as checkAll } from "../../check.ts";
import type { Scenario, ScenarioDevice, ScenarioPeer } from "../../scenario.ts";
import { DEVICES_WORDINGS } from "./index.ts";

const MACHINE = "pc-i440fx-5.2";

function scenario(
  from: string,
  to: string,
  source: Partial<ScenarioPeer> = {},
  destination: Partial<ScenarioPeer> = {},
): Scenario {
  return {
    source: { qemu: from, machine: MACHINE, ...source },
    destination: { qemu: to, machine: MACHINE, ...destination },
  };
}

const both = (from: string, to: string, ...devices: ScenarioDevice[]) =>
  scenario(from, to, { devices }, { devices });
const RNG = { driver: "virtio-rng-pci" };
const RETURN_PATH = { "return-path": true };

/** What this group finds; others have their own tests. */
function check(scenario: Scenario) {
  const verdict = checkAll(scenario);
  return {
    ...verdict,
    findings: verdict.findings.filter(({ rule }) => Object.hasOwn(DEVICES_WORDINGS, rule)),
  };
}

describe("memory and processors", () => {
  it("refuses another size of memory with the lines of the release", () => {
    const verdict = check(scenario("7.2.22", "5.2.0", { memoryMiB: 64 }, { memoryMiB: 32 }));
    expect(verdict).toMatchObject({ outcome: "fails", stage: "setup" });
    expect(verdict.destination.error).toBe(
      "Size mismatch: pc.ram: 0x4000000 != 0x2000000: Invalid argument\nerror while loading state for instance 0x0 of device 'ram'\nload of migration failed: Invalid argument",
    );
    expect(check(scenario("7.2.22", "11.1.3", { memoryMiB: 32 }, { memoryMiB: 64 })).destination.error).toBe(
      "Size mismatch: pc.ram: 0x2000000 != 0x4000000: Invalid argument\nload of migration failed: Invalid argument: error while loading state for instance 0x0 of device 'ram': Failed to load vmstate version_id: 4, ret: -22",
    );
  });

  it("names the first section of a processor that is missing, as the source sends it", () => {
    const fewer = (from: string, to: string) => check(scenario(from, to, { cpus: 4 }, { cpus: 2 }));
    expect(fewer("10.0.13", "7.2.22")).toMatchObject({ outcome: "guest-lost", stage: "switchover" });
    expect(fewer("10.0.13", "7.2.22").destination.error).toContain("'cpu_common' 2.");
    expect(fewer("11.1.3", "7.2.22").destination.error).toContain("'apic' 2.");
    const heard = scenario("10.0.13", "7.2.22", { cpus: 2, capabilities: RETURN_PATH }, { cpus: 1 });
    expect(check(heard).outcome).toBe("fails");
  });

  it("knows which sources send the state of processor hotplug", () => {
    const more = (from: string) => check(scenario(from, "11.1.3", { cpus: 1 }, { cpus: 2 }));
    expect(more("10.0.13")).toMatchObject({ outcome: "completes", findings: [{ level: "warning" }] });
    expect(more("11.1.3")).toMatchObject({
      outcome: "guest-lost",
      destination: {
        error:
          "Missing section footer for 0000:00:01.3/piix4_pm\nload of migration failed: Invalid argument: Section footer error, section_id: 16",
      },
    });
  });
});

describe("devices", () => {
  it("finds a missing one by the place that it has on the source", () => {
    const missing = check(scenario("7.2.22", "10.0.13", { devices: [RNG] }));
    expect(missing.outcome).toBe("guest-lost");
    expect(missing.destination.error).toContain("'0000:00:02.0/virtio-rng' 0.");
    const q35 = { machine: "pc-q35-5.2" };
    const onQ35 = check(scenario("7.2.22", "10.0.13", { ...q35, devices: [RNG] }, q35));
    expect(onQ35.destination.error).toContain("'0000:00:01.0/virtio-rng' 0.");
    const moved = scenario(
      "7.2.22",
      "10.0.13",
      { devices: [{ ...RNG, addr: 5 }] },
      { devices: [{ ...RNG, addr: "6.0" }] },
    );
    expect(check(moved).findings[0]).toMatchObject({ rule: "DEVICES_PRESENT" });
    expect(check(moved).findings[0]?.message).toContain("the destination has it at 0000:00:06.0");
  });

  it("takes another order at the same places, and not at others", () => {
    const one = { driver: "e1000" };
    const at = (device: ScenarioDevice, addr: number) => ({ ...device, addr });
    const same = scenario(
      "7.2.22",
      "7.2.22",
      { devices: [at(RNG, 5), at(one, 6)] },
      { devices: [at(one, 6), at(RNG, 5)] },
    );
    expect(check(same)).toMatchObject({ outcome: "completes", findings: [] });
    expect(
      check(scenario("7.2.22", "7.2.22", { devices: [RNG, one] }, { devices: [one, RNG] })).outcome,
    ).toBe("fails");
  });

  it("fails at the beginning where the device has a RAM block", () => {
    const verdict = check(scenario("10.0.13", "10.0.13", { devices: [{ driver: "VGA" }] }));
    expect(verdict).toMatchObject({ outcome: "fails", stage: "setup" });
    expect(verdict.destination.error).toContain(
      'Unknown ramblock "0000:00:02.0/vga.vram", cannot accept migration',
    );
    const romless = { driver: "e1000", properties: { romfile: "" } };
    expect(check(scenario("10.0.13", "10.0.13", { devices: [romless] })).outcome).toBe("guest-lost");
  });

  it("goes through bridges", () => {
    const devices = [
      { driver: "pcie-root-port", id: "rp" },
      { ...RNG, properties: { bus: "rp" } },
    ];
    const q35 = { machine: "pc-q35-7.2" };
    const verdict = check(
      scenario("7.2.22", "7.2.22", { ...q35, devices }, { ...q35, devices: devices.slice(0, 1) }),
    );
    expect(verdict.destination.error).toContain("'0000:00:01.0:00.0/virtio-rng' 0.");
  });

  it("does not mind one too many, and says so", () => {
    const verdict = check(scenario("7.2.22", "7.2.22", {}, { devices: [RNG] }));
    expect(verdict).toMatchObject({
      outcome: "completes",
      findings: [{ rule: "DEVICES_UNUSED", level: "note" }],
    });
  });

  it("is sure of a driver that it does not know only where it is missing", () => {
    const devices = [{ driver: "frobnicator", addr: 7 }];
    const told = "-device frobnicator,addr=7: 'frobnicator' is not a valid device model name";
    for (const verdict of [both("7.2.22", "10.0.13", ...devices), scenario("7.2.22", "10.0.13", { devices })])
      expect(check(verdict)).toMatchObject({ outcome: "cannot-start", source: { error: told } });
  });

  it("knows drivers that came later, and those that do not migrate", () => {
    expect(check(both("10.0.13", "7.2.22", { driver: "igb" }))).toMatchObject({
      outcome: "cannot-start",
      destination: { error: "-device igb: 'igb' is not a valid device model name" },
    });
    const nvme = { driver: "nvme", properties: { serial: "x" } };
    expect(check(both("10.0.13", "11.1.3", nvme))).toMatchObject({
      outcome: "refused",
      source: { error: "State blocked by non-migratable device '0000:00:02.0/nvme'" },
    });
    expect(check(both("11.1.3", "11.1.3", nvme)).outcome).toBe("completes");
  });

  it("weighs properties by what the guest sees of them", () => {
    const with_ = (properties: NonNullable<ScenarioDevice["properties"]>) => ({
      devices: [{ driver: "virtio-net-pci", properties }],
    });
    const differing = (
      a: NonNullable<ScenarioDevice["properties"]>,
      b: NonNullable<ScenarioDevice["properties"]>,
    ) => check(scenario("7.2.22", "7.2.22", with_(a), with_(b)));
    expect(differing({ vectors: 2 }, { vectors: 3 }).outcome).toBe("guest-lost");
    expect(differing({ "disable-modern": "on" }, { "disable-modern": true })).toMatchObject({ findings: [] });
    expect(differing({ netdev: "a" }, { netdev: "b" })).toMatchObject({
      outcome: "completes",
      findings: [{ level: "note" }],
    });
    expect(differing({ vectors: 2 }, {})).toMatchObject({
      outcome: "unknown",
      findings: [{ level: "warning" }],
    });
    expect(differing({ "disable-legacy": "on" }, {}).outcome).toBe("guest-lost");
    expect(differing({ "disable-legacy": "off" }, {})).toMatchObject({ outcome: "completes", findings: [] });
    expect(differing({ "no-such-property": 1 }, {}).outcome).toBe("unknown");
  });

  it("does not guess what another model at the same place comes to", () => {
    const verdict = check(
      scenario(
        "7.2.22",
        "7.2.22",
        { devices: [{ driver: "e1000" }] },
        { devices: [{ driver: "e1000-82545em" }] },
      ),
    );
    expect(verdict).toMatchObject({ outcome: "unknown", confidence: "unknown" });
  });
});

describe("errata of exact releases", () => {
  it("10.0.13 to 11.1.3 with an untouched virtio device is guest-lost, with return path fails, the reverse completes", () => {
    expect(check(both("10.0.13", "11.1.3", RNG))).toMatchObject({
      outcome: "guest-lost",
      source: { state: "completed" },
      destination: {
        error:
          "VQ 0 vring.num 1024 exceeds allocated max 8\nload of migration failed: Invalid argument: error while loading state for instance 0x0 of device '0000:00:02.0/virtio-rng': Failed to load element of type virtio for virtio",
      },
    });
    const heard = both("10.0.13", "11.1.3", RNG);
    expect(check({ ...heard, source: { ...heard.source, capabilities: RETURN_PATH } })).toMatchObject({
      outcome: "fails",
      source: { error: "Sibling indicated error 1" },
    });
    expect(check(both("11.1.3", "10.0.13", RNG)).outcome).toBe("completes");
    expect(check(both("10.0.12", "11.1.3", RNG)).outcome).toBe("completes");
    expect(check(both("10.0.13", "7.2.22", RNG)).outcome).toBe("completes");
  });

  it("tells the first message first what the operator would not see", () => {
    const [finding] = check(both("10.0.13", "11.1.3", RNG)).findings;
    expect(finding).toMatchObject({ rule: "VIRTQUEUES_FIT", level: "error" });
    expect(finding?.message).toMatch(/^The source would report success and the guest would be lost: /);
    expect(finding?.remedy).toContain("return-path on the source");
    expect(finding?.evidence).not.toEqual([]);
  });

  it("counts on SeaBIOS for the first queue of a disk only, and warns", () => {
    const disk = { driver: "virtio-blk-pci" };
    const alone = check(both("10.0.13", "11.1.3", disk));
    expect(alone).toMatchObject({ outcome: "completes", alternatives: ["guest-lost", "fails"] });
    expect(alone.findings[0]).toMatchObject({ rule: "VIRTQUEUES_SET_UP", level: "error" });
    const two = both("10.0.13", "11.1.3", disk);
    const smp = check({ source: { ...two.source, cpus: 2 }, destination: { ...two.destination, cpus: 2 } });
    expect(smp.destination.error).toContain("VQ 1 vring.num 1024 exceeds allocated max 256");
    const large = { ...disk, properties: { "queue-size": 1024 } };
    expect(check(both("10.0.13", "11.1.3", large))).toMatchObject({ alternatives: [], findings: [] });
  });

  it("compares the sizes that are asked for where the destination looks at them", () => {
    const disk = (size: number) => ({
      devices: [{ driver: "virtio-blk-pci", properties: { "queue-size": size } }],
    });
    const smaller = check(scenario("11.1.3", "11.1.3", disk(128), disk(64)));
    expect(smaller.destination.error).toContain("VQ 0 vring.num 128 exceeds allocated max 64");
    expect(check(scenario("11.1.3", "11.1.3", disk(64), disk(128))).outcome).toBe("completes");
    expect(check(scenario("11.1.3", "10.0.13", disk(128), disk(64))).outcome).toBe("completes");
  });

  it("knows the vectors of 7.2.0 and the mask register of 8.0.0", () => {
    expect(check(both("7.2", "7.2.22", RNG)).outcome).toBe("guest-lost");
    expect(check(both("7.2.22", "7.2.1", RNG)).outcome).toBe("completes");
    const quiet = { ...RNG, properties: { vectors: 0 } };
    expect(check(both("7.2", "7.2.22", quiet)).outcome).toBe("completes");
    expect(check(both("8.0", "7.2.22", { driver: "e1000e" })).findings[0]).toMatchObject({
      rule: "ERRATA_AVOIDED",
    });
    expect(check(both("8.1", "7.2.22", { driver: "e1000e" }))).toMatchObject({ findings: [] });
  });
});
