import { constants, realpathSync } from "node:fs";
import { basename } from "node:path";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";
import { codeOf, type FileSystem, FRESH, syncDirectory, writeFully } from "./file-system.ts";
import { fingerprint } from "./fingerprint.ts";
import { journalBytes, LONGEST_EDIT } from "./journal.ts";
import { lockAgainstOthers } from "./lock.ts";
import { sideNames } from "./names.ts";
import { type Image, pendingEdit } from "./pending.ts";
import { takeStale } from "./stale.ts";
import { writersOf } from "./writers.ts";

/** Bytes that replace as many others. */
export interface Edit {
  readonly offset: number;
  readonly old: Uint8Array;
  readonly fresh: Uint8Array;
}

/** The same edit without what it does not change; undefined when it changes nothing. */
export function trim({ offset, old, fresh }: Edit): Edit | undefined {
  if (old.length !== fresh.length) throw new TypeError("an edit in place keeps the length");
  let start = 0;
  let end = old.length;
  while (start < end && old[start] === fresh[start]) start++;
  while (end > start && old[end - 1] === fresh[end - 1]) end--;
  if (start === end) return undefined;
  return { offset: offset + start, old: old.subarray(start, end), fresh: fresh.subarray(start, end) };
}

export interface Circumstances {
  readonly fs: FileSystem;
  /** Tells the user something that does not keep the work from being done. */
  warn(text: string): void;
}

/**
 * Opens an image to edit it in place, keeps others out as long as `work` takes, and first finishes an edit that was
 * interrupted. Links are followed; the file stays the same, with its owner, mode, attributes and holes.
 */
export async function withImage<T>(
  name: string,
  { fs, warn }: Circumstances,
  work: (image: Image) => T | Promise<T>,
): Promise<T> {
  const path = realpathSync(name);
  if (!fs.look(path)?.isFile())
    throw new UsageError(
      `${printable(name)} is not a regular file: there is no place beside it for the journal that makes an edit safe`,
    );
  const fd = openToWrite(path, name, fs);
  try {
    lockAgainstOthers(fd, name, warn);
    const [writer] = writersOf(fs.stat(fd));
    if (writer) warn(`${printable(name)} is open for writing by ${writer}`);
    if (fs.look(path)?.ino !== fs.stat(fd).ino)
      throw new UsageError(`${printable(name)} was replaced meanwhile: nothing was written`);
    const image = { fd, path };
    finishPending(image, name, { fs, warn });
    return await work(image);
  } finally {
    fs.close(fd);
  }
}

function openToWrite(path: string, name: string, fs: FileSystem): number {
  try {
    return fs.open(path, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === "EAGAIN")
      throw new UsageError(`another process holds a lease on ${printable(name)}: nothing was written`);
    throw error;
  }
}

/** Brings an interrupted edit to its end, and removes what an interrupted write left beside the image. */
function finishPending(image: Image, name: string, { fs, warn }: Circumstances): void {
  const { journal, newJournal, newFile, directory } = sideNames(image.path);
  const pending = pendingEdit(image, fs);
  const told = printable(basename(journal));
  if (pending?.state === "foreign")
    throw new UsageError(
      `the journal ${told} beside ${printable(name)} cannot be used: ${pending.why}. Look at the image with "migwire verify"; if it is as you want it, remove the journal`,
    );
  if (pending?.state === "edit") {
    if (!pending.done) writeFully(fs, image.fd, pending.journal.fresh, pending.journal.offset);
    fs.sync(image.fd);
    warn(`an edit of ${printable(name)} had been interrupted: it is finished now`);
  }
  if (pending?.state === "unsound")
    warn(`the journal ${told} was not whole, so ${printable(name)} had not been touched: it is removed`);
  if (pending) {
    fs.unlink(journal);
    syncDirectory(fs, directory);
  }
  const held = fs.stat(image.fd);
  takeStale(newJournal, held, fs);
  takeStale(newFile, held, fs);
}

/**
 * Replaces bytes of a locked image so that it is the old or the new one whatever happens: what is to be done is on disk
 * before the image is touched, and the next run finishes it.
 */
export function applyEdit({ fd, path }: Image, edit: Edit, fs: FileSystem): void {
  const { offset, old, fresh } = edit;
  if (fresh.length > LONGEST_EDIT)
    throw new UsageError(
      `an edit of ${fresh.length} bytes is longer than the ${LONGEST_EDIT} that fit a journal`,
    );
  const { journal, directory } = sideNames(path);
  const { ino, size } = fs.stat(fd);
  const place = { size: Number(size), offset, length: fresh.length };
  const entry = { ...place, inode: ino, around: fingerprint(fs, fd, place), old, fresh };
  writeJournal(path, journalBytes(entry), fs);
  try {
    writeFully(fs, fd, fresh, offset);
    fs.sync(fd);
  } catch (error) {
    takeBack({ fd, path }, edit, fs, error);
    throw error;
  }
  fs.unlink(journal);
  syncDirectory(fs, directory);
}

function writeJournal(path: string, data: Uint8Array, fs: FileSystem): void {
  try {
    tryJournal(path, data, fs);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `the journal that makes an edit safe could not be written beside ${printable(basename(path))}, so the image was not touched: ${why}`,
    );
  }
}

function tryJournal(path: string, data: Uint8Array, fs: FileSystem): void {
  const { journal, newJournal, directory } = sideNames(path);
  const fd = fs.open(newJournal, FRESH, 0o600);
  let name = newJournal;
  try {
    try {
      writeFully(fs, fd, data, 0);
      fs.sync(fd);
    } finally {
      fs.close(fd);
    }
    fs.rename(newJournal, journal);
    name = journal;
    syncDirectory(fs, directory);
  } catch (error) {
    fs.unlink(name);
    throw error;
  }
}

/** After the system refused the new bytes: the old ones had room there before. */
function takeBack({ fd, path }: Image, { offset, old }: Edit, fs: FileSystem, reason: unknown): void {
  const { journal, directory } = sideNames(path);
  try {
    writeFully(fs, fd, old, offset);
    fs.sync(fd);
  } catch {
    const why = reason instanceof Error ? reason.message : String(reason);
    throw new UsageError(
      `the edit could neither be finished nor taken back (${why}): ${basename(journal)} stays beside the image, and the next "migwire image" finishes it`,
    );
  }
  fs.unlink(journal);
  syncDirectory(fs, directory);
}
