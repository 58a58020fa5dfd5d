import { run } from "../cli/run.ts";
import { concat } from "./streams.ts";

/** Runs a command line in this process and gathers what it wrote. */
export async function cli(...args: readonly string[]) {
  let out = "";
  let err = "";
  const chunks: Uint8Array[] = [];
  const output = {
    out: (text: string) => {
      out += text;
    },
    bytes: (chunk: Uint8Array) => {
      chunks.push(chunk.slice());
      out += new TextDecoder().decode(chunk);
    },
    err: (text: string) => {
      err += text;
    },
    colour: false,
    interactive: false,
  };
  const status = await run(args, output);
  return { status, out, err, bytes: concat(...chunks) };
}
