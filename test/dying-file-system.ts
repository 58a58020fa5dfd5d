import { appendFileSync } from "node:fs";
import type { FileSystem } from "../cli/durable/file-system.ts";

/** How a process dies at a system call: before it, after it, or when half of what it writes is written. */
export const DEATHS = ["before", "torn", "after"] as const;
export type Death = (typeof DEATHS)[number];

/** A file system whose process is killed at its `n`th call, and that notes the names of all calls. Those that only look do not count. */
export function dieAt(n: number, how: string, fs: FileSystem, log: string | undefined): FileSystem {
  let calls = 0;
  const die = () => process.kill(process.pid, "SIGKILL");
  const around = <A extends unknown[], R>(name: string, call: (...args: A) => R, torn = call) => {
    return (...args: A): R => {
      if (log !== undefined) appendFileSync(log, `${name}\n`);
      const isLast = calls++ === n;
      if (isLast && how === "before") die();
      const result = isLast && how === "torn" ? torn(...args) : call(...args);
      if (isLast) die();
      return result;
    };
  };
  return {
    ...fs,
    open: around("open", fs.open),
    close: around("close", fs.close),
    write: around("write", fs.write, (fd, bytes, position) =>
      fs.write(fd, bytes.subarray(0, Math.ceil(bytes.length / 2)), position),
    ),
    sync: around("sync", fs.sync),
    truncate: around("truncate", fs.truncate),
    chmod: around("chmod", fs.chmod),
    chown: around("chown", fs.chown),
    link: around("link", fs.link),
    rename: around("rename", fs.rename),
    unlink: around("unlink", fs.unlink),
  };
}
