import { closeSync } from "node:fs";
import type { Compression } from "../../codec/index.ts";
import { CHUNK, readAt } from "../file-bytes.ts";
import { openAgain } from "./open-again.ts";
import { helperEnvironment, PROGRAMS } from "./programs.ts";

/** To see what something is, nobody waits longer. */
const PATIENCE_MS = 5000;
const NOTHING = new Uint8Array(0);

/** Compressed bytes from the start of an input, and the file they are from if it is one. */
export interface Beginning {
  readonly fd: number;
  readonly seekable: boolean;
  readonly first: Uint8Array;
}

/** The first bytes that come out of compressed ones, at most as many as wanted; fewer where they cannot be had. */
export function inflateHead(beginning: Beginning, format: Compression, wanted: number): Uint8Array {
  if (wanted > CHUNK) return NOTHING;
  const head = (format === "gzip" ? gunzipHead : helperHead)(beginning, format, wanted);
  return new Uint8Array(head.subarray(0, wanted));
}

function gunzipHead({ fd, seekable, first }: Beginning, _: Compression, wanted: number): Uint8Array {
  const { constants, gunzipSync } = process.getBuiltinModule("node:zlib");
  let compressed = first.subarray(0, wanted);
  if (seekable && first.length < wanted) {
    const buffer = new Uint8Array(wanted);
    compressed = buffer.subarray(0, readAt(fd, buffer, 0));
  }
  try {
    return gunzipSync(compressed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return NOTHING;
  }
}

function helperHead({ fd, seekable, first }: Beginning, format: Compression, wanted: number): Uint8Array {
  const { spawnSync } = process.getBuiltinModule("node:child_process");
  const file = seekable ? openAgain(fd, 0) : undefined;
  const { program, args } = PROGRAMS[format];
  try {
    const { stdout } = spawnSync(program, args, {
      env: helperEnvironment(),
      killSignal: "SIGKILL",
      maxBuffer: wanted,
      timeout: PATIENCE_MS,
      ...(file === undefined ? { input: first } : {}),
      stdio: [file ?? "pipe", "pipe", "ignore"],
    });
    return stdout ?? NOTHING;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
