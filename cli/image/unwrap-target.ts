import type { FileSystem } from "../durable/file-system.ts";
import { writeFully } from "../durable/file-system.ts";
import { newFile } from "../durable/new-file.ts";
import { UsageError } from "../exit.ts";
import type { Output } from "../output.ts";
import { isTerminal } from "../terminal.ts";

export interface Tools {
  readonly output: Output;
  readonly fs: FileSystem;
}

/** Where an unwrapped stream goes. A file has its name only once it is all there. */
export interface Target {
  /** Undefined for a pipe. */
  readonly fd: number | undefined;
  write(chunk: Uint8Array): void;
  commit(): void;
  discard(): void;
}

export function openTarget(to: string, force: boolean, { output, fs }: Tools): Target {
  if (to === "-") {
    const { bytes } = output;
    if (!bytes || isTerminal(1))
      throw new UsageError("a stream is not for a terminal: name a file with -o, or pipe it on");
    return { fd: undefined, write: (chunk) => bytes(chunk), commit: () => {}, discard: () => {} };
  }
  const file = newFile(to, force, { fs, warn: (text) => output.err(`migwire: ${text}\n`) });
  return {
    fd: file.fd,
    write: (chunk) => writeFully(fs, file.fd, chunk, null),
    commit: () => file.commit(),
    discard: () => file.discard(),
  };
}
