import type { Fact } from "../../fact.ts";

/** The numbers in the PINGs of a source, in the order of its stream. */
export const POSTCOPY_PINGS: readonly Fact<readonly number[]>[] = [
  {
    id: "qemu/postcopy/pings/four",
    claim: "PING 1 opens the return path; 2 is in front of the package, 3 at its end, and 4 behind it.",
    value: [1, 2, 3, 4],
    since: "2.5",
    until: "10.2",
    evidence: [{ kind: "source", where: "2.5.0, 2.11.0: migration/migration.c, postcopy_start()" }],
    notes: "From 2.11 on 2 to 4 only with postcopy-ram.",
  },
  {
    id: "qemu/postcopy/pings/loaded",
    claim: "PING 0x42 follows 3 within the package.",
    value: [1, 2, 3, 0x42, 4],
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "7b842fe354", release: "10.2" },
      { kind: "source", where: "11.0.0: migration/migration.c, postcopy_start()" },
    ],
  },
];

/** The order of the PONGs. */
export const POSTCOPY_PONG_ORDER: readonly Fact<"any">[] = [
  {
    id: "qemu/postcopy/pong-order",
    claim:
      "PONGs need not come in the order of the PINGs: that within the package is read by another thread.",
    value: "any",
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 10.0.13: 4 in front of 3" }],
  },
];
