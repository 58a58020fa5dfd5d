import type { SaveScheme, SaveState } from "../codec/index.ts";

/** What a run of libvirt releases does with an image whose save did not come to its end. */
export interface UnfinishedFate {
  readonly since: string;
  /** Last release; `null` where it still is so. */
  readonly until: string | null;
  /** What `virsh restore` says. */
  readonly restore: string;
  /** It says so before QEMU is started and given the stream. */
  readonly upFront: boolean;
  /** What `virsh start` does with it as a managed save; `none` where there was no managed save yet. */
  readonly managedStart: "none" | "fails-and-keeps" | "fails-once-and-removes" | "removes-and-boots";
  readonly evidence: string;
}

/** One of the schemes of August 2011, seen from the releases that did or did not know of it. */
export interface SchemeComparison {
  readonly scheme: SaveScheme["name"];
  readonly unfinished: readonly UnfinishedFate[];
  /** What a release that knows the scheme can tell its user of each state. */
  readonly tells: Readonly<Record<SaveState, string>>;
  /** What it takes an image for that an older release wrote, finished or not. */
  readonly olderImages: string;
}

const MAGIC = "image magic is incorrect";
const BEFORE = "libvirt commits 55d88def95, a73bbfc8be and 6e41f30efc, and what they replaced";
const QEMU_FAILS = "what QEMU says once the stream breaks off";

/** A magic that a release does not know is refused up front; the managed save is treated as any that fails. */
const UNKNOWN_MAGIC: readonly UnfinishedFate[] = [
  { since: "0.3.2", until: "0.7.7", restore: MAGIC, upFront: true, managedStart: "none", evidence: BEFORE },
  {
    since: "0.8.0",
    until: "0.9.0",
    restore: MAGIC,
    upFront: true,
    managedStart: "removes-and-boots",
    evidence: BEFORE,
  },
  {
    since: "0.9.1",
    until: "0.9.4",
    restore: MAGIC,
    upFront: true,
    managedStart: "fails-and-keeps",
    evidence: BEFORE,
  },
];

/** The three schemes side by side. Releases that the sources at hand do not tell exactly carry a ≤. */
export const SAVE_SCHEME_COMPARISON: readonly SchemeComparison[] = [
  {
    scheme: "complete-word",
    unfinished: [
      {
        since: "0.3.2",
        until: "0.7.0",
        restore: "image version is not supported (2 > 1)",
        upFront: true,
        managedStart: "none",
        evidence: "libvirt 0.3.2 to 0.7.0, QEMUD_SAVE_VERSION 1; commit 2d6a581960 brought version 2",
      },
      {
        since: "0.7.1",
        until: "0.7.7",
        restore: QEMU_FAILS,
        upFront: false,
        managedStart: "none",
        evidence: BEFORE,
      },
      {
        since: "0.8.0",
        until: "0.9.0",
        restore: QEMU_FAILS,
        upFront: false,
        managedStart: "removes-and-boots",
        evidence: BEFORE,
      },
      {
        since: "0.9.1",
        until: "3.4.0",
        restore: QEMU_FAILS,
        upFront: false,
        managedStart: "fails-and-keeps",
        evidence: BEFORE,
      },
      {
        since: "3.5.0",
        until: null,
        restore:
          "an XML error: 1 is taken for cookieOffset, so the XML is its first byte; so it is, with 2, of a finished image",
        upFront: true,
        managedStart: "fails-and-keeps",
        evidence: "libvirt commit 5c2f01abcb, which made the word cookieOffset",
      },
    ],
    tells: {
      done: "The stream was written to its end.",
      "in-progress": "The save is running, or broke off.",
      unknown: "A release that does not know the word wrote it; QEMU has to find out.",
      "not-an-image": "This is something else.",
    },
    olderImages: "unknown, as it should be",
  },
  {
    scheme: "zeroed-magic",
    unfinished: [
      ...UNKNOWN_MAGIC.slice(0, 2),
      {
        since: "0.9.1",
        until: "9.0.0",
        restore: MAGIC,
        upFront: true,
        managedStart: "fails-and-keeps",
        evidence: `${BEFORE}; seen with 7.0.0 and 9.0.0 (magic_zero)`,
      },
      {
        since: "≤11.2.0",
        until: null,
        restore: MAGIC,
        upFront: true,
        managedStart: "removes-and-boots",
        evidence: "libvirt commit fa68f78f13 has it; seen with 11.3.0 and 12.8.0 (magic_zero)",
      },
    ],
    tells: {
      done: "The stream was written to its end, if a release that knows the scheme wrote it.",
      "in-progress": "The save is running, or broke off; or the beginning of the file is lost.",
      unknown: "Never told.",
      "not-an-image": "This is something else.",
    },
    olderImages: "done, even where the save broke off",
  },
  {
    scheme: "partial-magic",
    unfinished: [
      ...UNKNOWN_MAGIC,
      {
        since: "0.9.5",
        until: "5.10.0",
        restore: "save image is incomplete",
        upFront: true,
        managedStart: "removes-and-boots",
        evidence: "libvirt commit 55d88def95",
      },
      {
        since: "6.0.0",
        until: "6.2.0",
        restore: "save image is incomplete",
        upFront: true,
        managedStart: "fails-once-and-removes",
        evidence: "libvirt commits 21ad56e932 and f76a571820 (bug 1791522)",
      },
      {
        since: "6.3.0",
        until: null,
        restore: "save image is incomplete",
        upFront: true,
        managedStart: "removes-and-boots",
        evidence:
          "libvirt commits 55d88def95, f76a571820; restore seen with 7.0.0, 9.0.0 and 11.3.0 (raw-daemon-killed)",
      },
    ],
    tells: {
      done: "The stream was written to its end, if a release that knows the scheme wrote it.",
      "in-progress": "The save is running, or broke off; nothing else looks like it.",
      unknown: "Never told.",
      "not-an-image": "This is something else.",
    },
    olderImages: "done, even where the save broke off",
  },
];
