import {
  TYPE_EXPECTED,
  WHOLE_PATHS,
  WORD_INVALID,
  WORD_NOT_ACCEPTED,
} from "../../../facts/qemu/settings/input-errors.ts";
import { CAPABILITIES, chaptersOf } from "../../../inventory/implied.ts";
import type { End } from "../../end.ts";
import { endHasCapability } from "./known.ts";
import type { Refused } from "./settle.ts";

/** A capability that migrate-set-capabilities does not read, in the order of the command. */
export interface CapabilityInput extends Refused {
  readonly kind: "unknown" | "type";
  readonly capability: string;
}

const NONE: readonly CapabilityInput[] = [];

/** What migrate-set-capabilities stops at while it reads; the first is what it answers. */
export function capabilityInput(end: End): readonly CapabilityInput[] {
  const { capabilities } = end.peer;
  if (!capabilities) return NONE;
  let found: CapabilityInput[] | undefined;
  let at = 0;
  for (const capability of Object.keys(capabilities)) {
    const state: unknown = capabilities[capability];
    const input = endHasCapability(end, capability)
      ? typeof state === "boolean"
        ? undefined
        : wrongType(end, capability, at)
      : unknown(end, capability);
    if (input) found = [...(found ?? []), input];
    at++;
  }
  return found ?? NONE;
}

function unknown(end: End, capability: string): CapabilityInput {
  const said = sayWord(end, "capability", capability);
  const facts = chaptersOf(CAPABILITIES, capability);
  return { kind: "unknown", capability, text: said, args: { capability }, facts };
}

function wrongType(end: End, capability: string, at: number): CapabilityInput {
  const path = end.value(WHOLE_PATHS) ? `capabilities[${at}].state` : "state";
  const text = end.say(TYPE_EXPECTED, path, "boolean")?.text ?? "";
  return { kind: "type", capability, text, args: { capability }, facts: TYPE_EXPECTED };
}

/** What a release says of a word that an enumeration does not have. */
export function sayWord(end: End, member: string, word: string): string {
  return (end.say(WORD_INVALID, word) ?? end.say(WORD_NOT_ACCEPTED, member, word))?.text ?? "";
}
