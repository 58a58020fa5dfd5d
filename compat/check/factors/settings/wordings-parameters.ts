import { off } from "../../fixes.ts";
import type { CheckWordings } from "../../wording.ts";
import { oneOf, setTo, unsetAlike } from "./parameter-fixes.ts";

const TYPES: Readonly<Record<string, string>> = {
  integer: "an integer without quotes",
  boolean: "true or false, without quotes",
  string: "a string",
  enumeration: "one of its words, as a string",
  list: "a list",
};

export const PARAMETER_WORDINGS: CheckWordings = {
  PARAMETER_KNOWN: {
    message: ({ where, parameter, known }) =>
      `${where} has no parameter ${parameter}; ${known}. migrate-set-parameters is refused, and with it all that the command sets.`,
    remedy: ({ parameter, side }) =>
      `Leave ${parameter} out of migrate-set-parameters on the ${side}, and of that on the other side where both have to have the same value.`,
    fix: ({ parameter, side }, _, pair) => unsetAlike(pair, String(side), String(parameter)),
  },
  PARAMETER_TYPED: {
    message: ({ where, parameter, value }) =>
      `${where} does not take ${value} for the parameter ${parameter}: it is of another type, or does not fit it.`,
    remedy: ({ parameter, expected, min, max }) => {
      const range = expected === "integer" && max !== "" ? `, from ${min} to ${max}` : "";
      return `Give ${parameter} as ${TYPES[String(expected)] ?? expected}${range}, or leave it out.`;
    },
    fix: ({ parameter, side }, _, pair) => unsetAlike(pair, String(side), String(parameter)),
  },
  PARAMETER_WORD: {
    message: ({ where, parameter, word, build }) =>
      build
        ? `${where} knows ${word} for ${parameter}, but the builds of it that are known were made without.`
        : `${where} does not know ${word} for ${parameter}.`,
    remedy: ({ parameter, allowed, build }) => {
      const choose = `Set ${parameter} to one of ${allowed}, alike on both sides.`;
      return build ? `${choose} Another build may have it: name it in the scenario as its build.` : choose;
    },
    fix: ({ parameter, side, allowed }, _, pair) =>
      oneOf(pair, String(side), String(parameter), String(allowed).split(", ")),
  },
  PARAMETER_IN_RANGE: {
    message: ({ where, parameter, value }) =>
      `${where} does not take ${value} for ${parameter}: it is out of range.`,
    remedy: ({ parameter, min, max }) => {
      if (parameter === "xbzrle-cache-size")
        return "Give xbzrle-cache-size in bytes as a power of two, 4096 at least.";
      if (parameter === "max-cpu-throttle")
        return "Give max-cpu-throttle from cpu-throttle-initial (20 unless set) up to 99.";
      const power = parameter === "x-rdma-chunk-size" ? ", a power of two" : "";
      const range = max === "" ? `${min} at least` : `from ${min} to ${max}`;
      return `Give ${parameter} as a number, ${range}${power}, or leave it out.`;
    },
    fix: ({ parameter, side }, _, pair) => unsetAlike(pair, String(side), String(parameter)),
  },
  BITMAP_MAPPING_TAKEN: {
    message: ({ where, text }) =>
      `${where} does not take the block-bitmap-mapping ("${String(text).slice(0, 200)}"), and migrate-set-parameters is refused.`,
    remedy: () =>
      "Give each node and each bitmap once, with aliases that are unique and at most 255 bytes long; an alias of a node begins with a letter and has only letters, digits, '-', '.' and '_'. A transform needs QEMU 6.0.",
  },
  ZERO_COPY_PLAIN: {
    message: ({ where, parameter }) => `${where} does not take ${parameter} while zero-copy-send is on.`,
    remedy: ({ parameter, side }) => `Switch zero-copy-send off on the ${side}, or leave ${parameter} unset.`,
    fix: (_, scenario) => off(scenario, "zero-copy-send"),
  },
  PARAMETER_SURVIVED: {
    message: ({ where, parameter }) =>
      `The process of ${where} ends in an assertion when ${parameter} is set to null: the guest there is gone.`,
    remedy: ({ parameter }) => `Set ${parameter} to the empty string instead of null.`,
    fix: ({ parameter, side }, _, pair) => setTo(pair, String(side), String(parameter), ""),
  },
};
