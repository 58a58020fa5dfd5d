import { valueAt } from "../../facts/fact.ts";
import {
  POSTCOPY_PACKAGE_ERROR,
  POSTCOPY_START_ERROR,
  POSTCOPY_START_FAILED,
  READ_AFTER_CLOSE,
  READ_ERROR,
} from "../../facts/qemu/return-path/source-errors.ts";
import {
  AFTER_RETURN_PATH_ERROR,
  POSTCOPY_DEVICE,
  POSTCOPY_PAUSES,
  READER_RELEASES,
} from "../../facts/qemu/return-path/source-states.ts";
import { type Source, waiting } from "./state.ts";
import {
  channelError,
  type Ending,
  type Endings,
  ending,
  entryLine,
  failed,
  paused,
  shutdownLine,
  words,
  writeError,
  writeErrors,
} from "./words.ts";

/**
 * Where a source is or ends that has begun postcopy. A peer that closes at once while pages come makes the network discard
 * what it said: then only its end is seen.
 */
export function postcopyEndings(source: Source): Endings {
  const { left, peer } = source;
  if (!left) return [ending(waiting(source), null, [])];
  const after = valueAt(AFTER_RETURN_PATH_ERROR, peer.version, "later");
  const [text = null] = left.how === "refused" ? left.texts : [];
  if (left.how === "shut") return shutEndings(source, after === "closes");
  if (after === "unnoticed") return [failed(null, [text])];
  const [end, refused] =
    after === "closes"
      ? ([endClosed(source), brokenClosed(source, text)] as const)
      : ([endKept(source), kept(source, left.how === "refused" ? left.texts : [])] as const);
  if (left.how === "end") return end;
  return source.closed ? [...refused, ...end] : refused;
}

function shutEndings(source: Source, closes: boolean): Endings {
  const completed = ending("completed", null, []);
  if (closes) {
    const broken = brokenClosed(source, null);
    return source.ponged ? [completed, ...broken] : [...broken, completed];
  }
  const first = unloaded(source) ? ending("postcopy-device", null, []) : completed;
  if (!source.closed) return [first];
  return [first, ...writeErrors(source).flatMap((error) => brokenBehind(source, error))];
}

/** The socket is closed while postcopy starts, or behind that. */
function brokenClosed(source: Source, text: string | null): Endings {
  const behind = startFailed(source, text, words(source, POSTCOPY_START_ERROR));
  const before = startFailed(source, text, words(source, POSTCOPY_PACKAGE_ERROR));
  return [behind, before, ...brokenRunning(source, text), failed(null, [text])];
}

/** From 8.1 on what failed is told: printed where it happens, and once more in the end. */
function startFailed(source: Source, text: string | null, error: string | null): Ending {
  const told = valueAt(POSTCOPY_START_ERROR, source.peer.version, "later")?.to === "error" ? error : null;
  return failed(told, [text, error, words(source, POSTCOPY_START_FAILED), told]);
}

/** A write fails while pages are sent: in the RAM handler, which says so, or elsewhere. */
function brokenRunning(source: Source, text: string | null): [Ending, ...Ending[]] {
  if (!valueAt(POSTCOPY_PAUSES, source.peer.version, "later")) {
    const error = writeError(source, "closedHere");
    return [failed(error, [text, error])];
  }
  const inHandler = paused(source, null, [text, entryLine(source)], true);
  const elsewhere = paused(source, null, [text], true);
  const released = valueAt(READER_RELEASES, source.peer.version, "later");
  const [first, second] = released && text === null ? [elsewhere, inHandler] : [inHandler, elsewhere];
  return [first, second, readOn(source, first), readOn(source, second)];
}

/** The reader of the return path was in the middle of a header, and goes on to its end. */
function readOn(source: Source, seen: Ending): Ending {
  const line = words(source, READ_AFTER_CLOSE);
  return line === null ? seen : { ...seen, lines: [...seen.lines, line, line, line] };
}

/**
 * The other side closed. The return path's reader waits for a recovery; the main thread comes to pause only if it still has
 * something to write, and else waits for the reader for ever.
 */
function endClosed(source: Source): Endings {
  if (!valueAt(POSTCOPY_PAUSES, source.peer.version, "later")) return [failed(null, [])];
  const stuck = ending("postcopy-active", null, []);
  const running = brokenRunning(source, null);
  const starting = [POSTCOPY_START_ERROR, POSTCOPY_PACKAGE_ERROR].map((error) =>
    startFailed(source, null, words(source, error)),
  );
  return source.heard ? [...running, stuck, ...starting] : [stuck, ...running, ...starting];
}

/** The error is kept until completion, which may wait for the package to be loaded. */
function kept(source: Source, errors: readonly (string | null)[]): [Ending, ...Ending[]] {
  const waits = unloaded(source) && valueAt(POSTCOPY_DEVICE, source.peer.version, "later") === "waits";
  const [first = failed(null, []), ...others] = errors.map((error) =>
    waits ? ending("postcopy-device", error, []) : failed(error, [error]),
  );
  if (!source.closed) return [first, ...others];
  return [first, ...others, ...errors.flatMap((error) => brokenBehind(source, error))];
}

/** The other side closed; the return path's reader or the main thread notices first. */
function endKept(source: Source): [Ending, ...Ending[]] {
  const written = [words(source, READ_ERROR), writeError(source, "closedThere"), writeError(source, "reset")];
  const told = kept(source, [channelError(source)]);
  return [...told, ...written.flatMap((error) => brokenBehind(source, error))];
}

/** The other side closes while pages are still sent, and there is an error: no pause before the package is loaded. */
function brokenBehind(source: Source, error: string | null): Ending[] {
  const entry = entryLine(source);
  const unshut = shutdownLine(source, "them");
  const over = [failed(error, [unshut, error]), failed(error, [entry, unshut, error])];
  if (unloaded(source)) return over;
  return [...over, paused(source, error, [entry], true), paused(source, error, [], true)];
}

function unloaded({ peer, packageLoaded }: Source): boolean {
  return valueAt(POSTCOPY_DEVICE, peer.version, "later") !== undefined && !packageLoaded;
}

/** A source that was still sending when the other side closed. */
export function pausedByClose(source: Source): Ending {
  const { version } = source.peer;
  if (valueAt(AFTER_RETURN_PATH_ERROR, version, "later") !== "latent") return brokenRunning(source, null)[0];
  return paused(source, channelError(source), [entryLine(source)], true);
}
