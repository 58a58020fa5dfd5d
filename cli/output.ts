import { writeSync } from "node:fs";
import { isTerminal } from "./terminal.ts";

/** Where a command writes. Tests bring their own. */
export interface Output {
  /** The result. */
  out(text: string): void;
  /** The result, where it is bytes. */
  bytes?(chunk: Uint8Array): void;
  /** Talk: progress, errors. */
  err(text: string): void;
  readonly colour: boolean;
  /** stderr is a terminal, so progress may be drawn there. */
  readonly interactive: boolean;
}

export const processOutput: Output = {
  out: (text) => writeAll(1, new TextEncoder().encode(text)),
  bytes: (chunk) => writeAll(1, chunk),
  err: (text) => writeAll(2, new TextEncoder().encode(text)),
  get colour() {
    if (process.env.NO_COLOR) return false;
    if (process.env.FORCE_COLOR) return process.env.FORCE_COLOR !== "0";
    return isTerminal(1);
  },
  get interactive() {
    return isTerminal(2);
  },
};

/** The reader of our output went away: nobody is left to talk to. */
export class BrokenPipe extends Error {
  override readonly name = "BrokenPipe";
}

const FULL_PIPE_PAUSE_MS = 2;

/** Writes synchronously, so that a slow reader holds us up instead of filling our memory. */
function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EPIPE") throw new BrokenPipe();
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_PAUSE_MS);
    }
  }
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

export type Paint = (style: keyof typeof CODES, text: string) => string;

export function painter({ colour }: Output): Paint {
  return (style, text) => (colour ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}
