import type { PayloadProblem } from "./delivery.ts";

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** How much is decompressed, and how long a program may be silent. */
export interface PayloadLimits {
  /** Bytes that may come out of a payload. */
  readonly bytes: number;
  /** Seconds in which a helper program has to get on. */
  readonly seconds: number;
  /** Says that what still comes is of no use: the stream has ended, or nothing more can be understood. */
  readonly useless?: (bytes: number) => "behind-end" | "given-up" | undefined;
}

/** No image of a guest with less than 16 GiB is larger, whatever was sent twice. */
export const LIMITS: PayloadLimits = { bytes: 64 * GIB, seconds: 60 };
/** Bytes of no use that are read on, to see where they end. */
export const MOST_USELESS = 64 * MIB;

/** Takes decompressed bytes. They are only lent until it returns, or until its promise is kept. */
export type Take = (chunk: Uint8Array) => void | Promise<void>;

/** Counts what comes out, hands it on, and says when it is enough. */
export interface Meter {
  readonly bytes: number;
  /** Set once a limit is reached; nothing is handed on any more. */
  readonly exceeded: Pick<PayloadProblem, "kind" | "limit"> | undefined;
  take: Take;
}

export function createMeter(take: Take, limits: PayloadLimits): Meter {
  let bytes = 0;
  let useless = 0;
  let exceeded: Meter["exceeded"];
  return {
    get bytes() {
      return bytes;
    },
    get exceeded() {
      return exceeded;
    },
    take(chunk) {
      if (exceeded) return;
      bytes += chunk.length;
      const wait = take(chunk);
      const why = limits.useless?.(bytes);
      useless = why ? useless + chunk.length : 0;
      if (bytes > limits.bytes) exceeded = { kind: "too-large", limit: limits.bytes };
      else if (why && useless > MOST_USELESS) exceeded = { kind: why, limit: MOST_USELESS };
      return wait;
    },
  };
}
