import { negative } from "../../errno.ts";
import { say } from "../../facts/error-text.ts";
import { valueAt } from "../../facts/fact.ts";
import { PRINTED_ERROR, SECOND_MAIN_LEFT } from "../../facts/qemu/multifd/channel-errors.ts";
import { LISTEN_FAILED, LISTENER_OUTLIVES_MAIN } from "../../facts/qemu/postcopy/postcopy.ts";
import type { Errno, LoadFailure, Refusal } from "../main-channel/load.ts";
import { loadText } from "../main-channel/load-text.ts";
import { told } from "../multifd/text.ts";
import { drop } from "./connection.ts";
import { goOn, shutAfterFailure } from "./loaded.ts";
import { exit, type Machine, stopAt } from "./machine.ts";
import { startListenThread } from "./postcopy.ts";

const ABORT = -6;
const SIGSEGV = 11;

/** The main channel was loaded, or not. */
export function endLoad(machine: Machine, failure: LoadFailure | undefined): void {
  const { load, main, peer } = machine;
  const outlives = valueAt(LISTENER_OUTLIVES_MAIN, peer.version, "later") === true;
  if (main && load.listening && (outlives || !failure)) {
    if (failure?.how === "refused") load.channelError = failure.errno;
    startListenThread(machine, main);
    return;
  }
  const left = machine.secondMain && told(SECOND_MAIN_LEFT, peer.version);
  if (left) {
    exit(machine, ABORT, left);
    return;
  }
  if (!failure) {
    // Nobody reads what comes behind the end of the stream.
    if (main) drop(main);
    if (!outlives && load.postcopy === "discard") return;
    goOn(machine);
    return;
  }
  if (failure.how === "unknown") {
    machine.unknown ??= failure.why;
    return;
  }
  stopForFailure(machine, failure);
  if (failure.how === "crashed") {
    exit(machine, -failure.signal);
    return;
  }
  shutAfterFailure(machine);
  const { version } = peer;
  const printed = valueAt(PRINTED_ERROR, version, "later");
  const channelError = printed === "load" ? null : (machine.channels?.error ?? null);
  const lines = loadText(failure, version);
  if (load.listening) raceWithListener(machine, failure, lines);
  if (channelError === null) exit(machine, 1, ...lines);
  else if (printed === "first") exit(machine, 1, channelError);
  else exit(machine, 1, channelError, ...lines);
}

/** The listen thread is beside the main thread that fails, and may speak before it, or fall with it. */
function raceWithListener(machine: Machine, { errno }: Refusal, last: readonly string[]): void {
  const { load, peer, lines, listenedAt } = machine;
  const from = listenedAt ?? lines.length;
  const before = lines.slice(from);
  const told = (errno: Errno) => say(LISTEN_FAILED, peer.version, negative(errno))?.text ?? "";
  machine.forkedAt = from;
  load.otherwise = [
    { lines: [told("EIO"), ...before, ...last], status: null, exit: 1 },
    { lines: [...before, told(errno), ...last], status: null, exit: 1 },
    { lines: [...before, ...last], status: null, exit: -SIGSEGV },
  ];
}

function stopForFailure(machine: Machine, { offset, path }: LoadFailure): void {
  const { main, load } = machine;
  if (!main) return;
  const lacking = load.file.error !== null || main.file.error !== null;
  if (!lacking) stopAt(machine, { connection: main.number, offset, path });
}
