import { negative } from "../../../errno.ts";
import * as texts from "../../../facts/qemu/stream/configuration.ts";
import {
  ELEMENT_REFUSED,
  FIELD_PRINTED,
  POST_LOAD_FAILED,
  POST_LOAD_PREFIX,
  SUBSECTION_FAILED,
} from "../../../facts/qemu/stream/vmstate.ts";
import { hasCapability } from "../../../peers/main-channel/capability-names.ts";
import { isBare } from "../../../peers/main-channel/machine-type.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End, Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { earOf } from "../../endings/ear.ts";
import { type LoadError, loadError, loadErrorLines, within } from "../../endings/load-failed.ts";
import type { Factor } from "../../factor.ts";
import { deciding, NOTHING } from "./problem.ts";

const STATE = "configuration";
const PART = "configuration/capabilities";

/** Those that any release compares. */
const EVER_COMPARED = [...new Set(texts.COMPARED_CAPABILITIES.flatMap(({ value }) => value))];

const onOff = (on: boolean) => (on ? "on" : "off");

/** A capability of a name that the destination does not have. */
function unknownName(end: End, name: string): LoadError {
  const error = loadError(end, "EINVAL", texts.CAPABILITY_UNKNOWN, name);
  const element =
    error.reason === ""
      ? within(end, error, ELEMENT_REFUSED, "capability", "capabilities", negative("EINVAL"))
      : error;
  const field = within(end, element, FIELD_PRINTED, PART, "capabilities");
  return within(end, field, SUBSECTION_FAILED, PART, STATE, negative("EINVAL"));
}

/** Capabilities of which one side has them and the other not; the error of it. */
function differing(end: End, names: readonly string[], sent: readonly string[]): LoadError {
  const printed = names.flatMap(
    (name) =>
      end.say(texts.CAPABILITY_DIFFERS, name, onOff(end.has(name)), onOff(sent.includes(name)))?.text ?? [],
  );
  const told = end.say(texts.CAPABILITIES_INVALID)?.text ?? "";
  const error: LoadError = { printed, errno: "EINVAL", reason: told };
  return told === ""
    ? within(end, error, POST_LOAD_FAILED, STATE, 1, 0, negative("EINVAL"))
    : within(end, error, POST_LOAD_PREFIX, STATE, 1, 0);
}

export const configurationCapabilitiesAlike: Factor = {
  rule: "CONFIGURATION_CAPABILITIES_ALIKE",
  purpose: "Checks that capabilities that the destination compares with the source's are set alike.",
  reference: "migration/savevm.c, configuration_validate_capabilities(), get_capability()",
  find(pair: Pair) {
    const { source, destination } = pair;
    if (!EVER_COMPARED.some((name) => source.has(name) || destination.has(name))) return NOTHING;
    const sends = source.value(texts.COMPARED_CAPABILITIES) ?? [];
    const compares = destination.value(texts.COMPARED_CAPABILITIES) ?? [];
    if (isBare(source.peer.machine)) return NOTHING;
    const sent = sends.filter((name) => source.has(name));
    const differ = compares.filter((name) => destination.has(name) !== sent.includes(name));
    const unknown = sent.find((name) => !hasCapability(name, destination.version));
    if (unknown === undefined && differ.length === 0) return NOTHING;
    const error =
      unknown === undefined ? differing(destination, differ, sent) : unknownName(destination, unknown);
    const lines = loadErrorLines(destination, error);
    const args = {
      capabilities: unknown ?? differ.join(", "),
      side: unknown !== undefined || sent.includes(differ[0] ?? "") ? "source" : "destination",
      unknown: unknown !== undefined,
      ear: earOf(pair),
    };
    const facts = [
      ...chaptersFor(source, texts.COMPARED_CAPABILITIES),
      ...chaptersFor(destination, texts.COMPARED_CAPABILITIES),
    ];
    return deciding("configuration", destinationFails(pair, "setup", lines), args, facts);
  },
};
