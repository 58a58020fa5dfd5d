import type { Fact } from "../../fact.ts";
import type { Erratum } from "./erratum.ts";

/** The first connection to arrive is taken for the main channel, even when it is a multifd channel. */
export const MULTIFD_ACCEPT_ORDER: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/multifd-accept-order",
    claim: "The first connection to arrive is taken for the main channel, even when it is a multifd channel.",
    value: {
      side: "destination",
      trigger: "multifd is on, and one of its connections overtakes the main one.",
      outcomes: ["guest-lost", "hangs"],
      fixedIn: ["8.0"],
      workaround: "The return-path capability on the source, so that the failure is seen there.",
    },
    since: "3.0",
    until: "8.0",
    evidence: [
      { kind: "source", where: "2.12.0, 3.0.0: migration/migration.c, migration_has_all_channels()" },
      { kind: "commit", commit: "6720c2b327", release: "8.0" },
      { kind: "run", of: "5.2.0, 7.2.22: crafted connections in another order" },
    ],
    notes: "TLS, files, exec: and fd: still rely on the order.",
  },
];

/** A multifd connection to a destination without multifd aborts the process. */
export const MULTIFD_CONNECTION_ASSERTS: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/multifd-connection-asserts",
    claim: "A multifd connection to a destination without multifd aborts the process.",
    value: {
      side: "destination",
      trigger: "multifd on the source only.",
      outcomes: ["guest-lost", "fails"],
      fixedIn: [],
      workaround: "multifd on both sides.",
    },
    since: "10.1",
    evidence: [
      { kind: "source", where: "10.1.0: migration/migration.c, migration_channel_identify()" },
      { kind: "run", of: "11.1.3: SIGABRT" },
    ],
  },
];

/** With multifd or postcopy-preempt on, no capability can be set once a destination listens. */
export const CAPABILITIES_LOCKED_WHILE_LISTENING: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/capabilities-locked-while-listening",
    claim: "With multifd or postcopy-preempt on, no capability can be set once a destination listens.",
    value: {
      side: "destination",
      trigger: "migrate-set-capabilities on a destination that was started with -incoming and an address.",
      outcomes: ["refused"],
      fixedIn: ["10.0.2", "10.1"],
      workaround: "-incoming defer, and capabilities before migrate-incoming.",
    },
    since: "8.1",
    until: "10.0.2",
    evidence: [
      { kind: "commit", commit: "82137e6c8c", release: "8.1" },
      { kind: "commit", commit: "17bec9235b", release: "10.1" },
      { kind: "source", where: "Debian's changelog of 1:10.0.2+ds-1" },
    ],
  },
];

/** multifd-zlib-level and multifd-zstd-level are taken whatever they are. */
export const MULTIFD_LEVELS_UNCHECKED: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/multifd-levels-unchecked",
    claim: "multifd-zlib-level and multifd-zstd-level are taken whatever they are.",
    value: {
      side: "source",
      trigger: "A level beyond the range.",
      outcomes: ["fails"],
      fixedIn: ["9.0"],
      workaround: "A level within the range.",
    },
    since: "5.0",
    until: "9.0",
    evidence: [
      { kind: "source", where: "8.2.0, 9.0.0: migration/options.c, migrate_params_test_apply()" },
      { kind: "run", of: "5.2.0, 7.2.22: migrate-set-parameters with 10 and 21" },
    ],
    notes: "What compressing then comes to was not run.",
  },
];

/** A destination with more multifd channels than the source waits for ever, while the source completes. */
export const CHANNEL_COUNT_HANGS: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/channel-count-hangs",
    claim:
      "A destination with more multifd channels than the source waits for ever, while the source completes.",
    value: {
      side: "either",
      trigger: "multifd-channels differs, without a return path.",
      outcomes: ["guest-stuck", "hangs"],
      fixedIn: [],
      workaround: "The same multifd-channels on both sides.",
    },
    since: "4.0",
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: 2 channels to 4" }],
    notes: "Nothing negotiates the number.",
  },
];
