import { MULTIFD_MAGIC } from "../formats/multifd/multifd.ts";
import { isPlausibleHead, LEAST_HEAD } from "../formats/multifd/multifd-head.ts";
import { createStreamReader, type StreamReader } from "../formats/stream/stream.ts";
import { concat } from "../layout/bytes.ts";
import type { Identity } from "./identify.ts";

/** Looks for a migration in bytes whose beginning was not captured. */
export interface Probe {
  push(chunk: Uint8Array): void;
  lose(count: number): void;
  finish(): void;
}

/** What was found, and the bytes seen last, which begin at `offset` and hold the place where it was. */
export type Found = (identity: Identity, window: Uint8Array, offset: number) => void;

/** Bytes kept, so that a reader can begin where the migration was recognised. */
const WINDOW = 192 << 10;
/** A flow in which nothing was found by then is something else. */
const LONGEST_PROBE = 64 << 20;

const EMPTY: Uint8Array = new Uint8Array(0);

/**
 * Calls `found` once, with something or with `unknown`. RAM records alone may be those of a preempt channel, or of a main
 * channel in the middle of a long section: `postcopy-preempt` then means that they are no more than that.
 */
export function createProbe(found: Found): Probe {
  /** Chunks seen last, the bytes in them, and where they begin. */
  let window: Uint8Array[] = [];
  let kept = 0;
  let offset = 0;
  /** The last bytes of the chunks before, in which a packet may begin. */
  let tail = EMPTY;
  let sections = false;
  let done = false;
  const trial: StreamReader = createStreamReader(
    {
      event: (event) => {
        sections ||= event.kind === "section" && event.section.footer;
      },
    },
    { begins: "middle" },
  );

  function settle(identity: Identity, from: number): void {
    done = true;
    const bytes = concat(window);
    clear();
    found(identity, bytes.subarray(from), offset + from);
  }

  function clear(): void {
    window = [];
    kept = 0;
    tail = EMPTY;
  }

  function keep(chunk: Uint8Array): void {
    window.push(chunk.slice());
    kept += chunk.length;
    for (let first = window[0]; first && kept - first.length >= WINDOW; first = window[0]) {
      window.shift();
      kept -= first.length;
      offset += first.length;
    }
  }

  function look(): void {
    if (done) return;
    if (sections || hasPages(trial))
      settle({ role: sections ? "main" : "postcopy-preempt", begins: "middle" }, 0);
    else if (offset > LONGEST_PROBE) settle({ role: "unknown", begins: null }, 0);
  }

  return {
    push(chunk) {
      if (done) return;
      keep(chunk);
      const joined = concat([tail, chunk]);
      const packet = findPacket(joined);
      if (packet >= 0) {
        settle({ role: "multifd", begins: "middle" }, kept - joined.length + packet);
        return;
      }
      tail = joined.slice(-LEAST_HEAD);
      trial.push(chunk);
      look();
    },
    lose(count) {
      offset += kept + count;
      clear();
      trial.lose(count);
    },
    finish() {
      if (done) return;
      trial.finish();
      look();
      if (!done) settle({ role: "unknown", begins: null }, 0);
    },
  };
}

/** RAM records in a row were understood. */
function hasPages({ memory: { ram } }: StreamReader): boolean {
  return [...ram.byName.values()].some(({ pages }) => pages.normal + pages.zero > 0);
}

/** Where the header of a multifd packet stands in these bytes, -1 if nowhere. */
function findPacket(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const first = MULTIFD_MAGIC >>> 24;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
    if (isPlausibleHead(view, at, bytes.length - at, false)) return at;
  return -1;
}
