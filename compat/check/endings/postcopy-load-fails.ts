import { ERRNOS } from "../../errno.ts";
import {
  LISTEN_FAILED,
  LISTENER_ERROR_TWICE,
  LISTENER_OUTLIVES_MAIN,
} from "../../facts/qemu/postcopy/postcopy.ts";
import { SIBLING_ERROR } from "../../facts/qemu/return-path/return-path-errors.ts";
import { CHANNEL_ERROR, RAM_SECTION, READ_ERROR } from "../../facts/qemu/return-path/source-errors.ts";
import {
  AFTER_RETURN_PATH_ERROR,
  ERROR_DESC_ALWAYS,
  POSTCOPY_DEVICE,
  POSTCOPY_PAUSES,
  READER_RELEASES,
} from "../../facts/qemu/return-path/source-states.ts";
import {
  CHANNEL_ERROR as DESTINATION_CHANNEL_ERROR,
  SECTION_TYPE_UNREADABLE,
} from "../../facts/qemu/stream/file.ts";
import { SHUT_AFTER_LOAD } from "../../facts/qemu/stream/run-state-changes.ts";
import { PART_FAILED, STATE_FAILED } from "../../facts/qemu/stream/sections.ts";
import type { End, Pair } from "../end.ts";
import type { Ending, Outcome, SideEnd } from "../verdict.ts";
import { pauseLines, told } from "./postcopy-recovers.ts";
import { writeError } from "./source-loses.ts";

const LAST_LINE = "load of migration failed";
const RAM_VERSION = 4;
const EINVAL = -22;

/**
 * The destination fails to load the package of device state with which postcopy begins; `lines` are what it would print in
 * precopy. The source has stopped the guest and sends RAM by then: a race, for which a source that reads no error on its
 * return path in time pauses, or waits.
 */
export function postcopyLoadFails(pair: Pair, lines: readonly string[]): Ending {
  const [outcome, ...alternatives] = outcomes(pair);
  return {
    outcome,
    alternatives,
    stage: "postcopy",
    source: sourceEnd(pair, outcome),
    destination: destinationEnd(pair, lines),
  };
}

/**
 * An ending of the switchover as it is in postcopy: where the destination would exit over the device state, it does so with
 * postcopy begun. Other endings are as they were.
 */
export function switchoverInPostcopy(pair: Pair, ending: Ending): Ending {
  const { mode, source } = pair;
  const starts = mode === "postcopy" || mode === "postcopy-recovery";
  const { exits, error } = ending.destination;
  if (!starts || !source.has("postcopy-ram") || !exits || error === null) return ending;
  return postcopyLoadFails(pair, error.split("\n"));
}

function outcomes({ source, destination }: Pair): readonly [Outcome, ...Outcome[]] {
  if (!source.value(POSTCOPY_PAUSES)) return ["fails", "hangs"];
  const waits = source.value(POSTCOPY_DEVICE);
  if (waits) return waits === "waits" ? ["hangs", "fails"] : ["fails"];
  const outlives = destination.value(LISTENER_OUTLIVES_MAIN) === true;
  if (source.value(AFTER_RETURN_PATH_ERROR) === "latent")
    return outlives ? ["pauses", "fails"] : ["fails", "pauses"];
  if (outlives) return ["fails", "hangs", "pauses"];
  if (tellsOfFailure(destination) && source.value(READER_RELEASES)) return ["fails", "pauses", "hangs"];
  return ["pauses", "hangs", "fails"];
}

function tellsOfFailure(destination: End): boolean {
  return destination.value(SHUT_AFTER_LOAD) === "loaded-or-failed";
}

function sourceEnd(pair: Pair, outcome: Outcome): SideEnd {
  const { source, destination } = pair;
  const sibling = tellsOfFailure(destination) ? source.say(SIBLING_ERROR, 1)?.text : undefined;
  if (source.value(AFTER_RETURN_PATH_ERROR) !== "latent") {
    const before = sibling === undefined ? [] : [sibling];
    if (outcome === "fails") return told("failed", [before]);
    const { inHandler, elsewhere } = pauseLines(source);
    return told("postcopy-paused", [
      [...before, ...inHandler],
      [...before, ...elsewhere],
    ]);
  }
  const read = [READ_ERROR, CHANNEL_ERROR].flatMap((chapters) => source.say(chapters)?.text ?? []);
  const written = writeError(pair, ERRNOS.ECONNRESET.text);
  const errors = [sibling, ...read, written].filter((text) => text !== undefined);
  if (outcome === "hangs") return { state: "postcopy-device", error: null, otherErrors: errors };
  if (outcome === "fails")
    return told(
      "failed",
      errors.map((text) => [text]),
    );
  const kept = source.value(ERROR_DESC_ALWAYS) ? errors.map((text) => [text]) : [];
  const { inHandler, elsewhere } = pauseLines(source);
  return told("postcopy-paused", [...kept, inHandler, elsewhere]);
}

/** Where a listen thread runs on beside what fails, it stumbles over it, and its error is all that is told. */
function destinationEnd(pair: Pair, lines: readonly string[]): SideEnd {
  const { destination } = pair;
  const listen = destination.value(LISTENER_OUTLIVES_MAIN)
    ? destination.say(LISTEN_FAILED, EINVAL)?.text
    : undefined;
  if (listen === undefined) return { ...told("failed", besideListener(pair, lines)), exits: true };
  const printed = lines.filter((line) => !line.startsWith(LAST_LINE));
  const twice = destination.value(LISTENER_ERROR_TWICE) === true;
  const variants = stumbles(destination).map((reason) => {
    const line = `${listen}${reason}`;
    return twice ? [...printed, line, line] : [...printed, line];
  });
  return { ...told("failed", variants), exits: true };
}

/** The process exits, with or without words of a listen thread that stumbles as well. */
function besideListener(
  { source, destination }: Pair,
  lines: readonly string[],
): readonly (readonly string[])[] {
  const printed = lines.slice(0, -1);
  const last = lines.slice(-1);
  const part = some(destination.say(PART_FAILED, source.value(RAM_SECTION) ?? 0, "ram")?.text);
  const listen = some(destination.say(LISTEN_FAILED, EINVAL)?.text);
  return [
    lines,
    [...printed, ...listen],
    [...printed, ...part, ...listen, ...last],
    [...printed, ...listen, ...last],
    [...printed, ...part, ...last],
    [...lines, ...part],
    [...lines, ...listen],
  ];
}

function some(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

/** It was within the RAM section, or about to read another. */
function stumbles(destination: End): readonly string[] {
  const state = destination.say(STATE_FAILED, RAM_VERSION, EINVAL)?.text ?? "";
  const between = [
    destination.say(SECTION_TYPE_UNREADABLE, EINVAL)?.text,
    destination.say(DESTINATION_CHANNEL_ERROR, ERRNOS.EINVAL.text)?.text,
  ];
  return [state, between.filter((text) => text !== undefined).join(": ")];
}
