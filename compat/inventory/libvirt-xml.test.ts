import { describe, expect, it } from "vitest";
import { joinParts, PeerError, partFromText, partFromVersion, peerFromText } from "./index.ts";

const DOMAIN = `<?xml version='1.0'?>
<domain type='kvm'>
  <name>web</name>
  <uuid>7d2e6b9c-0000-4000-8000-000000000001</uuid>
  <memory unit='GiB'>2</memory>
  <vcpu current='2'>4</vcpu>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <target dev='vda' bus='virtio'/><alias name='virtio-disk0'/>
      <address type='pci' domain='0x0000' bus='0x04' slot='0x00' function='0x0'/>
    </disk>
    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><address type='drive' controller='0'/></disk>
    <controller type='usb' model='qemu-xhci'><address type='pci' bus='0x00' slot='0x1d' function='0x7'/></controller>
    <interface type='network'>
      <model type='virtio'/><address type='pci' bus='0x01' slot='0x00' function='0x0'/>
    </interface>
    <rng model='virtio-non-transitional'><address type='pci' bus='0x00' slot='0x05' function='0x0'/></rng>
    <hostdev mode='subsystem' type='pci'><address type='pci' bus='0x00' slot='0x06' function='0x0'/></hostdev>
  </devices>
</domain>`;

describe("a domain XML", () => {
  const part = partFromText(DOMAIN, "web.xml");

  it("tells the guest, and no version", () => {
    expect(part.told).toMatchObject({
      machine: "pc-q35-7.2",
      memoryMiB: 2048,
      cpus: 2,
      uuid: "7d2e6b9c-0000-4000-8000-000000000001",
    });
    expect(part.arch).toBe("x86_64");
    expect(() => peerFromText(DOMAIN, "web.xml")).toThrow(PeerError);
    expect(() => peerFromText(DOMAIN, "web.xml")).toThrow(/version of QEMU/);
  });

  it("tells devices as QEMU is given them, and how many it cannot", () => {
    expect(part.told.devices).toEqual([
      { driver: "virtio-blk-pci", addr: 0, id: "virtio-disk0", properties: { bus: "pci.4" } },
      { driver: "qemu-xhci", addr: "1d.7" },
      { driver: "virtio-net-pci", addr: 0, properties: { bus: "pci.1" } },
      { driver: "virtio-rng-pci-non-transitional", addr: 5 },
    ]);
    expect(part.findings.map(({ rule }) => rule)).toEqual(["INVENTORY_DEVICES_OMITTED"]);
  });

  it("contradicts a host that does not list its machine type", () => {
    const inventory = {
      "query-version": { qemu: { major: 7, minor: 2, micro: 22 } },
      "query-machines": [{ name: "none" }],
    };
    const { findings } = joinParts([partFromText(JSON.stringify(inventory), "host.json"), part]);
    expect(findings.map(({ rule, level }) => [rule, level])).toContainEqual([
      "INVENTORY_MACHINE_UNKNOWN",
      "error",
    ]);
  });

  it("joins a version", () => {
    const { peer, sources } = joinParts([partFromVersion("qemu-7.2.22"), part]);
    expect(peer).toMatchObject({ qemu: "7.2.22", machine: "pc-q35-7.2" });
    expect(sources).toEqual(["version", "domain"]);
  });
});

describe("domcapabilities", () => {
  const of = (machine: string) =>
    `<domainCapabilities><path>/usr/bin/qemu-kvm</path><domain>kvm</domain><machine>${machine}</machine><arch>x86_64</arch></domainCapabilities>`;

  it("tell the architecture, and one machine type of those that the host has", () => {
    const part = partFromText(of("pc-q35-9.2"), "caps.xml");
    expect(part).toMatchObject({ told: {}, hosts: ["pc-q35-9.2"], arch: "x86_64", findings: [] });
    expect(() => joinParts([part])).toThrow(/9\.2 or newer/);
    expect(joinParts([partFromVersion("9.2.0"), part]).findings).toEqual([]);
  });

  it("contradict a version that does not have it", () => {
    const { findings } = joinParts([partFromVersion("9.0.0"), partFromText(of("pc-q35-9.2"), "caps.xml")]);
    expect(findings.map(({ rule }) => rule)).toEqual(["INVENTORY_MACHINE_EXTRA"]);
  });
});

describe("other XML", () => {
  it.each([
    ["<capabilities/>", "neither a domain"],
    ["<domain><name>", "line 1"],
    ['<!DOCTYPE d [<!ENTITY e "x">]><domain><name>&e;</name></domain>', "neither a domain"],
    [`<domain>${"<a>".repeat(300)}`, "within each other"],
  ])("%s is refused", (xml, told) => {
    expect(() => partFromText(xml, "file.xml")).toThrow(PeerError);
    expect(() => partFromText(xml, "file.xml")).toThrow(told);
  });
});
