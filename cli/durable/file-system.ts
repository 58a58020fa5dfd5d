import {
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";

/** Everything that safe writing asks of the system, one system call each. Tests count the calls, and die between them. */
export interface FileSystem {
  open(path: string, flags: number, mode?: number): number;
  close(fd: number): void;
  /** Reads at the position of the file where none is given. Returns how many bytes came. */
  read(fd: number, into: Uint8Array, position: number | null): number;
  write(fd: number, bytes: Uint8Array, position: number | null): number;
  sync(fd: number): void;
  truncate(fd: number, length: number): void;
  chmod(fd: number, mode: number): void;
  chown(fd: number, uid: number, gid: number): void;
  stat(fd: number): BigIntStats;
  /** What the name itself is, not what it links to. */
  look(path: string): BigIntStats | undefined;
  link(from: string, to: string): void;
  rename(from: string, to: string): void;
  unlink(path: string): void;
}

export const nodeFileSystem: FileSystem = {
  open: (path, flags, mode) => openSync(path, flags, mode),
  close: (fd) => closeSync(fd),
  read: (fd, into, position) => readSync(fd, into, 0, into.length, position),
  write: (fd, bytes, position) => writeSync(fd, bytes, 0, bytes.length, position),
  sync: (fd) => fsyncSync(fd),
  truncate: (fd, length) => ftruncateSync(fd, length),
  chmod: (fd, mode) => fchmodSync(fd, mode),
  chown: (fd, uid, gid) => fchownSync(fd, uid, gid),
  stat: (fd) => fstatSync(fd, { bigint: true }),
  look: (path) => lstatSync(path, { bigint: true, throwIfNoEntry: false }),
  link: (from, to) => linkSync(from, to),
  rename: (from, to) => renameSync(from, to),
  unlink: (path) => unlinkSync(path),
};

/** A file that must not have been there, nor be a link. */
export const FRESH = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Writes all of it, from `position` on or where the file stands. */
export function writeFully(fs: FileSystem, fd: number, bytes: Uint8Array, position: number | null): void {
  for (let done = 0; done < bytes.length; ) {
    const at = position === null ? null : position + done;
    const count = fs.write(fd, bytes.subarray(done), at);
    if (count === 0) throw new Error("the system wrote nothing, and gave no reason");
    done += count;
  }
}

/** Up to `length` bytes from `position` on; fewer only where the file ends. */
export function readUpTo(
  fs: FileSystem,
  fd: number,
  length: number,
  position: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const count = fs.read(fd, bytes.subarray(done), position + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

/** File systems that cannot sync a directory, and directories that cannot be opened. */
const UNSYNCED = new Set(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "EACCES", "EISDIR", "EBADF"]);

/** Makes the names in a directory last. */
export function syncDirectory(fs: FileSystem, path: string): void {
  try {
    const fd = fs.open(path, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      fs.sync(fd);
    } finally {
      fs.close(fd);
    }
  } catch (error) {
    if (!UNSYNCED.has(codeOf(error) ?? "")) throw error;
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
