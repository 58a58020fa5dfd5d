import { Command, InvalidArgumentError, Option } from "commander";
import { addCompat } from "./commands/compat/program.ts";
import { addImage } from "./commands/image/program.ts";
import type { ExitStatus } from "./exit.ts";
import { FORMATS } from "./kind.ts";
import type { Output } from "./output.ts";
import { VERSION } from "./version.ts";

const INPUT =
  "stream, save image, qcow2, capture (pcap, pcapng) or the files of a migration's channels; - or nothing for stdin";
const ONE_INPUT =
  "stream, save image, qcow2, capture (pcap, pcapng) or file of one channel, plain or compressed; - or nothing for stdin";
const asFormat = () =>
  new Option("--as-format <format>", "what the input is, whatever it begins like").choices(FORMATS);
const helperTimeout = () =>
  new Option(
    "--helper-timeout <seconds>",
    "end a program that decompresses when it gives nothing for so long",
  ).argParser(seconds);
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
    .option("--snapshot <id>", "which snapshot of a qcow2 image, by its id or name")
    .option("--offset <bytes>", "where it begins in the file", size)
    .addOption(helperTimeout())
    .addOption(asFormat())
    .action(async (inputs: string[], options) => {
      const { decode } = await import("./commands/decode.ts");
      done(await decode(inputs, options, output));
    });

  program
    .command("verify")
    .description(
      "is it whole and well formed, and what would libvirt do with it? a directory stands for its *.save files",
    )
    .argument("[input...]", INPUT, [STDIN])
    .option("--json", "one JSON document")
    .option("--ndjson", "one JSON document a line, for each input as it is judged")
    .option("--junit", "JUnit XML: a test case for each input")
    .option(
      "--libvirt <version>",
      "what this release would do with a save image; without it, one of each generation",
    )
    .option("--qemu <version>", "the QEMU beside that libvirt")
    .option("--domain <name>", "name of a domain that the host has defined")
    .option("--uuid <uuid>", "UUID of a domain that the host has defined")
    .option("--offset <bytes>", "where it begins in the file", size)
    .addOption(helperTimeout())
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
    .option("--snapshot <id>", "which snapshot of a qcow2 image, by its id or name")
    .option("--block <name>", "only this block")
    .option("--out <dir>", "write one sparse file a block")
    .option("--force", "replace files that exist")
    .option("--offset <bytes>", "where it begins in the file", size)
    .addOption(helperTimeout())
    .addOption(asFormat())
    .action(async (inputs: string[], options) => {
      const { ram } = await import("./commands/ram.ts");
      done(await ram(inputs, options, output));
    });

  program
    .command("replay")
    .description("what would a released QEMU or libvirt do with these bytes, and at which would it stop?")
    .argument("[input...]", INPUT, [STDIN])
    .option("--as <peer>", "qemu-7.2.22, libvirt-9.0.0, several with commas, or all", gather)
    .addOption(
      new Option("--side <side>", "what the peer plays; both, where the input has bytes for both").choices([
        "source",
        "destination",
      ]),
    )
    .option("--machine <type>", "the peer's machine type; without it that of the stream")
    .option("--cap <name[=off]>", "capability of the peer, beside those the input shows", gather)
    .option("--param <name=value>", "parameter of the peer", gather)
    .option("--uuid <uuid>", "UUID of the peer's guest")
    .option("--memory <MiB>", "main memory of the peer; without it what the stream announces", count)
    .option("--migration <number>", "which migration of a capture that holds several", count)
    .option("--snapshot <id>", "which snapshot of a qcow2 image, by its id or name")
    .option("--json", "one JSON document")
    .option("--ndjson", "answers crafted cases, one a line on stdin")
    .option("--offset <bytes>", "where it begins in the file", size)
    .addOption(helperTimeout())
    .addOption(asFormat())
    .action(async (inputs: string[], options) => {
      const { replay } = await import("./commands/replay.ts");
      done(await replay(inputs, options, output));
    });

  program
    .command("facts")
    .description("what is known of each release, and from where")
    .argument("[subject]", "a path such as qemu/multifd, or a fact's id; without it, what there is")
    .option("--release <release>", "only what is so in this release: qemu-7.2.22, or 7.2")
    .option("--json", "one JSON document")
    .action(async (subject: string | undefined, options) => {
      const { facts } = await import("./commands/facts.ts");
      done(await facts(subject, options, output));
    });

  addCompat(program, output, done);
  addImage(program, output, done);
  return program;
}

/** Bytes, with the suffixes QEMU takes for `file:PATH,offset=`. */
function size(text: string): number {
  const match = /^(0x[0-9a-f]+|\d+)([kmgt]?)$/i.exec(text);
  const value = Number(match?.[1]) * 1024 ** " kmgt".indexOf(match?.[2]?.toLowerCase() || " ");
  if (Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("not a size in bytes.");
}

function seconds(text: string): number {
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("not a number of seconds.");
}

/** Options that may be given several times. */
function gather(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("not a number.");
}
