import { type BigIntStats, constants } from "node:fs";
import { basename } from "node:path";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";
import { codeOf, type FileSystem } from "./file-system.ts";
import { takeLock } from "./lock.ts";

/**
 * Removes a file that an interrupted write left behind. One that another process is writing is locked, and refused. `held` is
 * the file that we have locked ourselves: a write may have been interrupted when it had got its name, and had both.
 */
export function takeStale(path: string, held: BigIntStats | undefined, fs: FileSystem): void {
  const found = fs.look(path);
  if (!found) return;
  if (held && found.ino === held.ino && found.dev === held.dev) {
    fs.unlink(path);
    return;
  }
  const name = printable(basename(path));
  if (!found.isFile()) throw new UsageError(`${name} is in the way: it is not a regular file`);
  let fd: number;
  try {
    fd = fs.open(path, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  try {
    const { state } = takeLock(fd);
    if (state === "taken") throw new UsageError(`another migwire is writing ${name}`);
    if (state === "unable")
      throw new UsageError(
        `${name} was left by another run of migwire, or is in use by one: remove it when there is none`,
      );
    if (fs.look(path)?.ino === fs.stat(fd).ino) fs.unlink(path);
  } finally {
    fs.close(fd);
  }
}
