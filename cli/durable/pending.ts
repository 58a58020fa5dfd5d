import { type BigIntStats, constants, realpathSync } from "node:fs";
import { basename } from "node:path";
import type { Finding } from "../../codec/index.ts";
import { codeOf, type FileSystem, nodeFileSystem, readUpTo, syncDirectory } from "./file-system.ts";
import { fingerprint } from "./fingerprint.ts";
import { type EditJournal, isTorn, LONGEST_JOURNAL, readJournal, same } from "./journal.ts";
import { sideNames } from "./names.ts";

/** Bits of a mode that let others write. */
const OTHERS_MAY_WRITE = 0o022n;

/** What stands beside an image after a write that was interrupted. */
export type Pending =
  /** `done`: all bytes are those that the edit was to bring; only the journal is left over. */
  | { readonly state: "edit"; readonly journal: EditJournal; readonly done: boolean }
  /** It is not whole, so the image was never touched. */
  | { readonly state: "unsound" }
  /** It cannot be about this file, or it may not be trusted. */
  | { readonly state: "foreign"; readonly why: string };

export interface Image {
  readonly fd: number;
  /** Without links. */
  readonly path: string;
}

/** Looks whether an edit of an open image was interrupted; undefined when there is no journal. */
export function pendingEdit({ fd, path }: Image, fs: FileSystem): Pending | undefined {
  const stat = fs.stat(fd);
  const { journal: name } = sideNames(path);
  if (fs.look(name)?.isFile() === false) return { state: "foreign", why: "it is not a regular file" };
  const found = readBeside(name, fs);
  if (found === undefined) return undefined;
  const distrust = whyNotTrusted(found.stat, stat);
  if (distrust !== undefined) return { state: "foreign", why: distrust };
  const journal = readJournal(found.data);
  if (!journal) return { state: "unsound" };
  if (journal.inode !== stat.ino || BigInt(journal.size) !== stat.size)
    return { state: "foreign", why: "it was written for another file than the one of that name now" };
  const now = readUpTo(fs, fd, journal.length, journal.offset);
  if (!isTorn(now, journal) || !same(fingerprint(fs, fd, journal), journal.around))
    return { state: "foreign", why: "the image was changed since by something else" };
  return { state: "edit", journal, done: same(now, journal.fresh) };
}

function readBeside(
  path: string,
  fs: FileSystem,
): { readonly data: Uint8Array; readonly stat: BigIntStats } | undefined {
  if (fs.look(path) === undefined) return undefined;
  let fd: number;
  try {
    fd = fs.open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  try {
    const stat = fs.stat(fd);
    const length = stat.isFile() ? Math.min(Number(stat.size), LONGEST_JOURNAL + 1) : 0;
    return { data: readUpTo(fs, fd, length, 0), stat };
  } finally {
    fs.close(fd);
  }
}

/** A journal makes us write: only those who may write the image anyway may have made it. */
function whyNotTrusted(journal: BigIntStats, image: BigIntStats): string | undefined {
  if (!journal.isFile()) return "it is not a regular file";
  const us = BigInt(process.geteuid?.() ?? 0);
  if (journal.uid !== us && journal.uid !== 0n && journal.uid !== image.uid)
    return `it belongs to user ${journal.uid}, who owns neither the image nor this process`;
  return (journal.mode & OTHERS_MAY_WRITE) === 0n ? undefined : "others may write it";
}

/** Removes the journal of a file that was replaced as a whole: nothing is left of it to finish. */
export function dropJournal(path: string, replaced: BigIntStats, fs: FileSystem): void {
  const { journal: name, directory } = sideNames(path);
  const found = fs.look(name)?.isFile() ? readBeside(name, fs) : undefined;
  if (!found || whyNotTrusted(found.stat, replaced) !== undefined) return;
  const journal = readJournal(found.data);
  if (journal && journal.inode !== replaced.ino) return;
  fs.unlink(name);
  syncDirectory(fs, directory);
}

/** Says whether an edit of the image was interrupted, without finishing it. */
export function pendingJournal(path: string, fs: FileSystem = nodeFileSystem): Finding | undefined {
  let real: string;
  try {
    real = realpathSync(path);
    if (fs.look(sideNames(real).journal) === undefined) return undefined;
  } catch {
    return undefined;
  }
  const pending = look(real, fs);
  if (pending === undefined || (pending.state === "edit" && pending.done)) return undefined;
  const args = {
    journal: basename(sideNames(real).journal),
    state: pending.state,
    ...(pending.state === "foreign" ? { why: pending.why } : {}),
    ...(pending.state === "edit" ? { start: pending.journal.offset, length: pending.journal.length } : {}),
  };
  const offset = pending.state === "edit" ? { offset: pending.journal.offset } : {};
  const level = pending.state === "edit" ? "error" : "warning";
  return { rule: "IMAGE_JOURNAL_PENDING", level, subject: "", ...offset, args };
}

function look(path: string, fs: FileSystem): Pending | undefined {
  try {
    const fd = fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return pendingEdit({ fd, path }, fs);
    } finally {
      fs.close(fd);
    }
  } catch (error) {
    return { state: "foreign", why: error instanceof Error ? error.message : String(error) };
  }
}
