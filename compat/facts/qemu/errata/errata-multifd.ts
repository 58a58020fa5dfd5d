import type { Fact } from "../../fact.ts";
import type { Erratum } from "./erratum.ts";

/** A multifd init packet whose id equals the number of channels passes the check. */
export const MULTIFD_ID_OFF_BY_ONE: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/multifd-id-off-by-one",
    claim: "A multifd init packet whose id equals the number of channels passes the check.",
    value: {
      side: "destination",
      trigger:
        "A channel with an id that equals multifd-channels of the destination, such as from a source with more channels.",
      outcomes: ["guest-lost"],
      fixedIn: ["11.1"],
      workaround: "The same multifd-channels on both sides.",
    },
    since: "4.0",
    until: "11.1",
    evidence: [
      { kind: "commit", commit: "810bf31a1b", release: "11.1" },
      { kind: "run", of: "10.0.13: crafted init packet, SIGSEGV" },
    ],
    notes: "It reads and writes behind the array of channels.",
  },
];

/** The page fields of SYNC packets are not looked at, though releases before 9.0 use them. */
export const MULTIFD_SYNC_OF_OLD_SOURCES: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/multifd-sync-of-old-sources",
    claim: "The page fields of SYNC packets are not looked at, though releases before 9.0 use them.",
    value: {
      side: "destination",
      trigger: "multifd from a source before 9.0.",
      outcomes: ["fails", "corrupts"],
      fixedIn: ["10.0"],
      workaround: "Without multifd.",
    },
    since: "9.2",
    until: { after: "9.2", atLatest: "10.0" },
    evidence: [
      { kind: "commit", commit: "d7e58f412c", release: "9.2" },
      { kind: "commit", commit: "b93d897ea2", release: "10.0" },
    ],
    notes: "The first stable release of 9.2 with the repair is not known here.",
  },
];

/** A multifd packet that holds zero pages only goes without the flag of its compression. */
export const MULTIFD_COMPRESSED_ZERO_PAGES: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/multifd-compressed-zero-pages",
    claim: "A multifd packet that holds zero pages only goes without the flag of its compression.",
    value: {
      side: "source",
      trigger: "multifd-compression with zero-page-detection=multifd and a packet of nothing but zero pages.",
      outcomes: ["fails", "guest-lost"],
      fixedIn: ["10.0"],
      workaround: "zero-page-detection=legacy.",
    },
    since: "9.0",
    until: "10.0",
    evidence: [
      { kind: "commit", commit: "303e6f54f9", release: "9.0" },
      { kind: "commit", commit: "cdc3970f85", release: "10.0" },
    ],
  },
];

/** The 39 reserved bytes at the end of the multifd init packet are what was on the stack. */
export const MULTIFD_INIT_LEAKS_STACK: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/multifd-init-leaks-stack",
    claim: "The 39 reserved bytes at the end of the multifd init packet are what was on the stack.",
    value: {
      side: "source",
      trigger: "multifd.",
      outcomes: ["completes"],
      fixedIn: ["5.0"],
      workaround: null,
    },
    since: "4.0",
    until: "5.0",
    evidence: [{ kind: "commit", commit: "d069bcca6c", release: "5.0" }],
    notes: "A reader must not ask for zero there.",
  },
];

/** MULTIFD_FLUSH records are written without multifd. */
export const STRAY_MULTIFD_FLUSH: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/stray-multifd-flush",
    claim: "MULTIFD_FLUSH records are written without multifd.",
    value: {
      side: "source",
      trigger: "A machine type of 8.1, without multifd, towards a destination that does not know the record.",
      outcomes: ["guest-lost", "fails"],
      fixedIn: ["8.2"],
      workaround: "multifd-flush-after-each-section=on.",
    },
    since: "8.1",
    until: "8.2",
    evidence: [
      { kind: "commit", commit: "294e5a4034", release: "8.1" },
      { kind: "commit", commit: "d4f34485ca", release: "8.2" },
    ],
    notes: "Its first stable release with the repair is not known here.",
  },
];

/** A destination before 9.0 takes the zero pages of multifd packets for nothing. */
export const ZERO_PAGES_LOST_BEFORE_9_0: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/zero-pages-lost-before-9.0",
    claim: "A destination before 9.0 takes the zero pages of multifd packets for nothing.",
    value: {
      side: "destination",
      trigger:
        "A source from 9.0 on with multifd and zero-page-detection=multifd, set by hand or by a machine type from 9.0 on.",
      outcomes: ["corrupts"],
      fixedIn: ["9.0"],
      workaround: "zero-page-detection=legacy on the source.",
    },
    since: "4.0",
    until: "9.0",
    evidence: [
      { kind: "commit", commit: "303e6f54f9", release: "9.0" },
      { kind: "commit", commit: "70c25c92e6", release: "9.0" },
      { kind: "run", of: "10.0.13 and 11.1.3 to 5.2.0 and 7.2.22: RAM differs, both say completed" },
    ],
  },
];

/** Packets of device state are sent with the flag of zero-copy. */
export const MULTIFD_DEVICE_STATE_ZERO_COPY: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/multifd-device-state-zero-copy",
    claim: "Packets of device state are sent with the flag of zero-copy.",
    value: {
      side: "source",
      trigger: "multifd device state of VFIO with zero-copy-send.",
      outcomes: ["corrupts", "fails"],
      fixedIn: ["10.0.2", "10.1"],
      workaround: "Without zero-copy-send.",
    },
    since: "10.0",
    until: "10.0.2",
    evidence: [
      { kind: "commit", commit: "6be7696129", release: "10.1" },
      { kind: "source", where: "Debian's changelog of 1:10.0.2+ds-1" },
    ],
  },
];

/** Pages that are sent in several rounds can end with old content, seldom. */
export const MULTIFD_ROUNDS_FROM_OLD_SOURCES: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/multifd-rounds-from-old-sources",
    claim: "Pages that are sent in several rounds can end with old content, seldom.",
    value: {
      side: "destination",
      trigger: "multifd from 5.2 or 7.2, several rounds, pages that become zero.",
      outcomes: ["completes", "corrupts"],
      fixedIn: [],
      workaround: "Without multifd.",
    },
    since: { after: "7.2.22", atLatest: "10.0.13" },
    until: { after: "10.0.13", atLatest: "11.1.3" },
    evidence: [
      {
        kind: "run",
        of: "5.2.0 and 7.2.22 to 10.0.13: RAM differs, both say completed, in recorded migrations of several rounds",
      },
    ],
    notes:
      "Its cause is not known, nor whether it is one of the wire: twenty later runs of these pairs, with a guest that flushes its TLB, kept all pages. Not seen with 11.1.3.",
  },
];

/** Some of what a multifd channel receives ends in an assertion instead of an error. */
export const MULTIFD_ASSERTIONS_ON_INPUT: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/multifd-assertions-on-input",
    claim: "Some of what a multifd channel receives ends in an assertion instead of an error.",
    value: {
      side: "destination",
      trigger: "A damaged or hostile multifd packet.",
      outcomes: ["guest-lost", "fails"],
      fixedIn: ["10.0.13", "11.1.1"],
      workaround: null,
    },
    since: "4.0",
    until: { after: "11.1", atLatest: "11.1.1" },
    evidence: [
      {
        kind: "source",
        where:
          "Debian's changelogs of 1:10.0.13+ds-0+deb13u1 and 1:11.1.1+ds-1: Replace assert() with error_setg() in recv paths",
      },
    ],
  },
];
