import type { Fact } from "../fact.ts";

/** Which images `virsh start` throws away instead of failing. */
export type Discards = "any-failure" | "nothing" | "partial" | "partial-or-short" | "not-complete";

export const MANAGED_SAVE_DISCARDS: readonly Fact<Discards>[] = [
  {
    id: "libvirt/managed-save/discards/any-failure",
    claim:
      "The file is removed whether or not the restore went well, and the guest boots fresh if it did not.",
    value: "any-failure",
    since: "0.8.0",
    until: "0.9.1",
    evidence: [{ kind: "commit", commit: "6e41f30efc", release: "0.8.0" }],
  },
  {
    id: "libvirt/managed-save/discards/nothing",
    claim: "The file is removed after a restore that went well; any failure keeps it and fails the start.",
    value: "nothing",
    since: "0.9.1",
    until: "0.9.5",
    evidence: [{ kind: "commit", commit: "a73bbfc8be", release: "0.9.1" }],
  },
  {
    id: "libvirt/managed-save/discards/partial",
    claim: "An image with the partial magic is removed and the guest boots fresh.",
    value: "partial",
    since: "0.9.5",
    until: "0.9.9",
    evidence: [{ kind: "commit", commit: "55d88def95", release: "0.9.5" }],
  },
  {
    id: "libvirt/managed-save/discards/partial-or-short",
    claim: "So is a file that is shorter than the header.",
    value: "partial-or-short",
    since: "0.9.9",
    until: { after: "9.0.0", atLatest: "11.2.0" },
    evidence: [
      { kind: "commit", commit: "d99fe011a2", release: "0.9.9" },
      { kind: "run", of: "7.0.0, 9.0.0: empty, magic_zero, magic_garbage" },
    ],
  },
  {
    id: "libvirt/managed-save/discards/not-complete",
    claim: "So is every file whose magic is not that of a finished image.",
    value: "not-complete",
    since: { after: "9.0.0", atLatest: "11.2.0" },
    evidence: [
      { kind: "source", where: "11.3.0, src/qemu/qemu_saveimage.c, qemuSaveImageIsCorrupt()" },
      { kind: "run", of: "11.3.0, 12.8.0: empty, magic_zero, magic_garbage" },
    ],
  },
];

/** The start fails once although the image was thrown away. */
export const DISCARD_FAILS_START: readonly Fact[] = [
  {
    id: "libvirt/managed-save/discard-fails-start",
    claim:
      "An image that is thrown away still fails the start, without an error text; the next start boots fresh.",
    value: true,
    since: "6.0.0",
    until: "6.3.0",
    evidence: [
      { kind: "commit", commit: "21ad56e932", release: "6.0.0" },
      { kind: "commit", commit: "f76a571820", release: "6.3.0" },
    ],
    notes: "rhbz 1791522. From source only.",
  },
];

/** Whether an image of another domain is refused when found in a domain's place. */
export const CHECKS_OWNER: readonly Fact[] = [
  {
    id: "libvirt/managed-save/checks-owner",
    claim: "The name and UUID in the image must be those of the domain that is started.",
    value: true,
    since: "0.9.0",
    evidence: [
      { kind: "source", where: "0.9.1, src/qemu/qemu_driver.c, qemuDomainObjRestore()" },
      { kind: "run", of: "7.0.0, 9.0.0, 12.8.0: other_uuid" },
    ],
  },
];

/** The refusal is lost on its way. */
export const OWNER_REFUSAL_LOST: readonly Fact[] = [
  {
    id: "libvirt/managed-save/owner-refusal-lost",
    claim: "The image of another domain is deleted, the start is reported as done, and nothing runs.",
    value: true,
    since: { after: "9.0.0", atLatest: "11.3.0" },
    until: { after: "11.3.0", atLatest: "12.8.0" },
    evidence: [
      { kind: "source", where: "11.3.0, src/qemu/qemu_driver.c, qemuDomainObjRestore()" },
      { kind: "run", of: "11.3.0: other_uuid" },
    ],
  },
];
