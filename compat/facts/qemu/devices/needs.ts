import type { Fact } from "../../fact.ts";

/** Properties without which drivers do not start: names of drivers, the property, and what is said without it. */
export interface DriverNeed {
  readonly drivers: readonly string[];
  readonly property: string;
  readonly text: string;
}

/** What drivers need that were always there. */
export const NEEDED_PROPERTIES: readonly Fact<readonly DriverNeed[]>[] = [
  {
    id: "qemu/devices/needs/properties",
    claim: "These drivers are refused without the property.",
    value: [
      {
        drivers: [
          "virtio-9p",
          "virtio-9p-pci",
          "virtio-9p-pci-transitional",
          "virtio-9p-pci-non-transitional",
        ],
        property: "fsdev",
        text: "9pfs device couldn't find fsdev with the id = NULL",
      },
      {
        drivers: ["pci-bridge", "pci-bridge-seat"],
        property: "chassis_nr",
        text: "Bridge chassis not specified. Each bridge is required to be assigned a unique chassis id > 0.",
      },
      { drivers: ["tpm-crb", "tpm-tis"], property: "tpmdev", text: "'tpmdev' property is required" },
      {
        drivers: ["virtio-input-host", "virtio-input-host-pci"],
        property: "evdev",
        text: "evdev property is required",
      },
      {
        drivers: ["isa-ipmi-bt", "isa-ipmi-kcs", "pci-ipmi-bt", "pci-ipmi-kcs", "smbus-ipmi"],
        property: "bmc",
        text: "IPMI device requires a bmc attribute to be set",
      },
      {
        drivers: ["ipmi-bmc-extern"],
        property: "chardev",
        text: "IPMI external bmc requires chardev attribute",
      },
      { drivers: ["ivshmem-doorbell"], property: "chardev", text: "You must specify a 'chardev'" },
      { drivers: ["ivshmem-plain"], property: "memdev", text: "You must specify a 'memdev'" },
      {
        drivers: ["isa-debugcon"],
        property: "chardev",
        text: "Can't create debugcon device, empty char device",
      },
      {
        drivers: ["isa-parallel"],
        property: "chardev",
        text: "Can't create parallel device, empty char device",
      },
      { drivers: ["nvme"], property: "serial", text: "serial property not set" },
      {
        drivers: ["virtio-crypto-pci"],
        property: "cryptodev",
        text: "'cryptodev' parameter expects a valid object",
      },
      { drivers: ["ide-hd", "ide-cf", "ide-drive"], property: "drive", text: "No drive specified" },
      { drivers: ["acpi-erst"], property: "memdev", text: "'memdev' property is not set" },
    ],
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: a process with the device alone" }],
    notes: "Not every release has every one of them.",
  },
];

/** Memory devices. */
export const MEMORY_DEVICE_NEEDS: readonly Fact<readonly DriverNeed[]>[] = [
  {
    id: "qemu/devices/needs/memory/memdev",
    claim: "Memory devices are refused without their memory.",
    value: [
      {
        drivers: ["virtio-mem-pci", "virtio-pmem-pci"],
        property: "memdev",
        text: "'memdev' property must be set",
      },
    ],
    since: { after: "2.4", atLatest: "5.2" },
    until: "8.1",
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22" }],
  },
  {
    id: "qemu/devices/needs/memory/maxmem",
    claim: "Memory devices are refused without room for them, before their memory is looked for.",
    value: [
      {
        drivers: ["virtio-mem-pci", "virtio-pmem-pci"],
        property: "memdev",
        text: "the configuration is not prepared for memory devices (e.g., for memory hotplug), consider specifying the maxmem option",
      },
    ],
    since: "8.1",
    evidence: [
      { kind: "source", where: "8.1.0 to 10.0.0: hw/mem/memory-device.c" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** Sound cards. */
export const SOUND_NEEDS: readonly Fact<readonly DriverNeed[]>[] = [
  {
    id: "qemu/devices/needs/sound",
    claim: "A sound card needs an audiodev where there are no default devices.",
    value: [
      {
        drivers: [
          "AC97",
          "ac97",
          "adlib",
          "cs4231a",
          "ES1370",
          "es1370",
          "gus",
          "sb16",
          "virtio-sound",
          "virtio-sound-pci",
        ],
        property: "audiodev",
        text: "no default audio driver available",
      },
    ],
    since: "8.2",
    evidence: [
      { kind: "source", where: "8.2.0: audio/audio.c, AUD_register_card(); not in 8.1.0" },
      { kind: "run", of: "10.0.13, 11.1.3: -nodefaults" },
    ],
  },
];
