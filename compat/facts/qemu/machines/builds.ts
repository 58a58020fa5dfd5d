import type { Fact } from "../../fact.ts";

/** A distribution's build of a release: what is true for the release is true for it, but for what it differs in. */
export interface Build {
  /** As the distribution numbers it. */
  readonly build: string;
  readonly differs: readonly string[];
}

/** Debian's build of 5.2.0 that was run. */
export const DEBIAN_11: readonly Fact<Build>[] = [
  {
    id: "qemu/builds/debian-11",
    claim: "Debian 11 has 5.2.0 with fixes of its own; no stable release of 5.2 was ever made.",
    value: {
      build: "1:5.2+dfsg-11+deb11u3",
      differs: ["ACPI device paths of machine types before 5.1 are those of 5.1"],
    },
    since: "5.2",
    until: "6.0",
    evidence: [
      { kind: "run", of: "5.2.0 (Debian 1:5.2+dfsg-11+deb11u3)" },
      {
        kind: "source",
        where: "Debian's changelog of 1:5.2+dfsg-11: i386-acpi-restore-device-paths-for-pre-5.1-vms.patch",
      },
    ],
    notes: "Its other patches were not compared one by one.",
  },
];

/** Debian's build of 7.2.22. */
export const DEBIAN_12: readonly Fact<Build>[] = [
  {
    id: "qemu/builds/debian-12",
    claim: "Debian 12 has 7.2.22 under the number 7.2, and without Xen.",
    value: { build: "1:7.2+dfsg-7+deb12u18", differs: ["no machine types xenfv and xenpv"] },
    since: "7.2.22",
    until: "8.0",
    evidence: [{ kind: "run", of: "7.2.22 (Debian 1:7.2+dfsg-7+deb12u18): query-machines" }],
  },
];

/** Debian's build of 10.0.13. */
export const DEBIAN_13: readonly Fact<Build>[] = [
  {
    id: "qemu/builds/debian-13",
    claim: "Debian 13 has 10.0.13 without Xen.",
    value: { build: "1:10.0.13+ds-0+deb13u1", differs: ["no machine types xenfv and xenpv"] },
    since: "10.0.13",
    until: "10.1",
    evidence: [{ kind: "run", of: "10.0.13 (Debian 1:10.0.13+ds-0+deb13u1): query-machines" }],
  },
];

/** Debian's build of 11.1.3. */
export const DEBIAN_BACKPORTS: readonly Fact<Build>[] = [
  {
    id: "qemu/builds/debian-backports",
    claim: "Debian's backports have 11.1.3 without Xen.",
    value: { build: "1:11.1.3+ds-1", differs: ["no machine types xenfv and xenpv"] },
    since: "11.1.3",
    evidence: [{ kind: "run", of: "11.1.3 (Debian 1:11.1.3+ds-1): query-machines" }],
  },
];
