import type { Input } from "./io.ts";
import type { Output } from "./output.ts";

const QUIET_MS = 1000;
const EVERY_MS = 200;

/** Learns how many bytes of an input were read; or with `out` how many came out of what reads it by itself. */
export type Progress = (bytes: number, out?: boolean) => void;

/** Draws how far a reader got, on a terminal and only for work that takes over a second. */
export function startProgress(
  input: Pick<Input, "name" | "size">,
  output: Output,
): { update: Progress; stop: () => void } {
  let next = Date.now() + QUIET_MS;
  let drawn = false;
  return {
    update(bytes, out = false) {
      const now = Date.now();
      if (now < next) return;
      next = output.interactive ? now + EVERY_MS : Number.POSITIVE_INFINITY;
      if (!output.interactive) return;
      drawn = true;
      const share =
        input.size && !out
          ? ` of ${mebibytes(input.size)} (${Math.floor((100 * bytes) / input.size)} %)`
          : "";
      output.err(`\r${input.name}: ${mebibytes(bytes)}${share}\u001b[K`);
    },
    stop() {
      if (drawn) output.err("\r\u001b[K");
    },
  };
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
