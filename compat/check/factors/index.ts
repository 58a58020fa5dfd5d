import type { Factor } from "../factor.ts";
import type { CheckWordings } from "../wording.ts";
import { DEVICES_FACTORS, DEVICES_WORDINGS } from "./devices/index.ts";
import { MODES_FACTORS, MODES_WORDINGS } from "./modes/index.ts";
import { RELEASE_MODELLED, releaseModelled } from "./release-modelled.ts";
import { SETTINGS_FACTORS, SETTINGS_WORDINGS } from "./settings/index.ts";
import { WIRE_FACTORS, WIRE_WORDINGS } from "./wire/index.ts";

/** Everything that decides whether two ends may migrate; of two at the same step the first here decides. */
export const FACTORS: readonly Factor[] = [
  releaseModelled,
  ...SETTINGS_FACTORS,
  ...WIRE_FACTORS,
  ...MODES_FACTORS,
  ...DEVICES_FACTORS,
];

export const WORDINGS: CheckWordings = {
  RELEASE_MODELLED,
  ...SETTINGS_WORDINGS,
  ...WIRE_WORDINGS,
  ...MODES_WORDINGS,
  ...DEVICES_WORDINGS,
};
