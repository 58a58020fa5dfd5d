import { ERRNOS } from "../../errno.ts";
import { SIBLING_ERROR } from "../../facts/qemu/return-path/return-path-errors.ts";
import { CHANNEL_ERROR, READ_ERROR, WRITE_ERROR } from "../../facts/qemu/return-path/source-errors.ts";
import {
  COMMAND_WRITE_ERROR,
  COMPLETION_FLUSH,
  COMPLETION_RAM,
  FILE_WRITE_ERROR,
} from "../../facts/qemu/return-path/source-lost.ts";
import { AFTER_RETURN_PATH_ERROR } from "../../facts/qemu/return-path/source-states.ts";
import { SHUT_AFTER_LOAD } from "../../facts/qemu/stream/run-state-changes.ts";
import type { Pair } from "../end.ts";
import type { SideEnd, Stage } from "../verdict.ts";

const BROKEN = ERRNOS.EPIPE.text;
const RESET = ERRNOS.ECONNRESET.text;
const CLOSED = ERRNOS.EBADF.text;

/** Whether the source has a return path, on which it learns how the destination fares. */
export function isHeard({ source, mode }: Pair): boolean {
  if (mode === "save-and-restore") return false;
  return source.has("return-path") || source.has("postcopy-ram");
}

/** How a failed write is told; undefined in releases that tell none. */
export function writeError({ source, transport }: Pair, errno: string): string | undefined {
  const chapters =
    transport === "exec" ? COMMAND_WRITE_ERROR : transport === "file" ? FILE_WRITE_ERROR : WRITE_ERROR;
  return source.say(chapters, errno)?.text;
}

/** Where the source notices first that nobody reads any more. */
export type Noticed = "main" | "multifd";

/** How a source fails whose destination goes away while it is being sent to. */
export function sourceLoses(pair: Pair, stage: Stage, noticed: Noticed = "main"): SideEnd {
  const multifd = noticed === "multifd";
  const texts = isHeard(pair) && !multifd ? heardTexts(pair, stage) : writeTexts(pair, stage, multifd);
  const [error = null, ...others] = [...new Set(texts)];
  return { state: "failed", error, ...(others.length > 0 && { otherErrors: others }) };
}

/** The source only notices that it cannot write: in the middle of much data the connection is reset under it. */
function writeTexts(pair: Pair, stage: Stage, multifd = false): string[] {
  const plain = plainWrites(pair, stage, multifd);
  return [...plain, ...lastWrites(pair, plain)];
}

function plainWrites(pair: Pair, stage: Stage, multifd = false): string[] {
  const errnos = stage === "precopy" && !multifd ? [RESET, BROKEN] : [BROKEN, RESET];
  return errnos.flatMap((errno) => writeError(pair, errno) ?? []);
}

/** Where the last writes fail, newer releases say which. */
function lastWrites({ source }: Pair, plain: readonly string[]): string[] {
  return plain.flatMap((text) =>
    [COMPLETION_RAM, COMPLETION_FLUSH].flatMap((chapters) => source.say(chapters, text)?.text ?? []),
  );
}

/** The reader of the return path notices first, or the thread that writes. */
function heardTexts(pair: Pair, stage: Stage): string[] {
  const { source, destination } = pair;
  const shut = destination.value(SHUT_AFTER_LOAD) === "loaded-or-failed";
  const sibling = shut ? source.say(SIBLING_ERROR, 1) : undefined;
  const writing =
    stage === "switchover" ? lastWrites(pair, plainWrites(pair, stage)) : writeTexts(pair, stage);
  if (sibling?.to === "error" || source.say(READ_ERROR)) {
    const read = [READ_ERROR, CHANNEL_ERROR].flatMap((chapters) => source.say(chapters)?.text ?? []);
    return [...(sibling ? [sibling.text] : []), ...read, ...writing];
  }
  const printed = sibling ? [sibling.text] : [];
  if (stage === "switchover") return printed;
  const closes = source.value(AFTER_RETURN_PATH_ERROR) === "closes";
  const closed = (closes && writeError(pair, CLOSED)) || undefined;
  return [...(closed ? [closed] : []), ...writing, ...printed];
}
