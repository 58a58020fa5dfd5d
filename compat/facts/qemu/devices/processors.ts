import type { Fact } from "../../fact.ts";

/** The section of a processor that comes first in a stream of x86. */
export const FIRST_OF_PROCESSOR: readonly Fact<string>[] = [
  {
    id: "qemu/devices/processors/first/cpu-common",
    claim: "What is sent of a processor begins with cpu_common.",
    value: "cpu_common",
    since: "2.5",
    until: "10.2",
    evidence: [
      { kind: "source", where: "2.5.0 to 10.1.0: hw/intc/apic_common.c: no priority" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13: two processors to one" },
    ],
  },
  {
    id: "qemu/devices/processors/first/apic",
    claim: "The interrupt controller of a processor is sent before all devices.",
    value: "apic",
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "d943cef760", release: "10.2" },
      { kind: "run", of: "11.1.3: two processors to one" },
    ],
  },
];

/** Whether the state of the modern interface for processor hotplug is sent before a guest has chosen it. */
export const HOTPLUG_STATE_SENT: readonly Fact<"when-chosen" | "always">[] = [
  {
    id: "qemu/devices/processors/hotplug/when-chosen",
    claim: "pc sends the state of modern processor hotplug only once the guest has switched to it.",
    value: "when-chosen",
    since: "2.7",
    until: "11.0",
    evidence: [
      { kind: "source", where: "5.2.0 to 10.2.0: hw/acpi/piix4.c, vmstate_test_use_cpuhp()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13: one processor to two completes" },
    ],
  },
  {
    id: "qemu/devices/processors/hotplug/always",
    claim:
      "pc begins with modern processor hotplug and always sends its state: one entry a possible processor, uncounted.",
    value: "always",
    since: "11.0",
    evidence: [
      { kind: "commit", commit: "7aa563630b", release: "11.0" },
      { kind: "run", of: "11.1.3 to all four: one processor to two is lost" },
    ],
  },
];

/** The device whose section holds that state, and the id of its section in a stream with one processor. */
export interface HotplugOwner {
  /** What names of machine types begin with. */
  readonly machine: string;
  readonly section: string;
  readonly id: number;
  /** By so much the id grows with each further processor. */
  readonly perProcessor: number;
}

/** Where the state of processor hotplug is. */
export const HOTPLUG_OWNERS: readonly Fact<readonly HotplugOwner[]>[] = [
  {
    id: "qemu/devices/processors/hotplug-owners",
    claim: "It is part of the power management of PIIX4, or of ICH9's bridge to LPC.",
    value: [
      { machine: "pc-q35-", section: "0000:00:1f.0/ICH9LPC", id: 14, perProcessor: 3 },
      { machine: "pc-", section: "0000:00:01.3/piix4_pm", id: 16, perProcessor: 3 },
    ],
    since: { after: "2.6", atLatest: "5.2" },
    evidence: [
      {
        kind: "run",
        of: "11.1.3 to 7.2.22 and itself: pc-i440fx-5.2 and pc-q35-5.2, one and two processors",
      },
    ],
    notes: "Section ids are those of 11.1.3 with -nodefaults.",
  },
];
