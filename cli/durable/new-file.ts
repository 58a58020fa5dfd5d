import { type BigIntStats, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../exit.ts";
import { cleanUpOnExit } from "../interrupt.ts";
import { printable } from "../printable.ts";
import type { Circumstances } from "./edit.ts";
import { codeOf, type FileSystem, FRESH, syncDirectory } from "./file-system.ts";
import { lockAgainstOthers, takeLock } from "./lock.ts";
import { sideNames } from "./names.ts";
import { dropJournal } from "./pending.ts";
import { takeStale } from "./stale.ts";

/** Images hold the memory of a guest: nobody else is to read them. */
const PRIVATE = 0o600;
const MODE = 0o7777n;

/** A file that gets its name when it is whole and on disk. Until then whatever had the name stays what it was. */
export interface NewFile {
  readonly fd: number;
  /** Its name until then. */
  readonly path: string;
  /** Gives it the name. */
  commit(): void;
  /** Removes it, unless it has its name by now. Safe to call twice. */
  discard(): void;
}

/** Makes a file that will be called `name`. An existing one is replaced only by `force`; its mode and owner are kept. */
export function newFile(name: string, force: boolean, { fs, warn }: Circumstances): NewFile {
  const path = targetOf(name, fs);
  const { newFile: temporary, directory } = sideNames(path);
  const replaced = fs.look(path);
  if (replaced && !replaced.isFile()) throw new UsageError(`${printable(name)} is not a regular file`);
  if (replaced && !force) throw existsAlready(name);
  const release = replaced ? keepOthersOut(path, name, { fs, warn }) : () => {};
  let fd: number | undefined;
  const discard = () => {
    if (fd === undefined) return;
    try {
      if (fs.look(temporary)?.ino === fs.stat(fd).ino) fs.unlink(temporary);
    } finally {
      close();
    }
  };
  // Before there is anything to remove: a signal waits until a handler can be called.
  const forget = cleanUpOnExit(discard);
  const close = () => {
    forget();
    if (fd !== undefined) fs.close(fd);
    fd = undefined;
    release();
  };
  let opened: number;
  try {
    opened = openTemporary(temporary, replaced, fs);
  } catch (error) {
    close();
    throw error;
  }
  fd = opened;
  return {
    fd: opened,
    path: temporary,
    commit() {
      if (replaced) keepOwner(opened, name, replaced, { fs, warn });
      fs.sync(opened);
      giveName(temporary, path, name, force, fs);
      syncDirectory(fs, directory);
      if (replaced) dropJournal(path, replaced, fs);
      close();
    },
    discard,
  };
}

/** Where the name leads to, so that a link stays one. */
function targetOf(name: string, fs: FileSystem): string {
  const path = join(realpathSync(dirname(name)), basename(name));
  if (!fs.look(path)?.isSymbolicLink()) return path;
  try {
    return realpathSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw new UsageError(`${printable(name)} is a link to nothing`);
  }
}

function keepOthersOut(path: string, name: string, { fs, warn }: Circumstances): () => void {
  const fd = fs.open(path, 0);
  try {
    lockAgainstOthers(fd, name, warn);
  } catch (error) {
    fs.close(fd);
    throw error;
  }
  return () => fs.close(fd);
}

/** The lock shows the next run that somebody is at work here. */
function openTemporary(temporary: string, replaced: BigIntStats | undefined, fs: FileSystem): number {
  takeStale(temporary, replaced, fs);
  let fd: number;
  try {
    fd = fs.open(temporary, FRESH, PRIVATE);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw busy(temporary);
    throw error;
  }
  if (takeLock(fd).state !== "taken" && fs.look(temporary)?.ino === fs.stat(fd).ino) return fd;
  fs.close(fd);
  throw busy(temporary);
}

function keepOwner(fd: number, name: string, { uid, gid, mode }: BigIntStats, { fs, warn }: Circumstances) {
  const ours = fs.stat(fd);
  try {
    if (uid !== ours.uid || gid !== ours.gid) fs.chown(fd, Number(uid), Number(gid));
    fs.chmod(fd, Number(mode & MODE));
  } catch (error) {
    if (codeOf(error) !== "EPERM") throw error;
    warn(`the owner of ${printable(name)} could not be kept: it is ours now, and private`);
  }
}

/** Without `force` a file that appeared meanwhile stays. */
function giveName(from: string, to: string, name: string, force: boolean, fs: FileSystem): void {
  if (force) {
    fs.rename(from, to);
    return;
  }
  try {
    fs.link(from, to);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") throw existsAlready(name);
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP" && code !== "ENOSYS") throw error;
    if (fs.look(to)) throw existsAlready(name);
    fs.rename(from, to);
    return;
  }
  fs.unlink(from);
}

function existsAlready(name: string): UsageError {
  return new UsageError(`${printable(name)} exists already; --force replaces it`);
}

function busy(temporary: string): UsageError {
  return new UsageError(`another migwire is writing ${printable(basename(temporary))}`);
}
