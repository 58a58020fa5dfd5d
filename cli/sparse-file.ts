import { createHash, type Hash } from "node:crypto";
import { closeSync, readSync, writeSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import type { PageSet } from "./page-set.ts";

/** What one bit of `written` stands for. Larger pages set several, smaller ones share. */
const GRAIN = 4096;
/** Bytes of neighbouring pages gathered before they are written. */
const RUN = 1 << 20;
/** Bytes hashed before others get a turn. */
const HASHED_AT_ONCE = 64 << 20;

const ZEROS = new Uint8Array(RUN);

/** A file that is made when its first byte is written. What was never written is a hole. */
export interface SparseFile {
  readonly length: number;
  /** Grains that were written. */
  readonly written: PageSet;
  readonly open: () => number;
  fd: number | undefined;
}

/** Neighbouring writes on their way to one file. All files share it, so that memory does not grow with their number. */
export interface WriteRun {
  readonly bytes: Uint8Array;
  file: SparseFile | undefined;
  start: number;
  length: number;
}

export function createWriteRun(): WriteRun {
  return { bytes: new Uint8Array(RUN), file: undefined, start: 0, length: 0 };
}

export function writeAt(run: WriteRun, file: SparseFile, offset: number, data: Uint8Array): void {
  const at = offset - run.start;
  if (run.file !== file || at < 0 || at > run.length || at + data.length > RUN) {
    flush(run);
    file.fd ??= file.open();
    run.file = file;
    run.start = offset;
    run.bytes.set(data);
    run.length = data.length;
  } else {
    run.bytes.set(data, at);
    run.length = Math.max(run.length, at + data.length);
  }
  for (let grain = Math.floor(offset / GRAIN); grain * GRAIN < offset + data.length; grain++)
    file.written.add(grain);
}

/** Fills a range with zeros: nothing need be done where nothing was written. */
export function zeroAt(run: WriteRun, file: SparseFile, offset: number, length: number): void {
  if (isWritten(file, offset, length)) writeAt(run, file, offset, ZEROS.subarray(0, length));
}

/** Reads a range as it is by now. */
export function readAt(run: WriteRun, file: SparseFile, offset: number, out: Uint8Array): void {
  const at = offset - run.start;
  if (run.file === file && at >= 0 && at + out.length <= run.length) {
    out.set(run.bytes.subarray(at, at + out.length));
    return;
  }
  if (!isWritten(file, offset, out.length)) {
    out.fill(0);
    return;
  }
  if (run.file === file) flush(run);
  readFully(file, offset, out);
}

export function flush(run: WriteRun): void {
  const { bytes, file, length, start } = run;
  run.file = undefined;
  run.length = 0;
  if (file?.fd === undefined) return;
  for (let done = 0; done < length; ) done += writeSync(file.fd, bytes, done, length - done, start + done);
}

export function close(run: WriteRun, file: SparseFile): void {
  if (run.file === file) run.file = undefined;
  if (file.fd !== undefined) closeSync(file.fd);
  file.fd = undefined;
}

/** SHA-256 of the whole file. Holes are not read. */
export async function sha256(
  run: WriteRun,
  file: SparseFile,
  progress: (bytes: number) => void,
): Promise<string> {
  flush(run);
  const hash = createHash("sha256");
  const grains = Math.ceil(file.length / GRAIN);
  let rest = HASHED_AT_ONCE;
  for (let grain = 0; grain < grains; ) {
    const end = file.written.runEnd(grain, Math.min(grains, grain + RUN / GRAIN));
    const offset = grain * GRAIN;
    const length = Math.min(end * GRAIN, file.length) - offset;
    update(hash, run, file, offset, length);
    grain = end;
    rest -= length;
    if (rest > 0) continue;
    rest = HASHED_AT_ONCE;
    progress(offset + length);
    await turn();
  }
  return hash.digest("hex");
}

function update(hash: Hash, run: WriteRun, file: SparseFile, offset: number, length: number): void {
  if (!file.written.has(offset / GRAIN)) {
    hash.update(ZEROS.subarray(0, length));
    return;
  }
  const part = run.bytes.subarray(0, length);
  readFully(file, offset, part);
  hash.update(part);
}

function isWritten({ written }: SparseFile, offset: number, length: number): boolean {
  for (let grain = Math.floor(offset / GRAIN); grain * GRAIN < offset + length; grain++)
    if (written.has(grain)) return true;
  return false;
}

function readFully({ fd }: SparseFile, offset: number, out: Uint8Array): void {
  if (fd === undefined) throw new TypeError("a file that was written to is not open");
  for (let done = 0; done < out.length; ) {
    const count = readSync(fd, out, done, out.length - done, offset + done);
    if (count === 0) throw new Error("a temporary file is shorter than it was made");
    done += count;
  }
}
