import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, ftruncateSync, openSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "../../codec/index.ts";
import { UsageError } from "../exit.ts";
import { CHUNK, readAt } from "../file-bytes.ts";
import { type Input, readAll } from "../io.ts";
import { payloadFinding } from "../payload/delivery.ts";

/** A file whose bytes can be had anywhere. */
export interface Qcow2File {
  /** Bytes from the input's offset on. */
  readonly size: number;
  /** At most 1 MiB; fewer where the file ends. A view valid until the next call. */
  read(offset: number, length: number): Uint8Array;
  /** What went wrong while a pipe or compressed file was spooled. */
  readonly findings: readonly Finding[];
  close(): void;
}

/** Pipes and compressed files are spooled to a temporary file, which has no name and is gone when it is closed. */
export async function openFile(input: Input): Promise<Qcow2File> {
  const { fd, seekable, compression, offset: base } = input;
  if (seekable && compression === null) return fileOf(fd, base, input.size ?? 0, [], () => {});
  if (fstatSync(fd).isBlockDevice() && compression === null)
    return fileOf(fd, base, deviceSize(fd), [], () => {});
  const spool = openAnonymous();
  try {
    const { bytes, problem } = await fill(spool, input);
    const findings = problem && compression ? [payloadFinding(problem, compression, base)] : [];
    return fileOf(spool, base, bytes, findings, () => closeSync(spool));
  } catch (error) {
    closeSync(spool);
    throw error;
  }
}

function fileOf(
  fd: number,
  base: number,
  end: number,
  findings: readonly Finding[],
  close: () => void,
): Qcow2File {
  const buffer = new Uint8Array(CHUNK);
  return {
    size: Math.max(0, end - base),
    findings,
    close,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, CHUNK, end - base - offset));
      let have = 0;
      while (have < wanted) {
        const count = readAt(fd, buffer.subarray(have, wanted), base + offset + have);
        if (count === 0) break;
        have += count;
      }
      return buffer.subarray(0, have);
    },
  };
}

/** Zeros become holes: what inflates to a large file of them takes no room. */
async function fill(fd: number, input: Input) {
  let at = 0;
  const delivery = await readAll(input, (chunk) => {
    if (chunk.some((byte) => byte !== 0)) writeWhole(fd, chunk, at);
    at += chunk.length;
  });
  ftruncateSync(fd, at);
  return delivery;
}

function writeWhole(fd: number, chunk: Uint8Array, position: number): void {
  try {
    for (let done = 0; done < chunk.length; )
      done += writeSync(fd, chunk, done, chunk.length - done, position + done);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ENOSPC" && code !== "EDQUOT") throw error;
    throw new UsageError(`${tmpdir()} has no room for the image; decompress it to a file, and name that`);
  }
}

function openAnonymous(): number {
  const path = join(tmpdir(), `migwire-${randomUUID()}`);
  const fd = openSync(path, "wx+", 0o600);
  unlinkSync(path);
  return fd;
}

/** Bytes of a block device, found by trying: its status does not tell. */
function deviceSize(fd: number): number {
  const byte = new Uint8Array(1);
  let step = 1;
  while (step < Number.MAX_SAFE_INTEGER / 2 && readAt(fd, byte, step - 1) === 1) step *= 2;
  let size = Math.floor(step / 2);
  for (let add = size; add >= 1; add = Math.floor(add / 2))
    if (readAt(fd, byte, size + add - 1) === 1) size += add;
  return size;
}
