import { Command, Option } from "commander";
import { addCompat } from "./commands/compat/program.ts";
import { addImage } from "./commands/image/program.ts";
import type { ExitStatus } from "./exit.ts";
import { asFormat, count, gather, helperTimeout, INPUT, ONE_INPUT, STDIN, size } from "./options.ts";
import type { Output } from "./output.ts";
import { harmless } from "./printable.ts";
import { VERSION } from "./version.ts";

/** The command line's verbs and options. `done` learns how the verb went. */
export function buildProgram(output: Output, done: (status: ExitStatus) => void): Command {
  const program = new Command("migwire")
    .description("Reads, checks and predicts QEMU migration on the wire.")
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: (text) => output.out(text), writeErr: (text) => output.err(harmless(text)) })
    .showHelpAfterError("(--help behind the verb tells what it takes)");

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

  program
    .command("explain")
    .description("a rule id, or text pasted from QEMU or libvirt: what it means, who says it, what to try")
    .argument("[text...]", "ids, or words of a message; - or nothing for stdin")
    .option("--release <release>", "what this release says comes first: qemu-7.2.22")
    .option("--json", "one JSON document")
    .action(async (words: string[], options) => {
      const { explain } = await import("./commands/explain.ts");
      done(await explain(words, options, output));
    });

  program
    .command("vmstate")
    .description("what QEMU's -dump-vmstate tells of device states")
    .command("diff")
    .description("two dumps: what of the first would the second not load?")
    .argument("<from>", "-dump-vmstate of the source, plain or gzip; - for stdin")
    .argument("<to>", "that of the destination")
    .option("--only-devices-of <stream>", "only what this stream uses")
    .option("--reverse", "from the second to the first")
    .option("--both", "in both directions")
    .option("--json", "one JSON document")
    .action(async (from: string, to: string, options) => {
      const { diff } = await import("./commands/vmstate/diff.ts");
      done(await diff(from, to, options, output));
    });

  addCompat(program, output, done);
  addImage(program, output, done);
  return program;
}
