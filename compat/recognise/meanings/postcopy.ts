import type { Meaning } from "./meaning.ts";

const BOTH = "Set postcopy-ram alike on both sides, on the destination before migrate-incoming.";
const DAMAGE = "The bytes are damaged, or the sender is no QEMU.";
const RECOVER =
  "migrate-recover with a new address on the destination, then migrate with resume on the source. Do not kill either: the guest's memory is on both.";

/** Commands of the source, postcopy, and its recovery. */
export const POSTCOPY_MEANINGS: readonly Meaning[] = [
  {
    subjects: ["qemu/postcopy/pause-texts/by-user"],
    side: "either",
    stage: "postcopy",
    meaning:
      "Postcopy stands still because somebody called migrate-pause. The guest's memory is on both sides.",
    causes: ["migrate-pause, by hand or by a management layer that saw the network fail."],
    remedies: [RECOVER],
    values: [[]],
  },
  {
    subjects: ["qemu/commands/unknown", "qemu/commands/deprecated"],
    side: "destination",
    stage: "precopy",
    meaning: "The source sent a command that this release does not know.",
    causes: [
      "The source is newer and has a capability set that brings the command (switchover-ack, postcopy).",
      DAMAGE,
    ],
    remedies: ["Switch the capability off on the source, or take a newer destination."],
    values: [["command", "length"]],
    related: ["COMMAND_KNOWN"],
  },
  {
    subjects: ["qemu/commands/length"],
    side: "destination",
    stage: "precopy",
    meaning: "A command has another length than its kind has.",
    causes: ["The source is of a release that sends it otherwise.", DAMAGE],
    remedies: ["migwire replay INPUT --as all says which releases take it."],
    values: [["command", "length expected", "length found"]],
    related: ["COMMAND_LENGTH_KEPT"],
  },
  {
    subjects: ["qemu/commands/header-cut", "qemu/commands/packaged"],
    side: "destination",
    stage: "switchover",
    meaning: "A command, or the package of device state with which postcopy begins, is cut or absurdly long.",
    causes: ["The source failed or the connection broke while it began postcopy.", DAMAGE],
    remedies: ["Read the source's error first; the guest is still there if the package was not complete."],
    values: [["errno"], ["ret", "length"], ["length"]],
  },
  {
    subjects: ["qemu/commands/ping/no-return-path", "qemu/commands/open-return-path/again"],
    side: "destination",
    stage: "setup",
    meaning:
      "The commands for the return path came in an order that makes no sense: a ping without one, or a second opening.",
    causes: ["The sender is no QEMU, or the bytes were put together by hand."],
    remedies: ["migwire decode shows the commands in order."],
    values: [["value"]],
  },
  {
    subjects: ["qemu/commands/enable-colo", "qemu/colo"],
    side: "destination",
    stage: "switchover",
    meaning: "COLO (continuous replication) was begun by the source and cannot go on here.",
    causes: ["x-colo is set on the source only.", "The connection to the primary broke."],
    remedies: ["Set x-colo on both sides before migrate, or on neither."],
    values: [["errno"]],
    related: ["qemu/errata/colo-not-entered"],
  },
  {
    subjects: ["qemu/postcopy/advise"],
    side: "destination",
    stage: "setup",
    meaning:
      "The source announces postcopy, and the destination is not set for it in the same way: 0 bytes mean dirty bitmaps only, 16 bytes memory with its page sizes.",
    causes: [
      "postcopy-ram is set on one side only.",
      "The page sizes of host or guest differ: huge pages, or another architecture.",
    ],
    remedies: [BOTH, "Back the guest's memory by pages of the same size on both sides."],
    values: [["source", "destination"], ["length or state"]],
    related: ["qemu/errata/advise-left-unread"],
  },
  {
    subjects: ["qemu/postcopy/listen/state", "qemu/postcopy/run/state", "qemu/postcopy/discard/state"],
    side: "destination",
    stage: "postcopy",
    meaning:
      "A command of postcopy came in a state that does not allow it; 0 is none, 1 advise, 2 discard, 3 listening, 4 running, 5 ended.",
    causes: ["postcopy-ram is set on the source only, so that the destination does not take part.", DAMAGE],
    remedies: [BOTH],
    values: [["state"]],
    related: ["COMMAND_STATE_ALLOWED"],
  },
  {
    subjects: ["qemu/postcopy/discard"],
    side: "destination",
    stage: "postcopy",
    meaning:
      "The list of memory that the destination has to drop before postcopy begins does not fit its blocks.",
    causes: ["The blocks of memory or the page sizes differ.", DAMAGE],
    remedies: ["Start the destination with the source's memory, huge pages and devices."],
    values: [["block", "start", "length", "size"], ["block", "ret"], ["what was found"]],
  },
  {
    subjects: ["qemu/postcopy/ram/order"],
    side: "destination",
    stage: "postcopy",
    meaning: "Parts of one huge page came mixed with those of another; postcopy can place only whole pages.",
    causes: [
      "Page sizes differ between the sides.",
      "Two channels (postcopy-preempt) were mixed up.",
      DAMAGE,
    ],
    remedies: ["Use the same page sizes; migrate without postcopy-preempt, or with other releases."],
    values: [
      ["page received", "page expected"],
      ["page expected", "page received", "block", "offset", "pages"],
      ["channel", "page expected", "page received", "block", "offset", "pages"],
    ],
  },
  {
    subjects: ["qemu/postcopy/listen/failed"],
    side: "destination",
    stage: "postcopy",
    meaning:
      "The thread that takes pages in postcopy could not go on. Unless the destination paused, the guest is lost: its state had moved.",
    causes: [
      "The source failed, was killed, or a device in the package could not be loaded.",
      "The connection broke.",
    ],
    remedies: [RECOVER, "Explain the lines before it: if they name a device, the two sides differ there."],
    values: [["errno"]],
  },
  {
    subjects: ["qemu/postcopy/listen/bitmaps-lost"],
    side: "destination",
    stage: "postcopy",
    meaning:
      "The guest runs here with all its memory, but the source went away before the dirty bitmaps were complete.",
    causes: ["The connection broke, or the source ended, while bitmaps were sent in postcopy."],
    remedies: ["Take a full backup of the disks concerned: incremental ones would miss blocks."],
    values: [["errno"]],
  },
  {
    subjects: ["qemu/postcopy/listen/again", "qemu/postcopy/listen/again-failed", "qemu/postcopy/userfault"],
    side: "destination",
    stage: "postcopy",
    meaning:
      "The kernel refused to watch the guest's memory by userfaultfd, without which there is no postcopy.",
    causes: [
      "The memory is shared with a file on a disk's file system; only anonymous memory, memfd, tmpfs and hugetlbfs can be watched.",
      "vm.unprivileged_userfaultfd is 0 and the process may not use it.",
      "It was asked for twice.",
    ],
    remedies: [
      "Back the guest's memory by memfd, tmpfs or hugetlbfs (share=on) instead of a file, or do not use postcopy-ram.",
      "sysctl vm.unprivileged_userfaultfd=1, or allow /dev/userfaultfd.",
    ],
    values: [["errno"]],
    errno: {
      "Invalid argument":
        "The kernel cannot watch this kind of memory: a shared file on a disk's file system.",
      "Device or resource busy": "The memory is watched already: the command to listen came twice.",
      "Operation not permitted": "The process may not use userfaultfd.",
    },
  },
  {
    subjects: ["qemu/postcopy/unsupported-memory"],
    side: "destination",
    stage: "configure",
    meaning:
      "postcopy-ram was refused: the guest's memory is shared with a file whose file system cannot do it.",
    causes: ["A memory backend with mem-path on ext4, XFS or the like, and share=on."],
    remedies: ["Put the memory on tmpfs or hugetlbfs or use memfd; otherwise migrate without postcopy."],
    values: [["reason"]],
  },
  {
    subjects: ["qemu/postcopy/preempt", "qemu/source/preempt-unopened"],
    side: "source",
    stage: "postcopy",
    meaning:
      "postcopy-preempt needs a connection of its own, and it could not be opened; postcopy does not begin.",
    causes: [
      "postcopy-preempt is set on the source only.",
      "The destination's port does not take a second connection.",
    ],
    remedies: ["Set postcopy-preempt alike on both sides, on the destination before migrate-incoming."],
    values: [["address"]],
  },
  {
    subjects: ["qemu/postcopy/multifd"],
    side: "either",
    stage: "postcopy",
    meaning: "multifd and postcopy together went wrong: a process aborts when channels are left over.",
    causes: ["multifd and postcopy-ram are both set, which releases before 10.1 do not support fully."],
    remedies: ["Set only one of the two."],
  },
  {
    subjects: ["qemu/recovery/destination/pause-text", "qemu/source/paused-text"],
    side: "either",
    stage: "postcopy",
    meaning:
      "The connection broke in postcopy. Both sides pause and wait: nothing is lost as long as both processes live.",
    causes: ["The network broke, migrate-pause was used, or the other process died."],
    remedies: [RECOVER],
  },
  {
    subjects: ["qemu/recovery/destination/pause-assertion", "qemu/recovery/destination/pause-shutdown"],
    side: "destination",
    stage: "postcopy",
    meaning:
      "The connection broke in postcopy before the return path was open, and the destination cannot pause properly.",
    causes: ["The source closed right after postcopy had begun, or the bytes were put together by hand."],
    remedies: [
      "If the process aborted, the guest is only where the source still has it: look at query-migrate there before anything is killed.",
    ],
  },
  {
    subjects: ["qemu/recovery/recv-bitmap", "qemu/recovery/resume/illegal"],
    side: "destination",
    stage: "recover",
    meaning:
      "A command of the recovery makes no sense here: no recovery is going on, or the block that it names does not exist.",
    causes: ["The source resumes a migration that this process does not take part in.", DAMAGE],
    remedies: ["Resume towards the process that is paused: query-migrate there says postcopy-paused."],
    values: [["block or length"]],
  },
];
