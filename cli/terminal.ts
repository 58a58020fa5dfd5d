import { fstatSync } from "node:fs";

/** Whether a person sits at this end. Node's tty module is only loaded for what can be a terminal at all. */
export function isTerminal(fd: number): boolean {
  return fstatSync(fd).isCharacterDevice() && process.getBuiltinModule("node:tty").isatty(fd);
}
