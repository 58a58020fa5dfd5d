import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** How a process ended. */
export interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly text: string;
}

/** Bundles the verbs of `migwire image` into a program that tests may kill. */
export async function buildImageProgram(directory: string): Promise<string> {
  const outfile = join(directory, "image.cjs");
  const entry = fileURLToPath(new URL("image-entry.ts", import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
  });
  return outfile;
}

export function runProgram(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let text = "";
  for (const pipe of [child.stdout, child.stderr])
    pipe.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status, signal) => resolve({ status, signal, text }));
  });
}
