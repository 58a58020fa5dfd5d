import { StreamCursor } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { RETURN_PATH_BUFFER } from "../../facts/qemu/return-path/return-path.ts";
import type { PeerProcess, Seen } from "../ending.ts";
import type { QemuPeer } from "../peer.ts";
import { openFile } from "../qemu-file.ts";
import { initialAcks } from "./acks.ts";
import { blocksOf } from "./blocks.ts";
import { readReturnPath } from "./messages.ts";
import { pausedByClose, postcopyEndings } from "./postcopy.ts";
import { precopyEndings } from "./precopy.ts";
import { recoveryEndings } from "./recovery.ts";
import type { Reading, Source, SourcePhase } from "./state.ts";
import type { Ending, Endings } from "./words.ts";

const SEGMENTATION_FAULT = -11;

/** A source, of which only the return path is spoken to. */
export type SourceProcess = PeerProcess & {
  /** What it does from here on; in a recovery connection 0 is a new one. */
  become(phase: SourcePhase): void;
};

/** A source that was told to migrate, has opened its return path, and finds a peer that reads whatever it sends. */
export function createSource(peer: QemuPeer, { phase }: { readonly phase: SourcePhase }): SourceProcess {
  const source = newSource(peer, phase);
  let reading: Reading = readReturnPath(source);
  let printed: readonly string[] = [];

  function read(): void {
    if (source.left) return;
    const step = reading.next();
    if (step.done) source.left = step.value;
  }
  read();

  return {
    connect: () => 0,
    push(_connection, chunk) {
      if (source.left || source.closed || chunk.length === 0) return;
      source.heard = true;
      source.file.cursor.push(chunk);
      read();
    },
    close() {
      if (source.closed) return;
      source.closed = true;
      source.file.cursor.finish();
      read();
    },
    become(next) {
      const again = next === "recovery" && source.closed;
      if (next === source.phase && !again) return;
      if (next === "recovery") {
        printed = seenAs(pauseOf(source), printed).lines;
        reopen(source);
        reading = readReturnPath(source);
      }
      source.phase = next;
      if (source.crash === "early") source.crash = null;
      read();
    },
    seen: () => show(endingsOf(source)[0], printed),
    stopped: () => source.stop,
    alternatives() {
      const [first, ...others] = distinct(endingsOf(source).map((one) => show(one, printed)));
      return first ? others : [];
    },
    replies: () => new Uint8Array(0),
    losses: () => [],
    unknown: () => null,
  };
}

function newSource(peer: QemuPeer, phase: SourcePhase): Source {
  const buffer = valueAt(RETURN_PATH_BUFFER, peer.version, "later") ?? 0;
  return {
    peer,
    blocks: blocksOf(peer),
    phase,
    file: openFile(new StreamCursor(), 0),
    payload: new Uint8Array(buffer + 1),
    requested: undefined,
    crash: null,
    ponged: false,
    heard: false,
    packageLoaded: false,
    acksAwaited: initialAcks(peer),
    acked: false,
    bitmaps: 0,
    resumed: false,
    left: null,
    closed: false,
    stop: null,
  };
}

/** How it came to pause, which it did if it is told to recover. */
function pauseOf(source: Source): Ending {
  return endingsIn(source).find(({ status }) => status === "postcopy-paused") ?? pausedByClose(source);
}

/** A recovery has a return path of its own. */
function reopen(source: Source): void {
  source.file = openFile(new StreamCursor(), 0);
  source.left = null;
  source.closed = false;
  source.bitmaps = 0;
  source.resumed = false;
}

function endingsOf(source: Source): Endings {
  const endings = endingsIn(source);
  if (source.crash === null) return endings;
  const crash: Ending = { status: null, errorDesc: null, lines: [], exit: SEGMENTATION_FAULT };
  return source.crash === "served" && source.phase === "precopy" ? [crash, ...endings] : [...endings, crash];
}

function endingsIn(source: Source): Endings {
  if (source.phase === "precopy") return precopyEndings(source);
  return source.phase === "postcopy" ? postcopyEndings(source) : recoveryEndings(source);
}

function seenAs(ending: Ending, printed: readonly string[]): Ending {
  return { ...ending, lines: [...printed, ...ending.lines] };
}

function show(ending: Ending, printed: readonly string[]): Seen {
  const { status, errorDesc, lines, exit } = seenAs(ending, printed);
  return { status, errorDesc, stderr: lines.join("\n"), exit, alive: exit === null, monitorDead: false };
}

function distinct(all: readonly Seen[]): Seen[] {
  return [...new Map(all.map((seen) => [JSON.stringify(seen), seen])).values()];
}
