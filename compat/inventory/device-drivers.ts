/** Asks for an attribute of an element within a device's; the empty name is the device itself. */
export type Ask = (part: string, attribute: string) => string | undefined;

/** libvirt's models of virtio, with what QEMU's driver ends in. */
const VIRTIO: Readonly<Record<string, string>> = {
  virtio: "-pci",
  "virtio-transitional": "-pci-transitional",
  "virtio-non-transitional": "-pci-non-transitional",
};

/** Model of a network card, a sound card, a video card, a controller: driver of QEMU; names that are the same are left out. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  interface: {
    igb: "igb",
    e1000: "e1000",
    e1000e: "e1000e",
    rtl8139: "rtl8139",
    pcnet: "pcnet",
    vmxnet3: "vmxnet3",
  },
  sound: { ich6: "intel-hda", ich9: "ich9-intel-hda", ac97: "AC97", es1370: "ES1370" },
  video: { vga: "VGA", cirrus: "cirrus-vga", qxl: "qxl-vga", vmvga: "vmware-svga", bochs: "bochs-display" },
  watchdog: { i6300esb: "i6300esb" },
  usb: {
    "piix3-uhci": "piix3-usb-uhci",
    "piix4-uhci": "piix4-usb-uhci",
    ehci: "usb-ehci",
    "ich9-ehci1": "ich9-usb-ehci1",
    "ich9-uhci1": "ich9-usb-uhci1",
    "ich9-uhci2": "ich9-usb-uhci2",
    "ich9-uhci3": "ich9-usb-uhci3",
    "nec-xhci": "nec-usb-xhci",
    "qemu-xhci": "qemu-xhci",
  },
  pci: {
    "pci-bridge": "pci-bridge",
    "pcie-root-port": "pcie-root-port",
    "pcie-to-pci-bridge": "pcie-pci-bridge",
    "dmi-to-pci-bridge": "i82801b11-bridge",
    "pcie-switch-upstream-port": "x3130-upstream",
    "pcie-switch-downstream-port": "xio3130-downstream",
  },
  scsi: { lsilogic: "lsi", lsisas1068: "mptsas1068", vmpvscsi: "pvscsi", am53c974: "am53c974" },
  sata: { ahci: "ich9-ahci" },
};

/** QEMU's driver of a libvirt device on a PCI bus; undefined where it is not known. */
export function driverOf(kind: string, ask: Ask): string | undefined {
  const model = ask("", "model") ?? ask("model", "type") ?? ask("model", "name") ?? "";
  const type = ask("", "type") ?? "";
  switch (kind) {
    case "disk":
      return ask("target", "bus") === "virtio" ? virtio("virtio-blk", model || "virtio") : undefined;
    case "interface":
      return virtio("virtio-net", model) ?? renamed("interface", model);
    case "rng":
      return virtio("virtio-rng", model);
    case "memballoon":
      return virtio("virtio-balloon", model);
    case "vsock":
      return virtio("vhost-vsock", model);
    case "filesystem":
      return type === "mount" ? virtio("virtio-9p", model || "virtio") : undefined;
    case "input":
      return ask("", "bus") === "virtio" && /^(keyboard|mouse|tablet)$/.test(type)
        ? `virtio-${type}-pci`
        : undefined;
    case "video":
      return model === "virtio"
        ? ask("model", "primary") === "no"
          ? "virtio-gpu-pci"
          : "virtio-vga"
        : renamed(kind, model);
    case "controller":
      return controllerOf(type, model);
    default:
      return renamed(kind, model);
  }
}

function controllerOf(type: string, model: string): string | undefined {
  if (type === "virtio-serial") return virtio("virtio-serial", model || "virtio");
  if (type === "scsi")
    return virtio("virtio-scsi", model.replace(/^virtio-scsi$/, "virtio")) ?? renamed(type, model);
  return renamed(type, model || (type === "sata" ? "ahci" : ""));
}

function virtio(driver: string, model: string): string | undefined {
  const ending = Object.hasOwn(VIRTIO, model) ? VIRTIO[model] : undefined;
  return ending === undefined ? undefined : `${driver}${ending}`;
}

function renamed(kind: string, model: string): string | undefined {
  const models = Object.hasOwn(RENAMED, kind) ? RENAMED[kind] : undefined;
  return models && Object.hasOwn(models, model) ? models[model] : undefined;
}
