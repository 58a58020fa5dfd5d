import { spawnSync } from "node:child_process";
import { fstatSync, readFileSync } from "node:fs";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";
import {
  deviceOf,
  deviceOfMount,
  type LockEntry,
  nameInTable,
  namesByStat,
  readLockTable,
} from "./lock-table.ts";

/** How `flock -n` says that somebody else has the lock. */
const TAKEN = 1;

/** Whether an exclusive lock could be taken; `unable` says what was in the way where it is not a lock. */
export type Lock =
  | { readonly state: "held" }
  | { readonly state: "taken" }
  | { readonly state: "unable"; readonly why: string };

/** Takes an exclusive lock on an open file for as long as it is open. Node has no call for it; util-linux has a program. */
export function takeLock(fd: number): Lock {
  const { error, status, stderr } = spawnSync("flock", ["-n", "-x", "3"], {
    stdio: ["ignore", "ignore", "pipe", fd],
    encoding: "utf8",
  });
  if (error) {
    const missing = "code" in error && error.code === "ENOENT";
    return { state: "unable", why: missing ? "the program flock is not installed" : error.message };
  }
  if (status === 0) return { state: "held" };
  if (status === TAKEN && stderr === "") return { state: "taken" };
  return { state: "unable", why: stderr.trim() || `flock ended with status ${status}` };
}

/**
 * Keeps others from changing an open file meanwhile. Refuses while anybody holds a lock of any kind on it; says so where
 * no lock of our own could be taken.
 */
export function lockAgainstOthers(fd: number, name: string, warn: (text: string) => void): void {
  const lock = takeLock(fd);
  const [other] = locksOfOthers(fd, lock.state === "held");
  if (other) throw new UsageError(`${printable(name)} is locked by ${holder(other)}: nothing was written`);
  if (lock.state === "taken")
    throw new UsageError(`${printable(name)} is locked by another process: nothing was written`);
  if (lock.state === "unable")
    warn(`${printable(name)} could not be locked (${printable(lock.why)}): see that nobody else writes it`);
}

/** Locks that others hold on an open file, as far as the kernel shows them. */
function locksOfOthers(fd: number, held: boolean): readonly LockEntry[] {
  const table = readIfThere("/proc/locks");
  if (table === undefined) return [];
  const fdinfo = readIfThere(`/proc/self/fdinfo/${fd}`) ?? "";
  const names = new Set(namesOf(fd, fdinfo));
  // Nobody else can have a flock beside our own.
  return readLockTable(table).filter(({ file, kind }) => names.has(file) && !(held && kind === "FLOCK"));
}

function namesOf(fd: number, fdinfo: string): readonly string[] {
  const own = nameInTable(fdinfo);
  if (own !== undefined) return [own];
  const { dev, ino } = fstatSync(fd, { bigint: true });
  const mount = deviceOfMount(fdinfo, readIfThere("/proc/self/mountinfo") ?? "");
  return namesByStat([deviceOf(dev), ...(mount === undefined ? [] : [mount])], ino);
}

function holder({ kind, access, pid }: LockEntry): string {
  const what = `${kind} ${access}`;
  if (pid === null) return `another process (${what})`;
  const name = readIfThere(`/proc/${pid}/comm`)?.trim();
  return `process ${pid}${name ? ` (${printable(name)}, ${what})` : ` (${what})`}`;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
