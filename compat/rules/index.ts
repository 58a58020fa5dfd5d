import { channelOrderKept } from "./channel-order-kept.ts";
import { commandKnown } from "./command-known.ts";
import { commandLengthKept } from "./command-length-kept.ts";
import { commandStateAllowed } from "./command-state-allowed.ts";
import { fieldInReservedSpace } from "./field-in-reserved-space.ts";
import { mainChannelBeginsWithQevm } from "./main-channel-begins-with-qevm.ts";
import { multifdPacketVersionKept } from "./multifd-packet-version-kept.ts";
import { ramFlagKnown } from "./ram-flag-known.ts";
import { returnPathLengthKept } from "./return-path-length-kept.ts";
import { returnPathStateAllowed } from "./return-path-state-allowed.ts";
import { returnPathTypeKnown } from "./return-path-type-known.ts";
import type { Observed, Rule } from "./rule.ts";
import { saveHeaderBrokenImageRefused } from "./save-header-broken-image-refused.ts";
import { saveHeaderFinishedImageRestored } from "./save-header-finished-image-restored.ts";
import { sectionKnown } from "./section-known.ts";
import { sectionVersionNotNewer } from "./section-version-not-newer.ts";
import { streamReadOn } from "./stream-read-on.ts";
import { streamVersionKept } from "./stream-version-kept.ts";
import { subsectionKnown } from "./subsection-known.ts";

/** Every rule, the more telling before the more general. */
export const RULES: readonly Rule[] = [
  returnPathTypeKnown,
  returnPathLengthKept,
  returnPathStateAllowed,
  commandKnown,
  commandLengthKept,
  commandStateAllowed,
  sectionKnown,
  sectionVersionNotNewer,
  subsectionKnown,
  ramFlagKnown,
  multifdPacketVersionKept,
  fieldInReservedSpace,
  streamVersionKept,
  mainChannelBeginsWithQevm,
  channelOrderKept,
  saveHeaderBrokenImageRefused,
  saveHeaderFinishedImageRestored,
  streamReadOn,
];

/** The rule that a released peer's behaviour breaks; the most telling where there are several. */
export function brokenRule(observed: Observed): Rule | undefined {
  return RULES.find(({ isBroken }) => isBroken(observed));
}

export function findRule(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}
