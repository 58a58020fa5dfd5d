import { ERRNOS } from "../../errno.ts";
import { PAUSE_SHUTDOWN, PAUSE_TEXT } from "../../facts/qemu/postcopy/recovery.ts";
import {
  PAUSED_TEXT,
  RAM_SECTION,
  SAVE_ENTRY_FAILED,
  SHUTDOWN_FAILED,
  WRITE_ERROR,
} from "../../facts/qemu/return-path/source-errors.ts";
import { AFTER_RETURN_PATH_ERROR, READER_RELEASES } from "../../facts/qemu/return-path/source-states.ts";
import { FOOTER_UNREADABLE, PART_FAILED } from "../../facts/qemu/stream/sections.ts";
import type { End, Pair } from "../end.ts";
import type { Ending, SideEnd } from "../verdict.ts";
import { completes } from "./completes.ts";

const EIO = -5;
const GONE = "Transport endpoint is not connected";
const CLOSED = ERRNOS.EBADF.text;
const BROKEN = ERRNOS.EPIPE.text;
const PREEMPT = "postcopy-preempt";

/** Postcopy is paused, recovered and completes; both sides have told of the pause on stderr. */
export function recovers(pair: Pair): Ending {
  return {
    ...completes(pair),
    source: told("completed", sourceLines(pair.source)),
    destination: told("completed", destinationLines(pair)),
  };
}

/** A side in this state, with these lines on stderr, the likeliest first. */
export function told(state: string | null, variants: readonly (readonly string[])[]): SideEnd {
  const [error = "", ...others] = [...new Set(variants.map((lines) => lines.join("\n")))];
  return {
    state,
    error: error === "" ? null : error,
    ...(others.length > 0 && { otherErrors: others }),
  };
}

/** What a source prints that pauses while it saves RAM, or elsewhere. */
export function pauseLines(source: End): {
  readonly inHandler: readonly string[];
  readonly elsewhere: readonly string[];
} {
  const id = source.value(RAM_SECTION) ?? 0;
  const entry = some(source.say(SAVE_ENTRY_FAILED, id, "ram", EIO)?.text);
  const unshut = [GONE, CLOSED].flatMap((errno) => some(source.say(SHUTDOWN_FAILED, errno)?.text));
  const elsewhere = [...unshut, ...some(source.say(PAUSED_TEXT)?.text)];
  return { inHandler: [...entry, ...elsewhere], elsewhere };
}

/** What a source prints that was told to pause, the likeliest first. */
export function sourceLines(source: End): readonly (readonly string[])[] {
  const { inHandler, elsewhere } = pauseLines(source);
  const closed = elsewhere.filter((line) => line !== source.say(SHUTDOWN_FAILED, GONE)?.text);
  if (source.value(AFTER_RETURN_PATH_ERROR) === "latent") return [inHandler, elsewhere, closed];
  if (source.value(READER_RELEASES)) return [elsewhere, inHandler];
  const unsent = some(source.say(WRITE_ERROR, BROKEN)?.text);
  return [[...elsewhere, ...unsent], inHandler, elsewhere];
}

/** What a destination prints that pauses: it was within a record, or between two. */
export function destinationLines({ source, destination }: Pair): readonly (readonly string[])[] {
  const footer = some(destination.say(FOOTER_UNREADABLE, EIO)?.text);
  const part = some(destination.say(PART_FAILED, source.value(RAM_SECTION) ?? 0, "ram")?.text);
  const pause = [PAUSE_SHUTDOWN, PAUSE_TEXT].flatMap((chapters) => some(destination.say(chapters)?.text));
  const isCut = source.value(AFTER_RETURN_PATH_ERROR) === "latent" || source.has(PREEMPT);
  const [cut, whole] = [[...footer, ...pause], pause];
  return [isCut ? cut : whole, isCut ? whole : cut, [...part, ...pause]];
}

function some(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}
