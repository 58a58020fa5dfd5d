import { Command, InvalidArgumentError, Option } from "commander";
import type { ExitStatus } from "./exit.ts";
import { FORMATS } from "./kind.ts";
import type { Output } from "./output.ts";
import { VERSION } from "./version.ts";

const INPUT =
  "stream, capture (pcap, pcapng) or the files of a migration's channels, plain or gzip; - or nothing for stdin";
const ONE_INPUT =
  "stream, capture (pcap, pcapng) or file of one channel, plain or gzip; - or nothing for stdin";
const asFormat = () =>
  new Option("--as-format <format>", "what the input is, whatever it begins like").choices(FORMATS);
const STDIN = "-";

/** The command line's verbs and options. `done` learns how the verb went. */
export function buildProgram(output: Output, done: (status: ExitStatus) => void): Command {
  const program = new Command("migwire")
    .description("Reads, checks and predicts QEMU migration on the wire.")
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: (text) => output.out(text), writeErr: (text) => output.err(text) })
    .showHelpAfterError();

  program
    .command("decode")
    .description("what is in these bytes? channels, machine, sections, RAM, devices, commands, findings")
    .argument("[input...]", INPUT, [STDIN])
    .option("--json", "one JSON document")
    .option("--ndjson", "one JSON event a line, as they are read")
    .option("--offset <bytes>", "where it begins in the file", size)
    .addOption(asFormat())
    .action(async (inputs: string[], options) => {
      const { decode } = await import("./commands/decode.ts");
      done(await decode(inputs, options, output));
    });

  program
    .command("verify")
    .description("is it whole and well formed? findings only")
    .argument("[input...]", INPUT, [STDIN])
    .option("--json", "one JSON document")
    .option("--offset <bytes>", "where it begins in the file", size)
    .addOption(asFormat())
    .action(async (inputs: string[], options) => {
      const { verify } = await import("./commands/verify.ts");
      done(await verify(inputs, options, output));
    });

  program
    .command("hex")
    .description("annotated dump: every byte belongs to a named field or a named gap")
    .argument("[input]", ONE_INPUT, STDIN)
    .option("--offset <bytes>", "where it begins in the file", size)
    .addOption(asFormat())
    .action(async (input: string, options) => {
      const { hex } = await import("./commands/hex.ts");
      done(await hex(input, options, output));
    });

  program
    .command("ram")
    .description("RAM blocks: pages by kind, SHA-256 of the rebuilt content; --out DIR writes them")
    .argument("[input...]", INPUT, [STDIN])
    .option("--json", "one JSON document")
    .option("--migration <number>", "which migration of a capture that holds several", count)
    .option("--block <name>", "only this block")
    .option("--out <dir>", "write one sparse file a block")
    .option("--force", "replace files that exist")
    .option("--offset <bytes>", "where it begins in the file", size)
    .addOption(asFormat())
    .action(async (inputs: string[], options) => {
      const { ram } = await import("./commands/ram.ts");
      done(await ram(inputs, options, output));
    });

  return program;
}

/** Bytes, with the suffixes QEMU takes for `file:PATH,offset=`. */
function size(text: string): number {
  const match = /^(0x[0-9a-f]+|\d+)([kmgt]?)$/i.exec(text);
  const value = Number(match?.[1]) * 1024 ** " kmgt".indexOf(match?.[2]?.toLowerCase() || " ");
  if (Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("not a size in bytes.");
}

function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("not a number.");
}
