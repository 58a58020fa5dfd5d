import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { onTestFinished } from "vitest";

export const hasFlock = spawnSync("flock", ["--version"]).status === 0;
export const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Runs a program that says something once it holds what it is to hold, until the test is over. */
export async function holding(command: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await new Promise<void>((resolve) => child.stdout?.once("data", () => resolve()));
  return child;
}

/** Holds a lock of the kind that `call` takes on the file `f`. */
export function pythonHolding(path: string, call: string): Promise<ChildProcess> {
  const code = `import fcntl, struct, sys
f = open(sys.argv[1], 'r+b')
${call}
print('held', flush=True)
sys.stdin.read()`;
  return holding("python3", ["-c", code, path]);
}
