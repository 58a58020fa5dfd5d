import type { Factor } from "../../factor.ts";
import type { CheckWordings } from "../../wording.ts";
import { bitmapMappingTaken } from "./bitmap-mapping-taken.ts";
import { blockMigrationLoaded } from "./block-migration-loaded.ts";
import { capabilitiesTogether } from "./capabilities-together.ts";
import { capabilityBoolean } from "./capability-boolean.ts";
import { capabilityCurrent } from "./capability-current.ts";
import { capabilityKnown } from "./capability-known.ts";
import { cprComplete } from "./cpr-complete.ts";
import { cprModesAlike } from "./cpr-modes-alike.ts";
import { fileWrittenFirst } from "./file-written-first.ts";
import { machineCurrent } from "./machine-current.ts";
import { machineKnown } from "./machine-known.ts";
import { machineOfPc } from "./machine-of-pc.ts";
import { machineSame } from "./machine-same.ts";
import { machineVersioned } from "./machine-versioned.ts";
import { mappedRamPlain } from "./mapped-ram-plain.ts";
import { parameterInRange } from "./parameter-in-range.ts";
import { parameterKnown } from "./parameter-known.ts";
import { parameterSurvived } from "./parameter-survived.ts";
import { parameterTyped } from "./parameter-typed.ts";
import { parameterWord } from "./parameter-word.ts";
import { settingSide } from "./setting-side.ts";
import { transportFits } from "./transport-fits.ts";
import { transportKnown } from "./transport-known.ts";
import { CAPABILITY_WORDINGS } from "./wordings-capabilities.ts";
import { MACHINE_WORDINGS } from "./wordings-machines.ts";
import { PARAMETER_WORDINGS } from "./wordings-parameters.ts";
import { TRANSPORT_WORDINGS } from "./wordings-transports.ts";
import { zeroCopyPlain } from "./zero-copy-plain.ts";

/** What decides before a byte is sent, and the machine type that is sent first. */
export const SETTINGS_FACTORS: readonly Factor[] = [
  machineKnown,
  machineOfPc,
  machineSame,
  machineVersioned,
  machineCurrent,
  capabilityKnown,
  capabilityBoolean,
  capabilitiesTogether,
  capabilityCurrent,
  parameterTyped,
  parameterWord,
  parameterKnown,
  parameterInRange,
  bitmapMappingTaken,
  zeroCopyPlain,
  parameterSurvived,
  transportFits,
  cprComplete,
  mappedRamPlain,
  transportKnown,
  fileWrittenFirst,
  blockMigrationLoaded,
  cprModesAlike,
  settingSide,
];

export const SETTINGS_WORDINGS: CheckWordings = {
  ...MACHINE_WORDINGS,
  ...CAPABILITY_WORDINGS,
  ...PARAMETER_WORDINGS,
  ...TRANSPORT_WORDINGS,
};
