import type { Fact } from "../../../facts/fact.ts";
import { MEMBER_UNEXPECTED, TYPE_EXPECTED } from "../../../facts/qemu/settings/input-errors.ts";
import type { Parameter } from "../../../facts/qemu/settings/parameter.ts";
import { MEMBER_ORDER } from "../../../facts/qemu/settings/parameter-members.ts";
import { COMPRESSION_NOT_BUILT, TLS_MAY_BE_NULL } from "../../../facts/qemu/settings/parameter-values.ts";
import { chaptersOf, PARAMETERS } from "../../../inventory/implied.ts";
import type { End } from "../../end.ts";
import { sayWord } from "./capability-input.ts";
import { integerRefused } from "./integers.ts";
import { endHasParameter, parametersOf } from "./known.ts";
import { mappingRefused, wordsRefused } from "./mapping-input.ts";
import type { ParameterFault } from "./parameter-fault.ts";

const NONE: readonly ParameterFault[] = [];
const NO_NAMES: readonly string[] = [];
const ORDER: ReadonlyMap<string, number> = new Map(MEMBER_ORDER[0]?.value.map((name, at) => [name, at]));

/** What migrate-set-parameters stops at while it reads its members. */
export function inputFaults(
  end: End,
  parameters: Readonly<Record<string, unknown>>,
): readonly ParameterFault[] {
  let faults = NONE;
  let unknown: readonly string[] = NO_NAMES;
  for (const name of inOrder(Object.keys(parameters))) {
    const known = endHasParameter(end, name);
    const fault = known ? readFault(end, name, parameters[name]) : undefined;
    if (!known) unknown = [...unknown, name];
    if (fault) faults = [...faults, fault];
  }
  if (unknown.length === 0) return faults;
  return [...faults, ...unknown.map((name) => unknownFault(end, name, unknown))];
}

function inOrder(names: string[]): readonly string[] {
  const at = (name: string) => ORDER.get(name) ?? ORDER.size;
  return names.length < 2 ? names : names.sort((a, b) => at(a) - at(b));
}

/** Which of several the release names first, its hash table decides. */
function unknownFault(end: End, name: string, unknown: readonly string[]): ParameterFault {
  const say = (each: string) => end.say(MEMBER_UNEXPECTED, each)?.text ?? "";
  const others = unknown.filter((other) => other !== name).map(say);
  const facts = chaptersOf(PARAMETERS, name);
  return { kind: "unknown", parameter: name, text: say(name), others, args: {}, facts };
}

function readFault(end: End, name: string, value: unknown): ParameterFault | undefined {
  const known = parametersOf(end.version).get(name);
  if (!known) return undefined;
  const { kind, min = "", max = "" } = known.value;
  const facts = [known.fact];
  if (kind === "enumeration" && typeof value === "string") return wordFault(end, known.value, value, facts);
  const text = typeRefused(end, known.value, value);
  if (text === undefined) return undefined;
  const isMapping = kind === "list" && name === "block-bitmap-mapping";
  return {
    kind: isMapping ? "mapping" : "type",
    parameter: name,
    text,
    args: { expected: kind, min, max },
    facts,
  };
}

function typeRefused(end: End, { name, kind }: Parameter, value: unknown): string | undefined {
  if (kind === "integer") return integerRefused(end, name, value);
  if (kind === "list")
    return name === "block-bitmap-mapping" ? mappingRefused(end, value) : wordsRefused(end, value, name);
  if (kind === "boolean") return typeof value === "boolean" ? undefined : typeText(end, name, "boolean");
  const orNull = kind === "string" && end.value(TLS_MAY_BE_NULL) === true;
  if (typeof value === "string" || (orNull && value === null)) return undefined;
  return typeText(end, name, orNull ? "StrOrNull" : "string");
}

function typeText(end: End, name: string, type: string): string | undefined {
  return end.say(TYPE_EXPECTED, name, type)?.text;
}

function wordFault(
  end: End,
  { name, values = [] }: Parameter,
  word: string,
  facts: readonly Fact<unknown>[],
): ParameterFault | undefined {
  const notBuilt = name === "multifd-compression" && isMissing(end, word);
  if (values.includes(word) && !notBuilt) return undefined;
  const build = notBuilt && values.includes(word);
  const allowed = values.filter((each) => name !== "multifd-compression" || !isMissing(end, each)).join(", ");
  const text = sayWord(end, name, word);
  const args = { word: word.slice(0, 60), allowed, build };
  return { kind: "word", parameter: name, text, args, facts: build ? COMPRESSION_NOT_BUILT : facts };
}

/** Builds that are not Debian's, and say so, may have every method. */
function isMissing(end: End, word: string): boolean {
  const { build } = end.peer;
  if (build !== undefined && !build.includes("Debian")) return false;
  return end.value(COMPRESSION_NOT_BUILT)?.includes(word) === true;
}
