import { ERRNOS } from "../../../errno.ts";
import {
  COLO_BEGINS,
  COLO_IN_POSTCOPY,
  COLO_MESSAGE_MISSING,
  COLO_NEEDS_RETURN_PATH,
  COLO_SECONDARY_IN_POSTCOPY,
} from "../../../facts/qemu/postcopy/colo.ts";
import { COLO_NOT_SET, COMMAND_DEPRECATED } from "../../../facts/qemu/postcopy/command-errors.ts";
import { INVALID_MESSAGE } from "../../../facts/qemu/return-path/return-path-errors.ts";
import { CHANNEL_ERROR } from "../../../facts/qemu/return-path/source-errors.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { completes } from "../../endings/completes.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { hangs } from "../../endings/destination-waits.ts";
import { loadError, loadErrorLines } from "../../endings/load-failed.ts";
import { destinationLines, sourceLines, told } from "../../endings/postcopy-recovers.ts";
import { sourceEnds } from "../../endings/source-ends.ts";
import { isHeard } from "../../endings/source-loses.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending, SideEnd } from "../../verdict.ts";
import { ends, NOTHING, startsPostcopy } from "./pair.ts";

const COLO = "x-colo";
const ENABLE_COLO = 8;
const EIO = ERRNOS.EIO.text;
const REPLICATES = { state: "colo", error: null };

/** Both replicate; the secondary tells when the primary is taken from it. */
function replicate({ destination }: Pair): Ending {
  const missing = destination.say(COLO_MESSAGE_MISSING, EIO)?.text;
  const side = missing === undefined ? REPLICATES : { ...REPLICATES, otherErrors: [missing] };
  return hangs("switchover", side, side);
}

export const coloOnBothSides: Factor = {
  rule: "COLO_ON_BOTH_SIDES",
  purpose: "Checks that x-colo is what both sides want: replication, which does not end.",
  reference: "migration/colo.c; migration/migration.c, process_incoming_migration_co()",
  find(pair) {
    const { source, destination } = pair;
    if (!source.has(COLO) && !destination.has(COLO)) return NOTHING;
    if (pair.mode === "save-and-restore" && source.has(COLO)) return intoFile(pair);
    if (startsPostcopy(pair) && !isDeprecated(pair)) return inPostcopy(pair);
    if (source.has(COLO)) return source.value(COLO_BEGINS) === "command" ? bidden(pair) : ofSource(pair);
    return destination.value(COLO_BEGINS) === "capability" ? unbidden(pair) : NOTHING;
  },
};

/** The source says that the destination is to be the secondary, which that does not take any more. */
function isDeprecated({ source, destination }: Pair): boolean {
  return (
    source.has(COLO) &&
    source.value(COLO_BEGINS) === "command" &&
    destination.say(COMMAND_DEPRECATED, ENABLE_COLO, 0) !== undefined
  );
}

/** The source goes on as the primary of nobody; with a return path it does not come so far. */
function intoFile(pair: Pair): readonly Problem[] {
  const { source } = pair;
  if (source.has("return-path") || source.has("postcopy-ram")) return NOTHING;
  const ending = sourceEnds("hangs", "switchover", null, "colo");
  return ends("migrate", ending, chaptersFor(source, COLO_BEGINS), { why: "replicates" });
}

/** Nothing is replicated, but the end of postcopy looks at the capability. */
function inPostcopy(pair: Pair): readonly Problem[] {
  const { source, destination } = pair;
  const secondary = destination.has(COLO) ? destination.value(COLO_SECONDARY_IN_POSTCOPY) : undefined;
  if (secondary !== undefined) {
    const isTold = source.value(CHANNEL_ERROR) !== undefined;
    const ending: Ending = {
      outcome: isTold ? "fails" : "hangs",
      alternatives: isTold ? ["guest-lost"] : ["guest-lost", "pauses"],
      stage: "postcopy",
      source: isTold
        ? { state: "failed", error: source.say(CHANNEL_ERROR)?.text ?? null }
        : { state: "postcopy-active", error: null },
      destination: { ...behindPause(pair, destinationLines(pair), secondary), exits: true },
    };
    return ends("done", ending, chaptersFor(destination, COLO_SECONDARY_IN_POSTCOPY), { why: "secondary" });
  }
  const aborts = source.has(COLO) ? source.value(COLO_IN_POSTCOPY) : undefined;
  if (aborts === undefined) return NOTHING;
  const ending: Ending = {
    outcome: "source-crashes",
    alternatives: [],
    stage: "postcopy",
    source: { ...behindPause(pair, sourceLines(source), aborts), exits: true },
    destination: { state: "completed", error: null },
  };
  return ends("done", ending, chaptersFor(source, COLO_IN_POSTCOPY), { why: "primary" });
}

