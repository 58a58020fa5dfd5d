import { describe, expect, it } from "vitest";
import { driverOf } from "./device-drivers.ts";

type Parts = Readonly<Record<string, Readonly<Record<string, string>>>>;

describe("QEMU's driver of a libvirt device", () => {
  it.each<[string, Parts, string | undefined]>([
    ["disk", { target: { bus: "virtio" } }, "virtio-blk-pci"],
    [
      "disk",
      { "": { model: "virtio-transitional" }, target: { bus: "virtio" } },
      "virtio-blk-pci-transitional",
    ],
    ["disk", { target: { bus: "sata" } }, undefined],
    ["interface", { model: { type: "virtio" } }, "virtio-net-pci"],
    ["interface", { model: { type: "e1000e" } }, "e1000e"],
    ["interface", { model: { type: "constructor" } }, undefined],
    ["rng", { "": { model: "virtio" } }, "virtio-rng-pci"],
    ["memballoon", { "": { model: "none" } }, undefined],
    ["memballoon", { "": { model: "virtio" } }, "virtio-balloon-pci"],
    ["vsock", { "": { model: "virtio" } }, "vhost-vsock-pci"],
    ["filesystem", { "": { type: "mount" } }, "virtio-9p-pci"],
    ["filesystem", { "": { type: "ram" } }, undefined],
    ["input", { "": { type: "tablet", bus: "virtio" } }, "virtio-tablet-pci"],
    ["input", { "": { type: "tablet", bus: "usb" } }, undefined],
    ["video", { model: { type: "virtio" } }, "virtio-vga"],
    ["video", { model: { type: "virtio", primary: "no" } }, "virtio-gpu-pci"],
    ["video", { model: { type: "vga" } }, "VGA"],
    ["sound", { "": { model: "ich9" } }, "ich9-intel-hda"],
    ["watchdog", { "": { model: "i6300esb" } }, "i6300esb"],
    ["controller", { "": { type: "virtio-serial" } }, "virtio-serial-pci"],
    ["controller", { "": { type: "scsi", model: "virtio-scsi" } }, "virtio-scsi-pci"],
    ["controller", { "": { type: "scsi", model: "lsilogic" } }, "lsi"],
    ["controller", { "": { type: "sata" } }, "ich9-ahci"],
    ["controller", { "": { type: "usb", model: "nec-xhci" } }, "nec-usb-xhci"],
    ["controller", { "": { type: "pci", model: "pcie-root-port" } }, "pcie-root-port"],
    ["hostdev", {}, undefined],
    ["__proto__", {}, undefined],
  ])("%s %j is %s", (kind, parts, driver) => {
    expect(driverOf(kind, (part, attribute) => parts[part]?.[attribute])).toBe(driver);
  });
});
