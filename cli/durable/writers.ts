import type { BigIntStats } from "node:fs";
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { printable } from "../printable.ts";

/** Access mode in the flags of an open file; 0 is for reading only. */
const ACCESS_MODE = 3;

/**
 * Other processes that have a file open for writing, as far as we may look. It is a look, not a lock: they may come and
 * go at any time, and without privileges only our own processes are seen.
 */
export function writersOf({ dev, ino }: BigIntStats): readonly string[] {
  return list("/proc")
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => list(`/proc/${pid}/fd`).some((fd) => isOpenForWriting(pid, fd, dev, ino)))
    .map((pid) => `process ${pid}${nameOf(pid)}`);
}

function isOpenForWriting(pid: string, fd: string, dev: bigint, ino: bigint): boolean {
  try {
    const link = `/proc/${pid}/fd/${fd}`;
    if (!readlinkSync(link).startsWith("/")) return false;
    const stat = statSync(link, { bigint: true });
    if (stat.ino !== ino || stat.dev !== dev) return false;
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, "utf8"))?.[1];
    return flags !== undefined && (Number.parseInt(flags.slice(-1), 8) & ACCESS_MODE) !== 0;
  } catch {
    return false;
  }
}

function nameOf(pid: string): string {
  try {
    return ` (${printable(readFileSync(`/proc/${pid}/comm`, "utf8").trim())})`;
  } catch {
    return "";
  }
}

function list(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
