import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What GLib prints when there is not as much memory as a length wants; the places are those of Debian's GLib. */
export const ALLOCATION_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/allocation/5.2",
    claim: "The text for a length that is no memory to be had for, with bullseye's GLib.",
    value: { template: "GLib: ../../../glib/gmem.c:112: failed to allocate %llu bytes", to: "stderr" },
    since: "5.2",
    until: "6.0",
    evidence: [{ kind: "run", of: "5.2.0" }],
  },
  {
    id: "qemu/allocation/7.2",
    claim: "The text for a length that is no memory to be had for, with bookworm's GLib.",
    value: { template: "GLib: ../../../glib/gmem.c:136: failed to allocate %llu bytes", to: "stderr" },
    since: "7.2",
    until: "8.0",
    evidence: [{ kind: "run", of: "7.2.22" }],
  },
  {
    id: "qemu/allocation/10.0",
    claim: "The text for a length that is no memory to be had for, with trixie's GLib.",
    value: { template: "GLib: ../../../glib/gmem.c:106: failed to allocate %llu bytes", to: "stderr" },
    since: "10.0",
    until: "10.1",
    evidence: [{ kind: "run", of: "10.0.13" }],
  },
];
