import type { Factor } from "../../factor.ts";
import { parameterProblems } from "./parameter-faults.ts";

export const parameterWord: Factor = {
  rule: "PARAMETER_WORD",
  purpose:
    "Checks that parameters with a choice of words are set to one that the release and its build have.",
  reference: "qapi/migration.json, MultiFDCompression, MigMode, ZeroPageDetection",
  find: (pair) => parameterProblems(pair, "word"),
};
