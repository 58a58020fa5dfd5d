import type { Meaning } from "./meaning.ts";

const SEE_OTHER_SIDE =
  "Read the last lines of the other side's log: what broke the stream is mostly told there.";
const CAPTURE = "Record the stream and look where it ends: migwire verify, migwire decode.";

/** How a stream begins, is cut into sections, and ends. */
export const STREAM_MEANINGS: readonly Meaning[] = [
  {
    subjects: ["qemu/load/failed", "qemu/load/snapshot-failed"],
    side: "destination",
    stage: "switchover",
    meaning:
      "The destination could not load what it was sent, and its process exits unless exit-on-error was switched off. The words behind the colon are an errno; what really went wrong is on the lines before it, or since 10.2 behind it.",
    causes: [
      "The two sides differ in machine type, devices, their places, RAM size, CPUs or capabilities.",
      "The connection or the file ended too early.",
    ],
    remedies: [
      "Explain the lines that stand before this one, or the rest of this line.",
      "Before you start it again, set return-path on the source: without it the source may take a failed load for a success and lose the guest.",
      "migwire compat check with both versions and settings says what differs.",
    ],
    values: [["errno"]],
    errno: {
      "Input/output error":
        "The stream ended before it was complete: the source failed or was cancelled, the network broke, or the file is cut. Before 9.0 it may also be a record that could not be read.",
      "Invalid argument":
        "Something in the stream does not fit this process: a section, a size, a version, a value. The other words name it.",
      "Operation not supported":
        "It is a stream of a version that this release does not read, or an old one.",
      "No such file or directory":
        "A section or subsection that the stream has does not exist here: the devices or their versions differ.",
      "No such device": "A node, bitmap or device that the stream names does not exist here.",
      "Operation not permitted":
        "A postcopy command came in a state that does not allow it, or the host cannot register userfaultfd for this memory.",
      "Numerical result out of range": "A command has a length that its kind does not have.",
      "Resource temporarily unavailable": "A package announced more bytes than came.",
      "Cannot allocate memory": "A length in the stream is larger than there is memory for.",
    },
    related: ["qemu/load/reason"],
  },
  {
    subjects: ["qemu/file/magic"],
    side: "destination",
    stage: "setup",
    meaning:
      "The first four bytes that arrived on the main channel are not QEVM, with which every migration stream begins.",
    causes: [
      "A multifd channel of the source arrived first, because multifd is off here or the release takes connections in order.",
      "A file that is no bare stream: a libvirt save image, a compressed file, a mapped-ram file at another offset.",
      "A port scanner or health check connected to the migration port.",
    ],
    remedies: [
      "Set multifd alike on both sides before migrate and migrate-incoming.",
      "Restore libvirt images with virsh restore; migwire decode FILE says what a file is.",
      "Give -incoming or file: the offset at which the stream begins.",
    ],
    values: [["magic found", "magic expected"]],
    related: ["qemu/errata/multifd-accept-order"],
  },
  {
    subjects: ["qemu/file/version-2", "qemu/file/version"],
    side: "destination",
    stage: "setup",
    meaning: "The stream begins rightly but has another format version than 3, the only one that is read.",
    causes: ["The file is from a QEMU older than 0.10 (version 2), or its first bytes are damaged."],
    remedies: [
      "Check the input with migwire verify; take the saved state again with a QEMU that can read it.",
    ],
    values: [["version found", "version expected"]],
  },
  {
    subjects: ["qemu/file/configuration-missing"],
    side: "destination",
    stage: "setup",
    meaning:
      "The stream does not go on with the configuration section, in which the source tells its machine type.",
    causes: [
      "The source has send-configuration off: a machine type of 2.3 or older, or the property set by hand.",
      "The machine types of the two sides differ.",
    ],
    remedies: [
      "Start both sides with the same versioned machine type, and without migration.send-configuration.",
    ],
    values: [["type found", "type expected"]],
  },
  {
    subjects: ["qemu/file/description-expected"],
    side: "destination",
    stage: "switchover",
    meaning:
      "Behind the end of the stream the destination looked for the JSON description of the devices and found another byte. It only says so: the guest is loaded all the same.",
    causes: [
      "The source does not send a description (suppress-vmdesc), or the bytes behind the end are damaged.",
    ],
    remedies: [
      "Start both sides with the same machine type; nothing has to be repaired if the load went on.",
      CAPTURE,
    ],
    values: [["byte found"]],
  },
  {
    subjects: ["qemu/file/section-type"],
    side: "destination",
    stage: "precopy",
    meaning:
      "Where a section has to begin stands a byte that begins none. The destination has lost its place in the stream: mostly the section before was longer or shorter there than here.",
    causes: [
      "The two sides differ in footers, in the state of a device, or in a capability that changes the stream.",
      "The bytes are damaged, or come from something newer.",
    ],
    remedies: [
      "Look which section came last: migwire decode; compare the devices and machine types of both sides.",
      "migwire replay INPUT --as qemu-VERSION shows at which byte this release stops.",
    ],
    values: [["type"]],
    related: ["SECTION_KNOWN"],
  },
  {
    subjects: ["qemu/file/section-type-unreadable", "qemu/file/channel-error", "qemu/source/channel-error"],
    side: "either",
    stage: "precopy",
    meaning: "The channel ended, or failed, where the next bytes had to come.",
    causes: ["The other side failed, was cancelled or killed.", "The network broke, or the file is cut."],
    remedies: [
      SEE_OTHER_SIDE,
      "In postcopy, try to recover: migrate-recover on the destination, then migrate with resume.",
    ],
    values: [["errno"]],
    errno: {
      "Input/output error":
        "The other side closed the channel without the message that had to come last: it failed first.",
    },
  },
  {
    subjects: ["qemu/configuration/machine"],
    side: "destination",
    stage: "setup",
    meaning: "The source runs another machine type than the destination was started with.",
    causes: [
      "The destination was started with an alias such as pc or q35, which means another version in each release.",
      "The domain's XML was changed.",
    ],
    remedies: ["Start the destination with exactly the machine type that is named as received."],
    values: [["machine received", "machine here"]],
  },
  {
    subjects: ["qemu/configuration/page-bits"],
    side: "destination",
    stage: "setup",
    meaning: "The guests' pages have different sizes on the two sides.",
    causes: ["The destination has another target, CPU or machine type (Arm has pages of 4, 16 or 64 KiB)."],
    remedies: ["Start the destination with the same CPU and machine type."],
    values: [["bits received", "bits here"]],
  },
  {
    subjects: ["qemu/configuration/uuid-differs", "qemu/configuration/uuid-unset"],
    side: "destination",
    stage: "setup",
    meaning:
      "The source has validate-uuid set and sent its guest's UUID, which is not that of the destination. Where the destination has none, it only warns and goes on.",
    causes: [
      "The migration goes to a process that was started for another guest.",
      "-uuid is missing or differs.",
    ],
    remedies: [
      "Make sure that this is the right destination, then start it with the source's -uuid.",
      "Or switch validate-uuid off on the source.",
    ],
    values: [["uuid received", "uuid here"], ["uuid received"]],
  },
  {
    subjects: ["qemu/configuration/capability-unknown"],
    side: "destination",
    stage: "setup",
    meaning: "The source has a capability set that changes the stream and that this release does not know.",
    causes: ["The source is newer, and uses something that the destination cannot read."],
    remedies: ["Switch that capability off on the source, or take a newer destination."],
    values: [["capability"]],
  },
  {
    subjects: ["qemu/configuration/capability-differs"],
    side: "destination",
    stage: "setup",
    meaning: "A capability that both sides need alike is set on one of them only.",
    causes: ["migrate-set-capabilities was sent to one side only, or after migrate-incoming."],
    remedies: ["Set it alike on both sides, on the destination before migrate-incoming."],
    values: [["capability", "state here", "state received"]],
  },
  {
    subjects: ["qemu/configuration/capabilities-invalid"],
    side: "destination",
    stage: "setup",
    meaning:
      "The capabilities that the source announces are not those of the destination; the lines before say which.",
    causes: ["A capability such as x-ignore-shared or mapped-ram is set on one side only."],
    remedies: ["Set it alike on both sides, on the destination before migrate-incoming."],
  },
  {
    subjects: ["qemu/load/fd-refuses-files", "qemu/file-uri/fd-warning"],
    side: "either",
    stage: "connect",
    meaning:
      "fd: was given a regular file. Only pipes and sockets may be handed over like that; up to 10.2 it is a warning, since 11.0 an error.",
    causes: [
      "libvirt before 12.1 saves and restores raw images through fd:.",
      "A script redirects a file to a descriptor.",
    ],
    remedies: [
      "Use file:PATH, or file:/dev/fdset/N with add-fd; with libvirt take 12.1 or newer, or a compressed image format.",
    ],
  },
  {
    subjects: ["qemu/file-uri/offset"],
    side: "either",
    stage: "connect",
    meaning: "The offset behind file:PATH,offset= is no size.",
    causes: ["A unit or digit that QEMU does not take."],
    remedies: ["Write a number, with 0x for hexadecimal or a suffix K, M, G."],
    values: [["offset", "errno"]],
  },
  {
    subjects: ["qemu/allocation"],
    side: "destination",
    stage: "precopy",
    meaning: "The stream asks for more memory at once than there is; GLib ends the process.",
    causes: ["A length in the stream is absurd: damage, or bytes that are no stream."],
    remedies: [
      "Check the input with migwire verify; take the saved state again.",
      "Look whether the host has run out of memory.",
    ],
    values: [["bytes"]],
  },
];
