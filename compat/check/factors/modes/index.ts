import type { Factor } from "../../factor.ts";
import type { CheckWordings } from "../../wording.ts";
import { coloOnBothSides } from "./colo-on-both-sides.ts";
import { oneConnection } from "./one-connection.ts";
import { postcopyAdviseFits } from "./postcopy-advise-fits.ts";
import { postcopyCanStart } from "./postcopy-can-start.ts";
import { postcopyPageSizesAlike } from "./postcopy-page-sizes-alike.ts";
import { postcopyWithMultifd } from "./postcopy-with-multifd.ts";
import { preemptApartFromMultifd } from "./preempt-apart-from-multifd.ts";
import { preemptOnDestinationOnly } from "./preempt-on-destination-only.ts";
import { preemptOnSourceOnly } from "./preempt-on-source-only.ts";
import { recoveryPossible } from "./recovery-possible.ts";
import { releasedRamIsGone } from "./released-ram-is-gone.ts";
import { returnPathHasAReader } from "./return-path-has-a-reader.ts";
import { snapshotKeepsMemory } from "./snapshot-keeps-memory.ts";
import { snapshotLeavesGuest } from "./snapshot-leaves-guest.ts";
import { someoneContinues } from "./someone-continues.ts";
import { FILES_WORDS } from "./words/files.ts";
import { POSTCOPY_WORDS } from "./words/postcopy.ts";
import { RECOVERY_WORDS } from "./words/recovery.ts";

/** What is done, and whether both sides are ready for it. Those that lose guests come first. */
export const MODES_FACTORS: readonly Factor[] = [
  postcopyWithMultifd,
  preemptApartFromMultifd,
  coloOnBothSides,
  oneConnection,
  returnPathHasAReader,
  postcopyAdviseFits,
  postcopyPageSizesAlike,
  postcopyCanStart,
  preemptOnDestinationOnly,
  preemptOnSourceOnly,
  recoveryPossible,
  releasedRamIsGone,
  someoneContinues,
  snapshotKeepsMemory,
  snapshotLeavesGuest,
];

export const MODES_WORDINGS: CheckWordings = { ...POSTCOPY_WORDS, ...RECOVERY_WORDS, ...FILES_WORDS };
