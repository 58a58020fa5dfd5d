import { run } from "../cli/run.ts";

/** Runs a command line in this process and gathers what it wrote. */
export async function cli(...args: readonly string[]) {
  let out = "";
  let err = "";
  const output = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    colour: false,
    interactive: false,
  };
  const status = await run(args, output);
  return { status, out, err };
}
