import type { Meaning } from "./meaning.ts";

const DAMAGE = "The bytes are damaged, or the sender is no QEMU.";
const READ_DESTINATION = "Read the destination's log: the reason is there.";

/** What the source makes of the return path, and how its own sending fails. */
export const RETURN_PATH_MEANINGS: readonly Meaning[] = [
  {
    subjects: ["qemu/return-path/error/sibling-error"],
    side: "source",
    stage: "switchover",
    meaning:
      "The destination told on the return path that its load failed. The source does not hand the guest over; outside of postcopy it goes on here.",
    causes: ["Whatever the destination's log names: devices, sizes, settings that differ."],
    remedies: [
      READ_DESTINATION,
      "This is how return-path saves guests: without it the source might have called it a success.",
    ],
    values: [["value"]],
  },
  {
    subjects: ["qemu/return-path/error/invalid-message"],
    side: "source",
    stage: "precopy",
    meaning:
      "The destination sent a message that the source does not know, or that has no sense at this time. Every release ends the migration for it.",
    causes: [
      "The destination has a capability set that the source lacks: message 0x0007 is switchover-ack.",
      "The connection was closed, and 5.2 and older read the end as message 0.",
      DAMAGE,
    ],
    remedies: ["Set switchover-ack on both sides or on none.", READ_DESTINATION],
    values: [["message", "length"]],
    related: ["RETURN_PATH_TYPE_KNOWN", "qemu/errata/eof-as-message-0"],
  },
  {
    subjects: ["qemu/return-path/error/incorrect-length", "qemu/return-path/error/short-payload"],
    side: "source",
    stage: "precopy",
    meaning:
      "A message on the return path is longer or shorter than its kind is. 18446744073709551615 stands for any length.",
    causes: [DAMAGE, "The destination ended in the middle of it."],
    remedies: [READ_DESTINATION, "migwire decode of a capture shows the messages."],
    values: [
      ["message", "type", "length", "length expected"],
      ["type", "length read", "length expected"],
    ],
    related: ["RETURN_PATH_LENGTH_KEPT"],
  },
  {
    subjects: ["qemu/return-path/error/switchover-underflow"],
    side: "source",
    stage: "precopy",
    meaning: "The destination said more often that it is ready for the switchover than the source had asked.",
    causes: ["The destination's release counts otherwise.", DAMAGE],
    remedies: ["Switch switchover-ack off on both sides."],
    related: ["qemu/errata/switchover-ack-underflow"],
  },
  {
    subjects: [
      "qemu/return-path/error/request-length",
      "qemu/return-path/error/request-misaligned",
      "qemu/return-path/error/request-overrun",
      "qemu/return-path/error/request-unknown-block",
      "qemu/return-path/error/request-without-block",
    ],
    side: "source",
    stage: "postcopy",
    meaning:
      "The destination asked in postcopy for memory that the source does not have: outside of a block, or of an unknown one.",
    causes: ["The two sides differ in memory or page sizes.", DAMAGE],
    remedies: [
      "Start the destination with the source's memory and huge pages.",
      "A guest in postcopy-paused can be recovered; do not kill either side.",
    ],
    values: [["start", "length", "size of the block"], ["start or length", "length or expected"], ["block"]],
    related: ["qemu/errata/req-pages-before-postcopy"],
  },
  {
    subjects: [
      "qemu/return-path/error/bitmap-cut",
      "qemu/return-path/error/bitmap-end",
      "qemu/return-path/error/bitmap-size",
      "qemu/return-path/error/bitmap-state",
      "qemu/return-path/error/bitmap-unknown-block",
      "qemu/return-path/error/bitmap-without-name",
      "qemu/return-path/error/resume-ack",
    ],
    side: "source",
    stage: "recover",
    meaning:
      "In a recovery the destination tells which pages it has; what it sent does not fit this source, or comes when no recovery goes on.",
    causes: [
      "The destination is another process than the one that was paused.",
      "The connection broke again.",
      DAMAGE,
    ],
    remedies: ["Resume towards the paused process, and again if the network broke: both sides stay paused."],
    values: [
      ["block", "errno", "size", "got"],
      ["block", "size", "got"],
      ["block", "value"],
      ["block, state or value"],
    ],
    related: ["RETURN_PATH_STATE_ALLOWED", "qemu/errata/recovery-of-3.0"],
  },
];
