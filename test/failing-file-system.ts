import { type FileSystem, nodeFileSystem } from "../cli/durable/file-system.ts";

/** An error as the system gives it. */
function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: made up for a test, ${syscall}`), { code, syscall });
}

/** The file system, but chosen calls fail: each is asked before it is done. */
export function failing(
  calls: { readonly [K in keyof FileSystem]?: (...args: Parameters<FileSystem[K]>) => string | undefined },
): FileSystem {
  const fs = { ...nodeFileSystem };
  for (const [name, why] of Object.entries(calls)) {
    const call = nodeFileSystem[name as keyof FileSystem] as (...args: unknown[]) => unknown;
    const failing = (...args: unknown[]) => {
      const code = (why as (...args: unknown[]) => string | undefined)(...args);
      if (code !== undefined) throw systemError(code, name);
      return call(...args);
    };
    Object.assign(fs, { [name]: failing });
  }
  return fs;
}
