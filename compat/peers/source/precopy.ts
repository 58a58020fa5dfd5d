import { valueAt } from "../../facts/fact.ts";
import { READ_ERROR } from "../../facts/qemu/return-path/source-errors.ts";
import { AFTER_RETURN_PATH_ERROR } from "../../facts/qemu/return-path/source-states.ts";
import { awaitsAck, type Source, waiting } from "./state.ts";
import {
  channelError,
  type Ending,
  type Endings,
  ending,
  entryLine,
  failed,
  shutdownLine,
  words,
  writeError,
  writeErrors,
} from "./words.ts";

/** Where a source is or ends that was not told to switch to postcopy. */
export function precopyEndings(source: Source): Endings {
  const { left } = source;
  const after = valueAt(AFTER_RETURN_PATH_ERROR, source.peer.version, "later");
  if (!left) return [ending(waiting(source), null, [])];
  if (left.how === "shut") return shutEndings(source, after === "closes");
  const texts = left.how === "refused" ? left.texts : [];
  const isCut = left.cut;
  if (after === "unnoticed") return several(texts.map((text) => failed(null, [text])));
  if (after === "closes")
    return left.how === "end" ? endClosed(source, isCut) : refusedClosed(source, texts, isCut);
  return left.how === "end" ? endKept(source) : refusedKept(source, texts, isCut);
}

/** The reader ends in peace. A SHUT before the other side has read anything comes while the source still writes. */
function shutEndings(source: Source, closes: boolean): Endings {
  const completed = ending("completed", null, []);
  if (closes) {
    const broken = brokenWrite(source, "closedHere", null);
    const late = failed(null, []);
    return source.ponged ? [completed, ...broken, late] : [...broken, late, completed];
  }
  const awaits = awaitsAck(source);
  if (!source.closed) return awaits ? [ending("active", null, [])] : [completed];
  const after = afterClose(source, writeErrors(source));
  return awaits ? after : [completed, ...after];
}

/** The socket is closed under the main thread, which finds out when it writes; or when all is written. */
function refusedClosed(source: Source, texts: readonly string[], isCut: boolean): Endings {
  return several(
    texts.flatMap((text) => [
      ...brokenWrite(source, "closedHere", text),
      failed(null, [text]),
      ...(isCut ? [...brokenWrite(source, "closedThere", text), ...brokenWrite(source, "reset", text)] : []),
    ]),
  );
}

/** The other side closed: while the source was writing if it did so in the middle of a message, else at the end. */
function endClosed(source: Source, cut: boolean): Endings {
  const late = failed(null, []);
  const early = [
    ...brokenWrite(source, "closedHere", null),
    ...brokenWrite(source, "closedThere", null),
    ...brokenWrite(source, "reset", null),
  ];
  return cut ? several([...early, late]) : [late, ...early];
}

/** Nothing is seen of it before completion, which needs the other side's leave where that was agreed. */
function refusedKept(source: Source, texts: readonly string[], isCut: boolean): Endings {
  if (awaitsAck(source) && !source.closed) return several(texts.map((text) => ending("active", text, [])));
  const written = isCut ? writeErrors(source) : [];
  return afterClose(source, [...texts, ...written]);
}

/** The return path's reader or the main thread notices first. */
function endKept(source: Source): Endings {
  return afterClose(source, [channelError(source), words(source, READ_ERROR), ...writeErrors(source)]);
}

/** A source that still sends when the other side closes has lines of that; one that waits for it has none. */
function afterClose(source: Source, errors: readonly (string | null)[]): Endings {
  const unshut = shutdownLine(source, "them");
  const entry = entryLine(source);
  const sending = [[entry, unshut], [unshut], [entry]];
  const before = awaitsAck(source) ? [...sending, []] : [[], ...sending];
  return several(errors.flatMap((error) => before.map((lines) => failed(error, [...lines, error]))));
}

/** A write fails: with a line of the RAM handler if it was that which wrote. */
function brokenWrite(
  source: Source,
  errno: Parameters<typeof writeError>[1],
  before: string | null,
): [Ending, Ending] {
  const error = writeError(source, errno);
  return [failed(error, [before, error]), failed(error, [before, entryLine(source), error])];
}

function several(endings: readonly Ending[]): Endings {
  const [first, ...others] = endings;
  return [first ?? failed(null, []), ...others];
}
