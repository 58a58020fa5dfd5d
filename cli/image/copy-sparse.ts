import { type FileSystem, readUpTo, writeFully } from "../durable/file-system.ts";
import { breathe, CHUNK } from "../file-bytes.ts";

/** Holes are kept in units of this. */
const GRAIN = 4096;

/** A part of one file that goes to another place in another one. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly end: number;
}

/** Copies a part of a file. What is zero is not written, so that it stays a hole. */
export async function copySparse(
  fs: FileSystem,
  source: number,
  target: number,
  { from, to, end }: Part,
  progress: (position: number) => void,
): Promise<void> {
  for (let at = from; at < end; ) {
    const chunk = readUpTo(fs, source, Math.min(CHUNK, end - at), at);
    if (chunk.length === 0) throw new Error("the file became shorter while it was copied");
    writeDense(fs, target, chunk, to + at - from);
    at += chunk.length;
    progress(at);
    const pause = breathe();
    if (pause) await pause;
  }
}

function writeDense(fs: FileSystem, fd: number, chunk: Uint8Array, position: number): void {
  const zero = new Uint8Array(GRAIN);
  let start = -1;
  for (let at = 0; at < chunk.length; ) {
    const end = Math.min(chunk.length, at + GRAIN - ((position + at) % GRAIN));
    const empty = Buffer.compare(chunk.subarray(at, end), zero.subarray(0, end - at)) === 0;
    if (!empty && start < 0) start = at;
    if (empty && start >= 0) {
      writeFully(fs, fd, chunk.subarray(start, at), position + start);
      start = -1;
    }
    at = end;
  }
  if (start >= 0) writeFully(fs, fd, chunk.subarray(start), position + start);
}
