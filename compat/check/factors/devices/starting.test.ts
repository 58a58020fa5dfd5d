import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../../check.ts";
import type { ScenarioDevice } from "../../scenario.ts";

function alone(qemu: string, ...devices: readonly ScenarioDevice[]) {
  const peer = { qemu, machine: "pc-i440fx-5.2" };
  return check({ source: { ...peer, devices }, destination: { ...peer, devices } });
}

/** As the four releases answered: the driver alone on the command line. */
const REFUSED: readonly (readonly [version: string, driver: string, told: string])[] = [
  ["5.2.0", "virtio-mem-pci", "-device virtio-mem-pci: 'memdev' property must be set"],
  [
    "10.0.13",
    "virtio-mem-pci",
    "-device virtio-mem-pci: the configuration is not prepared for memory devices (e.g., for memory hotplug), consider specifying the maxmem option",
  ],
  ["7.2.22", "usb-kbd", "-device usb-kbd: No 'usb-bus' bus found for device 'usb-kbd'"],
  ["11.1.3", "scsi-hd", "-device scsi-hd: No 'SCSI' bus found for device 'scsi-hd'"],
  ["5.2.0", "virtio-crypto-pci", "-device virtio-crypto-pci: 'cryptodev' parameter expects a valid object"],
  ["10.0.13", "AC97", "-device AC97: no default audio driver available"],
  ["11.1.3", "sga", "-device sga: 'sga' is not a valid device model name"],
  ["5.2.0", "cxl-rp", "-device cxl-rp: 'cxl-rp' is not a valid device model name"],
];

describe("a process that does not start for its devices", () => {
  it.each(REFUSED)("%s: %s", (version, driver, told) => {
    const { outcome, source, destination } = alone(version, { driver });
    expect(outcome).toBe("cannot-start");
    expect([source.error, destination.error]).toEqual([told, told]);
  });

  it("is told what is in the place of a device", () => {
    const devices = [
      { driver: "virtio-rng-pci", addr: 5 },
      { driver: "virtio-balloon-pci", addr: "5.0" },
    ];
    expect(alone("5.2.0", ...devices).source.error).toBe(
      "-device virtio-balloon-pci,addr=5.0: PCI: slot 5 function 0 not available for virtio-balloon-pci, in use by virtio-rng-pci",
    );
    expect(alone("7.2.22", ...devices).source.error).toBe(
      "-device virtio-balloon-pci,addr=5.0: PCI: slot 5 function 0 not available for virtio-balloon-pci, in use by virtio-rng-pci,id=(null)",
    );
  });

  it("starts with what was missing", () => {
    for (const version of ["5.2.0", "7.2.22", "10.0.13", "11.1.3"]) {
      expect(alone(version, { driver: "qemu-xhci" }, { driver: "usb-kbd" }).outcome).toBe("completes");
      expect(alone(version, { driver: "AC97", properties: { audiodev: "a" } }).outcome).toBe("completes");
    }
  });

  it("is not judged where the release's drivers are not known", () => {
    const peer = { qemu: "4.2.0", machine: "pc-i440fx-4.2" };
    const source = { ...peer, devices: [{ driver: "frobnicator" }] };
    expect(check({ source, destination: source })).toMatchObject({
      outcome: "completes",
      findings: [{ rule: "DEVICES_DESCRIBED" }],
    });
    expect(check({ source, destination: peer }).outcome).toBe("guest-lost");
  });

  it("never throws", () => {
    const device = fc.record(
      {
        driver: fc.string(),
        addr: fc.oneof(fc.integer(), fc.string()),
        id: fc.string(),
        properties: fc.object(),
      },
      { requiredKeys: ["driver"] },
    );
    fc.assert(
      fc.property(fc.array(device, { maxLength: 4 }), (devices) => {
        alone("10.0.13", ...(devices as readonly ScenarioDevice[]));
      }),
      { numRuns: 200 },
    );
  });
});

describe("virtio devices of two generations", () => {
  const between = (version: string, from: string, to: string) => {
    const peer = (driver: string) => ({ qemu: version, machine: "pc-i440fx-5.2", devices: [{ driver }] });
    return check({ source: peer(from), destination: peer(to) });
  };

  it("are told apart by their id, as they were run", () => {
    const { outcome, destination } = between("7.2.22", "virtio-rng-pci-non-transitional", "virtio-rng-pci");
    expect(outcome).toBe("guest-lost");
    expect(destination.error).toBe(
      [
        "get_pci_config_device: Bad config data: i=0x2 read: 44 device: 5 cmask: ff wmask: 0 w1cmask:0",
        "Failed to load PCIDevice:config",
        "Failed to load virtio-rng:virtio",
        "error while loading state for instance 0x0 of device '0000:00:02.0/virtio-rng'",
        "load of migration failed: Invalid argument",
      ].join("\n"),
    );
    expect(between("11.1.3", "virtio-rng-pci", "virtio-rng-pci-non-transitional").destination.error).toBe(
      [
        "get_pci_config_device: Bad config data: i=0x2 read: 5 device: 44 cmask: ff wmask: 0 w1cmask:0",
        "Failed to load element of type pci config for config",
        "load of migration failed: Invalid argument: error while loading state for instance 0x0 of device '0000:00:02.0/virtio-rng': Failed to load element of type virtio for virtio",
      ].join("\n"),
    );
  });

  it("are the same by two names", () => {
    for (const name of ["virtio-rng", "virtio-rng-pci-transitional"])
      expect(between("7.2.22", name, "virtio-rng-pci")).toMatchObject({ outcome: "completes", findings: [] });
  });
});

describe("bitmaps and a recovery", () => {
  it.each(["5.2.0", "7.2.22", "10.0.13", "11.1.3"])("%s loses them, as it was run", (qemu) => {
    const peer = { qemu, machine: "pc-i440fx-5.2", nodes: ["node0"] };
    const capabilities = { "postcopy-ram": true, "dirty-bitmaps": true };
    const bitmaps = [{ node: "node0", name: "bm0" }];
    const source = { ...peer, capabilities, bitmaps };
    const destination = { ...peer, capabilities: { "postcopy-ram": true } };
    expect(check({ source, destination, mode: "postcopy" }).outcome).toBe("completes");
    const { outcome, findings } = check({ source, destination, mode: "postcopy-recovery" });
    expect(outcome).toBe("loses-bitmaps");
    expect(findings[0]?.rule).toBe("BITMAPS_OUTLIVE_PAUSE");
  });
});
