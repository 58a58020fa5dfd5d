import type { Factor } from "../../factor.ts";
import type { CheckWordings } from "../../wording.ts";
import { bitmapsAccepted } from "./bitmaps-accepted.ts";
import { bitmapsMapped } from "./bitmaps-mapped.ts";
import { bitmapsNamed } from "./bitmaps-named.ts";
import { bitmapsOutlivePause } from "./bitmaps-outlive-pause.ts";
import { bitmapsSent } from "./bitmaps-sent.ts";
import { deviceModelsAgree } from "./device-models-agree.ts";
import { deviceNeedsMet } from "./device-needs-met.ts";
import { devicePropertiesAgree } from "./device-properties-agree.ts";
import { deviceStatesReadable } from "./device-states-readable.ts";
import { devicesApart } from "./devices-apart.ts";
import { devicesDescribed } from "./devices-described.ts";
import { devicesKnown } from "./devices-known.ts";
import { devicesMigratable } from "./devices-migratable.ts";
import { devicesPresent } from "./devices-present.ts";
import { devicesUnused } from "./devices-unused.ts";
import { errataAvoided } from "./errata-avoided.ts";
import { processorHotplugFits } from "./processor-hotplug-fits.ts";
import { processorsPresent } from "./processors-present.ts";
import { ramSizesAgree } from "./ram-sizes-agree.ts";
import { virtqueuesFit } from "./virtqueues-fit.ts";
import { virtqueuesSetUp } from "./virtqueues-set-up.ts";
import { BITMAPS_WORDS } from "./wording-bitmaps.ts";
import { DEVICES_WORDS } from "./wording-devices.ts";
import { MACHINE_WORDS } from "./wording-machine.ts";

/** In the order in which a stream has what they look at. */
export const DEVICES_FACTORS: readonly Factor[] = [
  devicesKnown,
  deviceNeedsMet,
  devicesApart,
  devicesDescribed,
  devicesMigratable,
  ramSizesAgree,
  bitmapsNamed,
  processorsPresent,
  processorHotplugFits,
  virtqueuesFit,
  deviceStatesReadable,
  devicesPresent,
  devicePropertiesAgree,
  deviceModelsAgree,
  errataAvoided,
  devicesUnused,
  bitmapsAccepted,
  bitmapsSent,
  bitmapsMapped,
  bitmapsOutlivePause,
  virtqueuesSetUp,
];

export const DEVICES_WORDINGS: CheckWordings = { ...MACHINE_WORDS, ...DEVICES_WORDS, ...BITMAPS_WORDS };
