import * as mappingErrors from "../../../facts/qemu/settings/mapping-errors.ts";
import { TLS_AUTHZ_NULL } from "../../../facts/qemu/settings/parameter-values.ts";
import { ZERO_COPY_PARAMETERS } from "../../../facts/qemu/settings/transport-errors.ts";
import type { End, Pair } from "../../end.ts";
import type { Problem } from "../../factor.ts";
import { rememberingEnds } from "../../remembering.ts";
import { endHasParameter } from "./known.ts";
import type { NodeEntry } from "./mapping-input.ts";
import { namesRefused } from "./mapping-names.ts";
import type { ParameterFault } from "./parameter-fault.ts";
import { inputFaults } from "./parameter-input.ts";
import { rangeFaults } from "./parameter-ranges.ts";
import { alsoWrong, commandRefused, shown, shownValue } from "./settle.ts";

const NONE: readonly ParameterFault[] = [];
const NOTHING: Readonly<Record<string, unknown>> = {};
/** One factor after the other asks for the same of both ends. */
const lookAt = rememberingEnds(look);

/** All that is wrong with an end's parameters, in the order in which its release meets it; the first is what it answers. */
function parameterFaults(end: End): readonly ParameterFault[] {
  return end.peer.parameters ? lookAt(end) : NONE;
}

function look(end: End): readonly ParameterFault[] {
  const { parameters = NOTHING } = end.peer;
  const input = inputFaults(end, parameters);
  const ranges = rangeFaults(end, parameters);
  const mapping = input.some(({ kind }) => kind === "mapping") ? NONE : mappingFault(end, parameters);
  const zeroCopy = zeroCopyFault(end);
  const assertion = assertionFault(end, parameters);
  if (input.length + ranges.length + mapping.length + zeroCopy.length + assertion.length === 0) return NONE;
  return [
    ...input,
    ...ranges.filter(({ isLate }) => !isLate),
    ...mapping,
    ...zeroCopy,
    ...ranges.filter(({ isLate }) => isLate),
    ...assertion,
  ];
}

function mappingFault(end: End, parameters: Readonly<Record<string, unknown>>): readonly ParameterFault[] {
  const mapping = parameters["block-bitmap-mapping"];
  if (mapping === undefined || !endHasParameter(end, "block-bitmap-mapping")) return NONE;
  const text = namesRefused(end, mapping as readonly NodeEntry[]);
  if (text === undefined) return NONE;
  const facts = mappingErrors.MAPPING_LIMITS;
  return [{ kind: "mapping", parameter: "block-bitmap-mapping", text, args: {}, facts }];
}

function zeroCopyFault(end: End): readonly ParameterFault[] {
  const text = end.has("zero-copy-send") ? end.say(ZERO_COPY_PARAMETERS)?.text : undefined;
  if (text === undefined) return NONE;
  const [compression, creds] = [end.set("multifd-compression"), end.set("tls-creds")];
  const isCompressed = compression !== undefined && compression !== "none";
  const isEncrypted = typeof creds === "string" && creds !== "";
  if (!isCompressed && !isEncrypted) return NONE;
  const parameter = isCompressed ? "multifd-compression" : "tls-creds";
  return [{ kind: "zero-copy", parameter, text, args: {}, facts: ZERO_COPY_PARAMETERS }];
}

function assertionFault(end: End, parameters: Readonly<Record<string, unknown>>): readonly ParameterFault[] {
  const text = parameters["tls-authz"] === null ? end.value(TLS_AUTHZ_NULL) : undefined;
  if (text === undefined) return NONE;
  return [{ kind: "assertion", parameter: "tls-authz", text, args: {}, facts: TLS_AUTHZ_NULL }];
}

const NO_PROBLEMS: readonly Problem[] = [];

/** The problems of one kind with the parameters of both sides; only the first fault of a side ends it. */
export function parameterProblems(
  pair: Pair,
  kind: ParameterFault["kind"],
  more?: (fault: ParameterFault) => Problem["args"],
): readonly Problem[] {
  const [there, here] = [parameterFaults(pair.destination), parameterFaults(pair.source)];
  if (there.length + here.length === 0) return NO_PROBLEMS;
  const problemsOf = (end: End, faults: readonly ParameterFault[]) =>
    faults
      .filter((fault) => fault.kind === kind)
      .map((fault) => {
        const [parameter, value] = [shown(fault.parameter), shownValue(end.set(fault.parameter))];
        const args = { parameter, value, ...fault.args, ...more?.(fault) };
        return problemOf(pair, end, { ...fault, args }, faults[0] === fault);
      });
  return [...problemsOf(pair.destination, there), ...problemsOf(pair.source, here)];
}

function problemOf(pair: Pair, end: End, fault: ParameterFault, decides: boolean): Problem {
  const step = `parameters ${end.role}` as const;
  const { text, args, facts, others = [] } = fault;
  if (!decides) return alsoWrong(end, step, "error", { args: { ...args, text }, facts });
  const problem = commandRefused(pair, end, step, { text, args, facts });
  if (others.length === 0 || !problem.ending) return problem;
  const side = { ...problem.ending[end.role], otherErrors: others };
  return { ...problem, ending: { ...problem.ending, [end.role]: side } };
}
