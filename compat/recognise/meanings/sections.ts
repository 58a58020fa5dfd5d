import type { Meaning } from "./meaning.ts";

const SAME_DEVICES =
  "Start the destination with the source's devices, each at the same address (libvirt's XML of the running domain has them).";
const LOAD_CHECK =
  "migwire compat load STREAM --on qemu-VERSION names every section that the destination lacks.";

/** Sections, their footers, and the state of devices inside. */
export const SECTION_MEANINGS: readonly Meaning[] = [
  {
    subjects: ["qemu/sections/unknown"],
    side: "destination",
    stage: "switchover",
    meaning:
      "The stream has a section for a device that the destination does not have, or has elsewhere. The name holds the bus address: 0000:00:05.0/virtio-rng is slot 5.",
    causes: [
      "A device is missing on the destination, sits in another slot, or was hot-plugged on the source and not given to the destination.",
      "The number of CPUs differs (cpu_common, apic).",
      "The source's release or machine type has a section that this one lacks.",
    ],
    remedies: [
      SAME_DEVICES,
      "With plain precopy the source takes this for a success and the guest is lost: set return-path on the source.",
      LOAD_CHECK,
    ],
    values: [["section", "instance"]],
    related: ["SECTION_KNOWN"],
  },
  {
    subjects: ["qemu/sections/newer"],
    side: "destination",
    stage: "switchover",
    meaning: "A section is of a newer version than this release reads.",
    causes: ["The source is newer, and its machine type is not one that keeps the old format."],
    remedies: [
      "Start the source with a machine type that both releases have; migrate to a release that is not older.",
      LOAD_CHECK,
    ],
    values: [["version", "section", "version here"]],
    related: ["SECTION_VERSION_NOT_NEWER"],
  },
  {
    subjects: ["qemu/sections/start-failed", "qemu/sections/part-failed"],
    side: "destination",
    stage: "switchover",
    meaning: "Loading this section failed; the lines before it, or the words behind it, say why.",
    causes: [
      "The device differs on the two sides: properties, queue sizes, features, version.",
      "For ram: sizes or names of memory differ, or the stream broke within the pages.",
    ],
    remedies: [
      "Explain the lines before it.",
      "Compare the device's properties on both sides (info qtree), and the machine types.",
      LOAD_CHECK,
    ],
    values: [
      ["instance", "device"],
      ["section id", "device"],
    ],
  },
  {
    subjects: ["qemu/sections/state-failed"],
    side: "destination",
    stage: "switchover",
    meaning:
      "A loader of the older kind (ram and few others) gave up on its section; it has no reason of its own to tell.",
    causes: ["The lines before it on stderr name the cause: a RAM block, a page, a record."],
    remedies: [
      "Read the destination's stderr or its log under /var/log/libvirt/qemu, and explain those lines.",
    ],
    values: [["version", "ret"]],
  },
  {
    subjects: ["qemu/sections/footer-missing", "qemu/sections/footer-differs", "qemu/sections/footer-failed"],
    side: "destination",
    stage: "precopy",
    meaning:
      "Behind a section does not stand the footer that ends it. The section was read too far or not far enough, or the source sends no footers.",
    causes: [
      "The device's state has another length on the source: another version, property or machine type.",
      "The source has send-section-footer off, the destination on: machine types differ, or the property was set.",
      "For ram: the source sent records that mean something else here, as with a capability set on one side only.",
    ],
    remedies: [
      "Use the same versioned machine type and the same capabilities on both sides.",
      "Do not set migration.send-section-footer by hand.",
      "migwire decode shows where the section ends on the wire.",
    ],
    values: [["section", "id found", "id expected"], ["section"]],
  },
  {
    subjects: [
      "qemu/sections/footer-cut",
      "qemu/sections/idstr",
      "qemu/sections/instance-cut",
      "qemu/sections/part-cut",
    ],
    side: "destination",
    stage: "precopy",
    meaning: "The stream ended in the middle of a section's head or footer.",
    causes: ["The source failed, was cancelled or killed.", "The connection broke, or the file is cut."],
    remedies: [
      "Read the source's error first: this is what it looked like from here.",
      "Of a file: migwire verify tells what is left of it.",
    ],
    values: [["errno"]],
  },
  {
    subjects: ["qemu/sections/part-unknown"],
    side: "destination",
    stage: "precopy",
    meaning: "A section goes on that never began.",
    causes: ["The bytes are damaged, or the destination lost its place in the stream before."],
    remedies: ["migwire verify on the input; compare capabilities and machine types."],
    values: [["section id"]],
  },
];
