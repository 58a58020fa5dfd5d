import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "../codec/index.ts";
import { cleanUpOnExit } from "./interrupt.ts";
import { closeInput, openInput, readAll } from "./io.ts";
import { containerFindings } from "./read-stream.ts";

const WINDOW = 64 << 10;
/** Bytes of a range that are ever shown. */
const LONGEST_HEAD = 256;

/** A file whose bytes can be looked at anywhere. Pipes and compressed files are spooled to a temporary one. */
export interface Window {
  readonly path: string;
  readonly size: number;
  /** Why the input could only be spooled in part. */
  readonly problems: readonly Finding[];
  /** The first bytes of `[start, end)`. A view valid until the next call. */
  head(start: number, end: number): Uint8Array;
  close(): void;
}

export async function openWindow(name: string): Promise<Window> {
  const spool = await spoolIfNeeded(name);
  const path = spool?.path ?? name;
  const fd = openSync(path, "r");
  const buffer = new Uint8Array(WINDOW);
  let from = 0;
  let to = 0;
  return {
    path,
    size: fstatSync(fd).size,
    problems: spool?.problems ?? [],
    head(start, end) {
      const stop = Math.min(end, start + LONGEST_HEAD);
      if (start < from || stop > to) {
        from = start;
        to = start + readSync(fd, buffer, 0, WINDOW, start);
      }
      return buffer.subarray(start - from, Math.min(stop, to) - from);
    },
    close() {
      closeSync(fd);
      spool?.remove();
    },
  };
}

interface Spool {
  readonly path: string;
  readonly problems: readonly Finding[];
  remove(): void;
}

async function spoolIfNeeded(name: string): Promise<Spool | undefined> {
  const input = openInput(name, 0);
  try {
    if (input.seekable && input.compression === null) return undefined;
    const directory = mkdtempSync(join(tmpdir(), "migwire-"));
    const discard = () => rmSync(directory, { recursive: true, force: true });
    const release = cleanUpOnExit(discard);
    const remove = () => {
      release();
      discard();
    };
    try {
      const path = join(directory, "stream");
      const fd = openSync(path, "wx");
      const delivery = await readAll(input, (chunk) => writeWhole(fd, chunk));
      closeSync(fd);
      return { path, problems: containerFindings(input, delivery), remove };
    } catch (error) {
      remove();
      throw error;
    }
  } finally {
    closeInput(input);
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
