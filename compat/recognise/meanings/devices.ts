import type { Meaning } from "./meaning.ts";

const LOAD_CHECK =
  "migwire compat load STREAM --on qemu-VERSION names every section that the destination lacks.";

/** The state of devices. */
export const DEVICE_MEANINGS: readonly Meaning[] = [
  {
    subjects: ["qemu/vmstate/too-new", "qemu/vmstate/too-old"],
    side: "destination",
    stage: "switchover",
    meaning: "A device's state, or a structure in it, has a version that this release does not read.",
    causes: [
      "The releases are too far apart for this device.",
      "The source's machine type is newer than the destination's release.",
    ],
    remedies: [
      "Use a machine type that both releases have, or go through a release between the two.",
      LOAD_CHECK,
    ],
    values: [["state", "version received", "version here"]],
    related: ["SECTION_VERSION_NOT_NEWER"],
  },
  {
    subjects: ["qemu/vmstate/subsection-unknown"],
    side: "destination",
    stage: "switchover",
    meaning:
      "A device's state has a part that this release, or this configuration of the device, does not know.",
    causes: [
      "The source is newer and has found the part necessary.",
      "A property or CPU feature is on there and off here.",
    ],
    remedies: [
      "Start the source with the older machine type, or with the feature off; otherwise take a newer destination.",
      "migwire vmstate diff compares what the two releases know.",
    ],
    values: [["subsection", "state"]],
    related: ["SUBSECTION_KNOWN"],
  },
  {
    subjects: ["qemu/vmstate/subsection-failed", "qemu/vmstate/field", "qemu/vmstate/element"],
    side: "destination",
    stage: "switchover",
    meaning:
      "A field or part of a device's state could not be taken over. This is the way to the failure; the innermost words, or the lines on stderr before, have the reason.",
    causes: [
      "A value does not fit the device as configured here: queue sizes, features, PCI config space, an array longer than here.",
      "The stream ended there.",
    ],
    remedies: [
      "Read the destination's stderr for the line before it (a virtqueue's size, a PCI config byte).",
      "Give the device the same properties on both sides; check errata of the exact releases with migwire compat check.",
    ],
    values: [
      ["field type", "field", "ret"],
      ["field type", "field"],
      ["state", "field"],
      ["subsection", "state", "ret"],
    ],
    related: ["qemu/errata/virtqueues-of-1024", "qemu/errata/uncorrectable-mask-of-pc-7.2"],
  },
  {
    subjects: ["qemu/vmstate/post-load", "qemu/vmstate/post-load-told"],
    side: "destination",
    stage: "switchover",
    meaning: "All of a state was read, and then refused as a whole by the device.",
    causes: [
      "The values contradict the device as it is here: sizes, features, machine type, run state, uuid, capabilities.",
    ],
    remedies: [
      "The words behind it, or the line before it on stderr, name the contradiction: make the two sides alike there.",
    ],
    values: [
      ["state", "version", "minimum version", "ret"],
      ["state", "version", "minimum version"],
    ],
  },
  {
    subjects: ["qemu/vmstate/stream-error"],
    side: "destination",
    stage: "switchover",
    meaning: "The stream ended within a device's state.",
    causes: ["The source failed or was killed, the connection broke, or the file is cut."],
    remedies: ["Read the source's error first.", "Of a file: migwire verify tells what is left of it."],
    values: [["state", "errno"]],
  },
  {
    subjects: ["qemu/devices/virtqueues"],
    side: "destination",
    stage: "switchover",
    meaning:
      "A virtio device's queue has more entries in the stream than the destination has room for. The destination refuses the device and with it the guest.",
    causes: [
      "The source is 10.0.13, which sends every queue with 1024 entries whatever its size; 11.1 checks it.",
      "queue-size, rx_queue_size or tx_queue_size differ.",
    ],
    remedies: [
      "Update the source to a release that is not affected, or migrate to a release that does not check.",
      "Give the device the same queue sizes on both sides.",
      "Set return-path on the source, so that the guest goes on there instead of being lost.",
    ],
    values: [["queue", "entries", "entries here"]],
    related: ["qemu/errata/virtqueues-of-1024"],
  },
  {
    subjects: ["qemu/run-states/change"],
    side: "destination",
    stage: "switchover",
    meaning: "The guest was to go from one run state to another that QEMU does not allow.",
    causes: ["The source sent a run state that a destination cannot begin with, such as one of an error."],
    remedies: ["Bring the guest to running or paused on the source before you migrate."],
    values: [["from", "to"]],
  },
  {
    subjects: ["qemu/run-states/reset-required"],
    side: "destination",
    stage: "switchover",
    meaning:
      "The guest was loaded in a state (shut down, or after an internal error) from which it cannot go on.",
    causes: ["The guest had shut down or failed when it was saved or migrated."],
    remedies: ["system_reset, then cont: the guest boots again. Its memory cannot go on."],
  },
  {
    subjects: ["qemu/run-states/unknown"],
    side: "destination",
    stage: "switchover",
    meaning: "The stream names a run state that this release does not have.",
    causes: ["The source is newer, or the bytes are damaged."],
    remedies: ["Bring the guest to running or paused on the source before you migrate."],
    values: [["run state"]],
  },
  {
    subjects: ["qemu/device-errors/features"],
    side: "destination",
    stage: "switchover",
    meaning: "The guest uses features of a virtio device that the destination's device does not offer.",
    causes: [
      "The device has other properties there, another backend (vhost, vhost-user), or another kernel.",
      "The machine types differ.",
    ],
    remedies: [
      "Give the device the same properties on both sides, and the hosts the same vhost features.",
      "The bits that are in the first number and not in the second are what is missing.",
    ],
    values: [["features in use", "features offered"]],
    related: ["qemu/errata/net-uso-of-8.1"],
  },
  {
    subjects: [
      "qemu/device-errors/queue-index",
      "qemu/device-errors/queue-used",
      "qemu/device-errors/queue-address",
    ],
    side: "destination",
    stage: "switchover",
    meaning: "A virtqueue's indices in the stream contradict what is in the guest's memory.",
    causes: [
      "The guest's memory did not arrive as it was (a bug in sending pages, or the source's guest ran on).",
      "The disk or memory image is from another moment than the device state.",
      "The queue's size differs.",
    ],
    remedies: [
      "Do not use what was loaded: its memory is not to be trusted. Keep the source's guest.",
      "Give the device the same queue size; migrate again without multifd or zero-page tricks, and check errata of both releases.",
    ],
    values: [
      ["queue", "size", "guest's index", "host's index", "difference"],
      ["queue", "size", "available index", "used index"],
      ["queue", "host's index"],
    ],
    related: ["qemu/errata/zero-pages-lost-before-9.0"],
  },
  {
    subjects: ["qemu/device-errors/pci-config"],
    side: "destination",
    stage: "switchover",
    meaning:
      "A byte of a device's PCI configuration, which the guest cannot have changed, is another on the destination: the devices are not alike.",
    causes: [
      "Another release or machine type gives the device another capability, revision, BAR size or number of vectors.",
      "Properties of the device differ.",
    ],
    remedies: [
      "Start both sides with the same versioned machine type and properties; check errata of the exact releases with migwire compat check.",
    ],
    values: [
      ["offset", "byte received", "byte here", "checked bits", "writable bits", "bits cleared by writing"],
    ],
    related: ["qemu/errata/rng-vectors-before-8.0", "qemu/errata/uncorrectable-mask-of-pc-7.2"],
  },
  {
    subjects: ["qemu/assertion"],
    side: "either",
    stage: "precopy",
    meaning:
      "The process aborted at a check of its own: it met something that its authors held to be impossible. The guest in this process is gone.",
    causes: [
      "A bug of this release.",
      "Settings of the two sides that do not go together, or damaged bytes, where a release does not check them properly.",
    ],
    remedies: [
      "Look whether the other side still has the guest (query-status), before anything there is ended.",
      "Look for an erratum with migwire compat check of both versions and settings; update this release.",
    ],
    values: [["file", "line", "function", "condition"]],
    related: ["qemu/errata/multifd-assertions-on-input", "qemu/errata/multifd-connection-asserts"],
  },
];