/** The text of an abort, behind what a pause has told before. */
function behindPause({ mode }: Pair, paused: readonly (readonly string[])[], text: string): SideEnd {
  return told(null, mode === "postcopy-recovery" ? paused.map((lines) => [...lines, text]) : [[text]]);
}

/** The source tells the destination to go on as the secondary. */
function bidden(pair: Pair): readonly Problem[] {
  const { source, destination } = pair;
  const facts = [
    ...chaptersFor(source, COLO_BEGINS),
    ...chaptersFor(destination, COLO_BEGINS, COMMAND_DEPRECATED),
  ];
  if (isDeprecated(pair)) {
    const error = loadError(destination, "EINVAL", COMMAND_DEPRECATED, ENABLE_COLO, 0);
    const ending = destinationFails(pair, "setup", loadErrorLines(destination, error));
    return ends("ram setup", ending, facts, { why: "deprecated" });
  }
  const unwanted = destination.has(COLO) ? undefined : destination.say(COLO_NOT_SET);
  if (unwanted) {
    const lines = loadErrorLines(destination, loadError(destination, "EINVAL", COLO_NOT_SET));
    const refused = destinationFails(pair, "setup", lines);
    return ends("ram setup", refused, chaptersFor(destination, COLO_NOT_SET), { why: "unwanted" });
  }
  if (!isHeard(pair)) return ends("done", replicate(pair), facts, { why: "replicates" });
  const missing = destination.say(COLO_MESSAGE_MISSING, EIO)?.text ?? null;
  const ending: Ending = {
    outcome: "fails",
    alternatives: [],
    stage: "switchover",
    source: { state: "failed", error: source.say(INVALID_MESSAGE, 0, 0)?.text ?? null },
    destination: { state: "colo", error: missing },
  };
  return ends("done", ending, facts, { why: "return-path" });
}

/** The source goes on as the primary, whatever the destination does. */
function ofSource(pair: Pair): readonly Problem[] {
  const { source, destination } = pair;
  const facts = [...chaptersFor(source, COLO_BEGINS), ...chaptersFor(destination, COLO_BEGINS)];
  if (destination.has(COLO) && destination.value(COLO_BEGINS) === "capability")
    return ends("done", replicate(pair), facts, { why: "replicates" });
  const missing = source.say(COLO_MESSAGE_MISSING, EIO)?.text ?? null;
  const ending = hangs("switchover", { state: "colo", error: missing }, { state: "completed", error: null });
  return ends("done", ending, facts, { why: "alone" });
}

/** The destination goes on as the secondary of a source that does not replicate. */
function unbidden(pair: Pair): readonly Problem[] {
  const { destination } = pair;
  const facts = chaptersFor(destination, COLO_BEGINS, COLO_NEEDS_RETURN_PATH);
  const ending = completes(pair);
  if (isHeard(pair)) {
    const error = destination.say(COLO_MESSAGE_MISSING, EIO)?.text ?? null;
    const stuck: Ending = {
      ...ending,
      outcome: "guest-stuck",
      alternatives: ["completes"],
      destination: { state: "colo", error },
    };
    return ends("done", stuck, facts, { why: "unbidden" });
  }
  const error = destination.value(COLO_NEEDS_RETURN_PATH) ?? null;
  return ends(
    "done",
    { ...ending, outcome: "guest-lost", destination: { state: null, error, exits: true } },
    facts,
    { why: "aborts" },
  );
}
