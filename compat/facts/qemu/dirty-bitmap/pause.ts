import type { Fact } from "../../fact.ts";

/** What becomes of bitmaps that a destination has begun to load when postcopy loses its connection. */
export const BITMAPS_AFTER_PAUSE: readonly Fact<"chunks-missing" | "dropped">[] = [
  {
    id: "qemu/dirty-bitmap/pause/chunks-missing",
    claim: "They stay as far as they came; what was on its way is not sent again.",
    value: "chunks-missing",
    since: "3.0",
    until: "5.1",
    evidence: [{ kind: "source", where: "4.2.0: migration/savevm.c, qemu_loadvm_state_main()" }],
  },
  {
    id: "qemu/dirty-bitmap/pause/dropped",
    claim: "All are cancelled, and a recovery does not bring them back; both sides complete.",
    value: "dropped",
    since: "5.1",
    evidence: [
      { kind: "source", where: "5.1.0 to 11.0.0: migration/savevm.c, dirty_bitmap_mig_cancel_incoming()" },
      {
        kind: "run",
        of: "5.2.0, 7.2.22, 10.0.13, 11.1.3, each to itself and in pairs: postcopy, pause, recovery",
      },
    ],
  },
];
