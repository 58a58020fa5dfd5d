import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNamer } from "./block-names.ts";
import { UsageError } from "./exit.ts";

/** The file system has no files as long as a block claims to be. */
export class BlockTooLong extends Error {
  override readonly name = "BlockTooLong";
}

/** Where the content of RAM blocks goes. */
export interface BlockFiles {
  readonly directory: string;
  /** Settles on the path a block will have in the end; undefined if it will have none. Throws if it must not be taken. */
  claim(idstr: string): string | undefined;
  /** Makes an empty file of the block's length. Its content has no lasting name before `commit`. */
  open(path: string | undefined, length: number): number;
  /** Takes back what was made for a path. */
  drop(path: string | undefined): void;
  /** Gives finished files their names. */
  commit(): void;
  /** Removes what has no lasting name. Safe to call at any time, also twice. */
  discard(): void;
}

const FRESH = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Files without a name in the temporary directory: they are gone when closed, whatever happens. */
export function anonymousFiles(directory = tmpdir()): BlockFiles {
  return {
    directory,
    claim: () => undefined,
    open(_, length) {
      const path = join(directory, `migwire-${randomUUID()}`);
      const fd = openFresh(path);
      unlinkSync(path);
      return sized(fd, length);
    },
    drop: () => {},
    commit: () => {},
    discard: () => {},
  };
}

/** Files in a directory of the user's. */
export function filesIn(directory: string, force: boolean): BlockFiles {
  const name = createNamer();
  const temporaries = new Map<string, string>();
  if (exists(directory) && !statSync(directory).isDirectory())
    throw new UsageError(`${directory} is not a directory`);
  const drop = (path: string) => {
    const temporary = temporaries.get(path);
    if (temporary !== undefined) rmSync(temporary, { force: true });
    temporaries.delete(path);
  };
  return {
    directory,
    claim(idstr) {
      const path = join(directory, name(idstr));
      if (!exists(path)) return path;
      if (lstatSync(path).isDirectory()) throw new UsageError(`${path} is a directory`);
      if (!force) throw new UsageError(`${path} exists already; --force replaces it`);
      return path;
    },
    open(path, length) {
      if (path === undefined) throw new TypeError("a block without a path");
      mkdirSync(directory, { recursive: true });
      const temporary = join(directory, `.migwire-${randomUUID()}.partial`);
      const fd = openFresh(temporary);
      temporaries.set(path, temporary);
      try {
        return sized(fd, length);
      } catch (error) {
        drop(path);
        throw error;
      }
    },
    drop(path) {
      if (path !== undefined) drop(path);
    },
    commit() {
      for (const [path, temporary] of temporaries) {
        rename(temporary, path, force);
        temporaries.delete(path);
      }
    },
    discard() {
      for (const path of temporaries.keys()) drop(path);
    },
  };
}

function openFresh(path: string): number {
  try {
    return openSync(path, FRESH, 0o600);
  } catch (error) {
    throw new UsageError(`cannot make a file for the content of a RAM block: ${reasonOf(error)}`);
  }
}

function sized(fd: number, length: number): number {
  try {
    ftruncateSync(fd, length);
    return fd;
  } catch (error) {
    closeSync(fd);
    const code = codeOf(error);
    if (code === "EFBIG" || code === "EINVAL" || code === "EOVERFLOW") throw new BlockTooLong(`${length}`);
    throw error;
  }
}

/** Gives a finished file its name. Without `force` a file that appeared meanwhile stays, and this one fails. */
function rename(from: string, to: string, force: boolean): void {
  if (force) {
    renameSync(from, to);
    return;
  }
  try {
    linkSync(from, to);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") throw new UsageError(`${to} exists already; --force replaces it`);
    // No hard links on this file system.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP" && code !== "ENOSYS") throw error;
    if (exists(to)) throw new UsageError(`${to} exists already; --force replaces it`);
    renameSync(from, to);
    return;
  }
  unlinkSync(from);
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
