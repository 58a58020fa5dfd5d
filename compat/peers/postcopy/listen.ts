import type { Steps } from "../../../codec/layout/index.ts";
import { ERRNOS, negative } from "../../errno.ts";
import { say } from "../../facts/error-text.ts";
import { valueAt } from "../../facts/fact.ts";
import * as facts from "../../facts/qemu/postcopy/postcopy.ts";
import { PAUSES } from "../../facts/qemu/postcopy/recovery.ts";
import { CHANNEL_ERROR, SECTION_TYPE_UNREADABLE } from "../../facts/qemu/stream/file.ts";
import { cancelBitmaps } from "../dirty-bitmap/bitmap-load.ts";
import { within } from "../main-channel/failure.ts";
import type { Errno, Load, LoadFailure, OtherEnding, Refusal } from "../main-channel/load.ts";
import { loadText } from "../main-channel/load-text.ts";
import { capable, type Host } from "../peer.ts";
import { number, type QemuFile } from "../qemu-file.ts";
import { pause, pauses } from "./pause.ts";
import { refusal, report } from "./refuse.ts";
import { shut } from "./return-path.ts";

const SIGSEGV = 11;

/**
 * The listen thread: reads the main channel once POSTCOPY_LISTEN was read and the package is loaded, and prints and
 * becomes what follows. Undefined when it came to its end, or waits for a recovery (`status()` is postcopy-paused then);
 * a refusal means that the process has printed everything and exits with 1.
 */
export function* listen(file: QemuFile, load: Load): Steps<LoadFailure | undefined> {
  load.file = file;
  load.main = file;
  const failure = load.channelError ? yield* readOnce(load, load.channelError) : yield* readAll(load);
  if (!failure) return complete(load, 0);
  if (failure.how !== "refused") return failure;
  cancelBitmaps(load);
  const raced = !load.shared && file.error === null && failure.offset < (load.racesUntil ?? 0);
  if (pauses(load)) return raced ? yield* race(load, failure) : pause(load, failure);
  return survives(load, failure) ? complete(load, 1) : yield* fail(load, failure);
}

/** Reads on where the main thread stopped sharing: at POSTCOPY_RUN, or at the end mark that it took for its own. */
function* readAll(load: Load): Steps<LoadFailure | undefined> {
  let mainReads = load.shared !== undefined;
  while (true) {
    load.quit = false;
    load.racesUntil = (load.main?.cursor.inputEnd ?? 0) + (load.main?.queued?.() ?? 0);
    load.blocked = mainReads;
    const failure = yield* load.loadSections(load);
    load.blocked = mainReads = false;
    // Where the end of the input counts as an end mark, it is one for both.
    if (failure || !load.shared || load.file.error) return failure;
    if (!load.quit && isStuck(load)) return undefined;
    if (load.quit) load.shared = undefined;
  }
}

/** The channel was left with the main thread's error, which is noticed with the next byte. */
function* readOnce(load: Load, errno: Errno): Steps<LoadFailure> {
  yield* number(load.file, 1, "SectionHeader.type");
  return channelFailure(load, errno);
}

function channelFailure(load: Load, errno: Errno): LoadFailure {
  const reason = report(load, CHANNEL_ERROR, ERRNOS[errno].text);
  return within(load, refusal(load.file, errno, reason), SECTION_TYPE_UNREADABLE, negative(errno));
}

/** The listen thread is mostly faster than POSTCOPY_RUN with what is there already, and then the process ends. */
function* race(load: Load, failure: Refusal): Steps<LoadFailure | undefined> {
  const lines: string[] = [];
  const host: Host = { ...load.host, print: (line) => lines.push(line), become: () => {} };
  const slower = pause({ ...load, host }, failure);
  if (slower && !isStuck(load)) return pause(load, failure);
  if (!slower) load.otherwise = [{ lines, status: "postcopy-paused", exit: null }];
  return yield* fail(load, failure);
}

function complete(load: Load, status: 0 | 1): undefined {
  const { peer } = load.host;
  // Nobody can ask for the pages the guest waits for, nor end its wait.
  if (!load.hasReturnPath && capable(peer, "postcopy-ram") && valueAt(PAUSES, peer.version, "later")) {
    load.stuck = isStuck(load);
    return;
  }
  shut(load, status);
  load.postcopy = "end";
  if (valueAt(facts.LISTEN_STATUS, peer.version, "later")) load.host.become("completed");
}

/** Whether only dirty bitmaps are lost, which is no reason to end; says so. */
function survives(load: Load, failure: Refusal): boolean {
  const { peer } = load.host;
  const lost = say(facts.BITMAPS_MAY_BE_LOST, peer.version, negative(failure.errno));
  const onlyBitmaps = !capable(peer, "postcopy-ram") && capable(peer, "dirty-bitmaps");
  const { offset } = failure;
  const running =
    load.postcopy === "running" && (load.file.error !== null || offset >= (load.racesUntil ?? 0));
  if (!lost || !onlyBitmaps || !running) return false;
  if (lost.to === "error") load.host.print(told(load, failure));
  load.host.print(lost.text);
  return true;
}

/** Whether the main loop hangs once the listen thread has ended. */
function isStuck({ hasReturnPath, host: { peer } }: Load): boolean {
  const hangs = valueAt(facts.STUCK_WITHOUT_RETURN_PATH, peer.version, "later") === true;
  return hangs && !hasReturnPath && capable(peer, "postcopy-ram");
}

function* fail(load: Load, failure: Refusal): Steps<Refusal> {
  const { host } = load;
  const { version } = host.peer;
  const text = told(load, failure);
  const twice = valueAt(facts.LISTENER_ERROR_TWICE, version, "later") !== undefined;
  if (load.shared && !twice) {
    // Both threads fail; mostly the main thread ends the process first.
    const lines = loadText(failure, version);
    load.otherwise = [
      { lines: [text, ...lines], status: null, exit: 1 },
      { lines: [...lines, text], status: null, exit: 1 },
      { lines, status: null, exit: -SIGSEGV },
    ];
    for (const line of lines) host.print(line);
    return { ...failure, reason: text };
  }
  if (load.shared && load.file.error === null) load.otherwise = mainFirst(load, failure);
  host.print(text);
  if (valueAt(facts.LISTEN_STATUS, version, "later")) host.become("failed");
  load.stuck = isStuck(load);
  while (load.stuck) yield;
  if (twice) {
    shut(load, 1);
    host.print(text);
  }
  return { ...failure, reason: text };
}

/** The main thread found what is wrong, and the listen thread only the error that it left. */
function mainFirst(load: Load, failure: Refusal): readonly OtherEnding[] {
  const left = channelFailure(load, failure.errno);
  if (left.how !== "refused") return [];
  const line = told(load, left);
  const stuck = isStuck(load);
  return [{ lines: stuck ? [line] : [line, line], status: null, exit: stuck ? null : 1 }];
}

function told(load: Load, { errno, reason }: Refusal): string {
  const said = say(facts.LISTEN_FAILED, load.host.peer.version, negative(errno));
  return said?.to === "error" ? said.text + reason : (said?.text ?? "");
}
