import type { CheckWording } from "../check/wording.ts";

const UPGRADED =
  "The capability or parameter is gone in newer releases, or the build leaves it out: trust the inventory, and read it again after each upgrade.";

/** What is said of how a peer was described, by rule. */
export const INVENTORY_WORDINGS = {
  INVENTORY_VERSION_UNLISTED: {
    message: ({ version, qemu, why }) =>
      `QEMU ${version} ${WHY_UNLISTED[String(why)]}; it is judged as ${qemu}.`,
    remedy: () =>
      "Take the answer for what that release does. A newer migwire may know this version; an inventory of the peer (`--qmp`) says which capabilities it really has.",
  },
  INVENTORY_BUILD_UNKNOWN: {
    message: ({ build, qemu }) =>
      `${build} is a build of QEMU ${qemu} whose patches are not known; it is judged as ${qemu}, and by what its inventory says.`,
    remedy: () => undefined,
  },
  INVENTORY_INCOMPLETE: {
    message: ({ missing }) => `The inventory has no answer to ${missing}; there the version alone counts.`,
    remedy: () => "Collect it again with all four commands, or with `--qmp`.",
  },
  INVENTORY_CAPABILITY_MISSING: {
    message: ({ names, qemu }) => `The inventory lacks ${names}, which QEMU ${qemu} has.`,
    remedy: () => UPGRADED,
  },
  INVENTORY_CAPABILITY_EXTRA: {
    message: ({ names, qemu, since }) =>
      `The inventory has ${names}, which QEMU ${qemu} does not have${since}.`,
    remedy: () =>
      "Most likely the build carries a backport, as distributions do; else the version is not what it says. What the inventory lists is taken to work.",
  },
  INVENTORY_CAPABILITY_SET: {
    message: ({ names }) => `The peer has ${names} switched on already; that is how it is judged.`,
    remedy: () =>
      "Switch off with migrate-set-capabilities what is not wanted: settings of an earlier migration stay.",
  },
  INVENTORY_PARAMETER_MISSING: {
    message: ({ names, qemu }) => `The inventory lacks the parameters ${names}, which QEMU ${qemu} has.`,
    remedy: () => UPGRADED,
  },
  INVENTORY_PARAMETER_EXTRA: {
    message: ({ names, qemu, since }) =>
      `The inventory has the parameters ${names}, which QEMU ${qemu} does not have${since}.`,
    remedy: () =>
      "Most likely the build carries a backport, as distributions do; else the version is not what it says. What the inventory lists is taken to work.",
  },
  INVENTORY_DEFAULT_DIFFERS: {
    message: ({ name, value, standard, qemu }) =>
      `${name} is ${value}; QEMU ${qemu} has ${standard} unless something sets it. The peer is judged with ${value}.`,
    remedy: ({ name }) =>
      `Somebody set ${name} before the inventory was made (a management layer does), the machine type sets it, or the build has another default. Set it on both sides if it has to be alike.`,
  },
  INVENTORY_MACHINE_MISSING: {
    message: ({ names, qemu }) => `The inventory lacks the machine types ${names}, which QEMU ${qemu} has.`,
    remedy: () =>
      "The build leaves them out, as those of RHEL do. Guests of these machine types cannot come here, whatever the version says.",
  },
  INVENTORY_MACHINE_EXTRA: {
    message: ({ names, qemu }) =>
      `The inventory has the machine types ${names}, which QEMU ${qemu} does not have.`,
    remedy: () =>
      "Distributions add machine types of their own; only builds of the same distribution have them, so guests with them move only among those.",
  },
  INVENTORY_MACHINE_UNKNOWN: {
    message: ({ machine }) => `The domain's machine type ${machine} is not among those that the peer lists.`,
    remedy: () =>
      "The domain cannot be started there: choose a machine type that both hosts list, while the guest is down.",
  },
  INVENTORY_DEVICES_OMITTED: {
    message: ({ count }) =>
      `${count} devices of the domain XML are not judged: how QEMU is given them is not known.`,
    remedy: () => "Compare them by hand: both sides need the same devices at the same addresses.",
  },
} as const satisfies Readonly<Record<string, CheckWording>>;

const WHY_UNLISTED: Readonly<Record<string, string>> = {
  candidate: "is a candidate for the next release",
  development: "is a development version between two releases",
  newer: "is newer than all releases that are known here",
  unlisted: "is on no list of releases",
};
