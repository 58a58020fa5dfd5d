import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import type { Compression } from "../../codec/index.ts";
import { cleanUpOnExit } from "../interrupt.ts";
import { oneLine, type PayloadProblem } from "./delivery.ts";
import { openOutput } from "./helper-output.ts";
import type { Inflation } from "./inflation.ts";
import { createMeter, type PayloadLimits, type Take } from "./meter.ts";
import { helperEnvironment, PROGRAMS } from "./programs.ts";

const LONGEST_TEXT = 4096;
/** How often a program's silence is looked at in the time it has. */
const LOOKS = 12;

/**
 * Decompresses with the program that libvirt would run. It reads what is written, or by itself from `file`, which is closed
 * here. It does not outlive us, and no shell is involved.
 */
export async function startHelper(
  format: Compression,
  take: Take,
  limits: PayloadLimits,
  file?: number,
): Promise<Inflation> {
  const { program, args } = PROGRAMS[format];
  const meter = createMeter(take, limits);
  let failure: { readonly error: unknown } | undefined;
  let missing: string | undefined;
  let quiet = 0;
  let isQuiet = false;
  let paused = false;
  let over = false;
  let said = "";
  /** Set while written bytes wait to be read. */
  let wake: (() => void) | undefined;
  let fed = file !== undefined;

  /** Says whether the next bytes may come at once. */
  const takeOutput = (chunk: Uint8Array): boolean => {
    quiet = 0;
    if (over) return true;
    try {
      const wait = meter.take(chunk);
      if (meter.exceeded) stop();
      if (!wait) return true;
      paused = true;
      wait.then(() => {
        paused = false;
        output.resume();
      }, fail);
      return false;
    } catch (error) {
      fail(error);
      return true;
    }
  };
  const own = await openOutput(takeOutput);
  const child = start(program, args, file, own?.theirs);
  const output: Readable = own?.ours ?? plainOutput(child, takeOutput);
  const { stdin, stderr } = child;

  const stop = () => {
    over = true;
    child.kill("SIGKILL");
    // What it started in turn may hold the pipes open.
    for (const pipe of [stdin, output, stderr]) pipe?.destroy();
  };
  const fail = (error: unknown) => {
    failure ??= { error };
    stop();
  };
  const release = cleanUpOnExit(() => void child.kill("SIGKILL"));
  const watch = setInterval(look, (limits.seconds * 1000) / LOOKS);

  /** It is not its fault when nobody gives it anything, or takes what it has. */
  function look(): void {
    quiet = paused || !(fed || wake) ? 0 : quiet + 1;
    if (quiet <= LOOKS) return;
    isQuiet = child.exitCode === null && child.signalCode === null;
    stop();
  }

  const exited = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      missing ??= error.message;
      if (child.pid !== undefined) return;
      output.destroy();
      resolve();
    });
    child.once("close", () => resolve());
  });
  const read = new Promise<void>((resolve) => void output.once("close", resolve));
  const ended = Promise.all([exited, read]).then(() => {
    over = true;
    clearInterval(watch);
    release();
    wake?.();
  });
  stdin?.on("error", () => {});
  stderr?.on("data", (chunk: Buffer) => {
    if (said.length < LONGEST_TEXT) said += chunk.toString("latin1");
  });

  function problemOf(): PayloadProblem | undefined {
    const problem = { program, status: child.exitCode, text: oneLine(said.slice(0, LONGEST_TEXT)) };
    if (missing !== undefined && child.pid === undefined)
      return { ...problem, kind: "missing", status: null, text: missing };
    if (meter.exceeded) return { ...problem, ...meter.exceeded, status: null };
    if (isQuiet) return { ...problem, kind: "quiet", status: null, limit: limits.seconds };
    if (child.exitCode === 0) return undefined;
    const signal = child.signalCode ? `ended by ${child.signalCode}` : "";
    return { ...problem, kind: "failed", text: problem.text || signal };
  }

  return {
    get done() {
      return over;
    },
    async write(chunk) {
      if (over) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        stdin?.write(chunk, () => resolve());
      });
      wake = undefined;
      quiet = 0;
    },
    async end() {
      fed = true;
      if (!over) stdin?.end();
      await ended;
      if (failure) throw failure.error;
      const problem = problemOf();
      return { bytes: meter.bytes, ...(problem ? { problem } : {}) };
    },
    abort: stop,
  };
}

function start(
  program: string,
  args: readonly string[],
  file: number | undefined,
  output: Socket | undefined,
): ChildProcess {
  try {
    const stdio = [file ?? "pipe", output ?? "pipe", "pipe"] as const;
    return spawn(program, args, { stdio: [...stdio], env: helperEnvironment() });
  } finally {
    output?.destroy();
    if (file !== undefined) closeSync(file);
  }
}

/** The pipe that Node makes, where no better one could be had. */
function plainOutput({ stdout }: ChildProcess, take: (chunk: Uint8Array) => boolean): Readable {
  if (!stdout) throw new TypeError("a program without output");
  stdout.on("data", ({ buffer, byteOffset, length }: Buffer) => {
    if (!take(new Uint8Array(buffer, byteOffset, length))) stdout.pause();
  });
  return stdout;
}
