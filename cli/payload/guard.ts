import type { StreamEvent } from "../../codec/index.ts";
import { LIMITS, type PayloadLimits } from "./meter.ts";

const GIB = 2 ** 30;
/** Of a guest's memory: that is more than any save has to send twice. */
const TIMES_MEMORY = 4;
/** A stream that claims more memory is not believed. */
const MOST_MEMORY = 16_384 * GIB;
/** Bytes in which a stream should have begun: zeros may stand before it. */
const FARTHEST_BEGINNING = 2 ** 26;
/** Bytes in which a damaged stream should have gone on. */
const FARTHEST_RESUMPTION = 2 ** 27;

/** A reader of a stream, as far as it tells whether more bytes are of use. */
interface Watched {
  readonly skippable: number;
  isComplete(): boolean;
}

/** Watches a stream while it is decompressed, to say how much more is worth reading. */
export interface Guard {
  readonly limits: PayloadLimits;
  watch(reader: Watched): void;
  event(event: StreamEvent): void;
}

/** `memory` says what a guest is known to have, in bytes; it is asked when the first of them have come. */
export function createGuard(memory = () => 0, limits: PayloadLimits = LIMITS): Guard {
  let reader: Watched | undefined;
  let known: number | undefined;
  let damagedAt: number | undefined;
  let seen = 0;
  let begun = false;
  return {
    limits: {
      get bytes() {
        known ??= memory();
        return Math.max(limits.bytes, TIMES_MEMORY * Math.min(known, MOST_MEMORY));
      },
      seconds: limits.seconds,
      useless(bytes) {
        seen = bytes;
        if (!reader) return undefined;
        if (reader.isComplete()) return "behind-end";
        const late = !begun && bytes > FARTHEST_BEGINNING;
        const lost = damagedAt !== undefined && bytes - damagedAt > FARTHEST_RESUMPTION;
        return late || lost || reader.skippable === Number.MAX_SAFE_INTEGER ? "given-up" : undefined;
      },
    },
    watch(watched) {
      reader = watched;
    },
    event(event) {
      if (event.kind === "header") begun = true;
      if (event.kind === "ram-blocks") known = Math.max(known ?? memory(), event.totalBytes);
      if (event.kind === "section" && event.section.understood !== "damaged") damagedAt = undefined;
      if (event.kind === "finding" && event.finding.rule === "STREAM_WELL_FORMED") damagedAt ??= seen;
    },
  };
}
