import { createByteBuilder } from "../../../codec/layout/bytes.ts";
import { type Steps, StreamCursor } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import {
  LONGEST_PACKAGE,
  PACKAGE_CUT,
  PACKAGE_TOO_LARGE,
  PACKAGE_WAITS_FOR_PREEMPT,
} from "../../facts/qemu/postcopy/command-errors.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { capable } from "../peer.ts";
import { number, openFile, type QemuFile, skip } from "../qemu-file.ts";
import { awaitElsewhere } from "./await.ts";
import { refuse, unsure } from "./refuse.ts";
import { shareChannel } from "./switch.ts";

/** Bytes of a package that are kept here. QEMU keeps them all. */
const MOST_KEPT = 2 ** 26;

/** QEMU's stack holds more packages within packages, but not any number. */
const MOST_NESTED = 64;

/** PACKAGED: reads the whole package, then loads what is in it. */
export function* runPackage(load: Load, file: QemuFile): Steps<LoadFailure | undefined> {
  const { version } = load.host.peer;
  const length = yield* number(file, 4, "PackagedPayload.length");
  if (length > (valueAt(LONGEST_PACKAGE, version, "later") ?? length))
    return refuse(load, file, "EPERM", PACKAGE_TOO_LARGE, length);
  const start = file.cursor.offset;
  const content = yield* take(file, length);
  const have = file.cursor.offset - start;
  if (have < length) return refuse(load, file, "EAGAIN", PACKAGE_CUT, have, length);
  if (content === undefined) return unsure(file, "the package is larger than the model keeps");
  yield* waitForPreempt(load, file);
  return yield* loadPackage(load, content, start);
}

function* loadPackage(load: Load, content: Uint8Array, start: number): Steps<LoadFailure | undefined> {
  const outer = load.file;
  if (load.packages === MOST_NESTED) return unsure(outer, "packages in packages without end");
  load.packages = (load.packages ?? 0) + 1;
  const cursor = new StreamCursor(start);
  cursor.push(content);
  cursor.finish();
  load.file = openFile(cursor, outer.connection);
  const failure = yield* load.loadSections(load);
  load.file = outer;
  load.packages--;
  if (failure?.how === "refused" && load.listening) load.channelError = failure.errno;
  if (!failure && load.listening && load.postcopy === "listening" && !load.quit)
    shareChannel(load, "package");
  return failure;
}

/** Reads a package; undefined where it is stepped over, because nobody can keep it. */
function* take(file: QemuFile, length: number): Steps<Uint8Array | undefined> {
  const { cursor } = file;
  if (length > MOST_KEPT) {
    yield* skip(file, length, "Package");
    return undefined;
  }
  const content = createByteBuilder();
  file.offset = cursor.offset;
  file.path = "Package";
  while (content.length < length) {
    if ((yield* cursor.upTo(1)) === 0) {
      file.error = "EIO";
      break;
    }
    const step = Math.min(length - content.length, cursor.end - cursor.at);
    content.append(cursor.bytes.subarray(cursor.at, cursor.at + step));
    cursor.at += step;
  }
  return content.view();
}

function* waitForPreempt(load: Load, file: QemuFile): Steps {
  const { peer } = load.host;
  if (!capable(peer, "postcopy-preempt") || !valueAt(PACKAGE_WAITS_FOR_PREEMPT, peer.version, "later"))
    return;
  yield* awaitElsewhere(file, () => load.preempt !== undefined);
}
