import { PC_RAM } from "../../../facts/qemu/ram/main-ram.ts";
import { BLOCK_NOT_MIGRATABLE } from "../../../facts/qemu/ram/ram-block-errors.ts";
import { OFFSET_ILLEGAL } from "../../../facts/qemu/ram/ram-errors.ts";
import { CPR_SHARES_RAM } from "../../../facts/qemu/settings/transport-errors.ts";
import type { End, Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { type Ear, earOf } from "../../endings/ear.ts";
import { inSection, type LoadError, loadError, loadErrorLines } from "../../endings/load-failed.ts";
import { ramSection } from "../../endings/source-fails.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { alsoWrong } from "./settle.ts";

/** The guest's RAM, as a PC's machine types name it. */
const MAIN_RAM = PC_RAM[0]?.value.idstr ?? "";

export const cprModesAlike: Factor = {
  rule: "CPR_MODES_ALIKE",
  purpose: "Checks that no side updates QEMU in place while the other one migrates.",
  reference: "migration/ram.c, ram_block_from_stream(); migration/cpr-exec.c",
  find(pair) {
    const { source, destination } = pair;
    const [there, here] = [source.set("mode"), destination.set("mode")];
    if (there === undefined && here === undefined) return NONE;
    if (sharesRam(source, there)) return [problemOf(source, destination, there, UNKNOWN, earOf(pair))];
    if (!sharesRam(destination, here)) return NONE;
    const ending = destinationFails(pair, "precopy", loadErrorLines(destination, ramRefused(pair)));
    return [problemOf(destination, source, here, ending, earOf(pair))];
  },
};

const NONE: readonly Problem[] = [];

/** The RAM is handed over beside the stream, of which a scenario tells nothing. */
const UNKNOWN: Ending = {
  outcome: "unknown",
  alternatives: [],
  stage: "precopy",
  source: { state: null, error: null },
  destination: { state: null, error: null },
};

function sharesRam(end: End, mode: unknown): mode is string {
  return typeof mode === "string" && end.value(CPR_SHARES_RAM)?.includes(mode) === true;
}

function ramRefused(pair: Pair): LoadError {
  const { destination } = pair;
  const block = destination.say(BLOCK_NOT_MIGRATABLE, MAIN_RAM)?.text ?? "";
  const error = loadError(destination, "EINVAL", OFFSET_ILLEGAL, 0);
  const section = {
    kind: "part",
    id: ramSection(pair),
    idstr: "ram",
    instance: 0,
    version: 4,
    bare: true,
  } as const;
  return inSection(destination, { ...error, printed: [block, ...error.printed] }, section);
}

function problemOf(end: End, other: End, mode: string, ending: Ending, ear: Ear): Problem {
  const set = other.set("mode");
  const args = { mode, other: typeof set === "string" ? set : "normal", ear };
  const level = ending.outcome === "unknown" ? "warning" : "error";
  return { ...alsoWrong(end, "precopy", level, { args, facts: CPR_SHARES_RAM }), ending };
}
