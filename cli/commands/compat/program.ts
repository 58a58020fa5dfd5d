import { type Command, Option } from "commander";
import { MODES, TRANSPORTS } from "../../../compat/check/scenario.ts";
import { addEndOptions } from "../../check/end-options.ts";
import type { ExitStatus } from "../../exit.ts";
import { asFormat, count, helperTimeout, INPUT, STDIN, size } from "../../options.ts";
import type { Output } from "../../output.ts";
import { BREAKING_FORMATS } from "./formats.ts";

/** Adds `compat` and its verbs, and `rules`, to the command line. */
export function addCompat(program: Command, output: Output, done: (status: ExitStatus) => void): void {
  const compat = program.command("compat").description("what released peers take, and what would break them");

  addEndOptions(
    compat
      .command("check")
      .description(
        "may these two migrate? outcome, stage, error text, remedy; NDJSON from stdin without a file",
      )
      .argument("[file]", "a scenario, or several: JSON, or one a line; - or nothing for lines on stdin")
      .option(
        "--from <peer>",
        "the source: qemu-7.2.22, an inventory, or both with a domain's XML, joined by a comma",
      )
      .option("--to <peer>", "the destination, likewise"),
  )
    .addOption(
      new Option("--transport <transport>", "what connects them; tcp unless told").choices(TRANSPORTS),
    )
    .addOption(new Option("--mode <mode>", "what is done; precopy unless told").choices(MODES))
    .option("--bitmap <node/bitmap>", "dirty bitmap on the source", gather)
    .option("--node <name>", "block node of the destination", gather)
    .option("--no-observations", "by the models alone, without recorded runs")
    .option("--json", "one JSON document")
    .option("--ndjson", "one JSON document a line")
    .action(async (file: string | undefined, options) => {
      const { check } = await import("./check.ts");
      done(await check(file, options, output));
    });

  compat
    .command("gate")
    .description("which features two peers may use together, and why not the others")
    .argument(
      "[peer...]",
      "source, then destination: qemu-7.2.22, an inventory, or both with a domain's XML, joined by a comma",
    )
    .option("--machine <type>", "the guest's machine type; without it the newest that both have")
    .option("--want <features>", "the largest safe set of these, and the commands", gather)
    .option(
      "--qmp <address>",
      "a live monitor for a peer that is not named: unix:/path, tcp:HOST:PORT",
      gatherWhole,
    )
    .option("--both", "the other direction as well")
    .option("--no-observations", "by the models alone, without recorded runs")
    .option("--json", "one JSON document")
    .action(async (peers: string[], options) => {
      const { gate } = await import("./gate.ts");
      done(await gate(peers, options, output));
    });

  compat
    .command("matrix")
    .description("releases x releases for a set of features; all of them, those named, or those of a fleet")
    .argument("[peer...]", "7.2.22, all from one to another (7.2..8.1), or inventories")
    .option("--machine <type>", "under this machine type; without it the newest pc-q35 that both have")
    .option("--with <features>", "capabilities, PARAMETER=VALUE, zlib, zstd, postcopy, preempt, …", gather)
    .option("--no-observations", "by the models alone, without recorded runs")
    .option("--json", "one JSON document")
    .option("--fleet <inventory>", "the versions of a fleet's hosts instead")
    .option("--csv", "a row for each pair")
    .option("--html", "a page with a heat map, which needs nothing else")
    .action(async (names: string[], options) => {
      const { matrix } = await import("./matrix.ts");
      done(await matrix(names, options, output));
    });

  compat
    .command("fleet")
    .description("hosts and VMs: which moves are safe, in which order to upgrade, which VMs pin a host")
    .argument("<inventory>", "YAML or JSON, as docs/fleet.md has it; - for stdin")
    .option("--json", "one JSON document")
    .action(async (file: string, options) => {
      const { fleet } = await import("./fleet.ts");
      done(await fleet(file, options, output));
    });

  compat
    .command("load")
    .description("will this stream, image or capture load there?")
    .argument("[input...]", INPUT, [STDIN])
    .option("--on <peer>", "qemu-7.2.22, an inventory, several with commas, or all", gather)
    .option("--vmstate <dump>", "-dump-vmstate of the destination, plain or gzip")
    .option("--memory <MiB>", "main memory of the destination", count)
    .option("--migration <number>", "which migration of a capture that holds several", count)
    .option("--snapshot <id>", "which snapshot of a qcow2 image, by its id or name")
    .option("--json", "one JSON document")
    .option("--offset <bytes>", "where it begins in the file", size)
    .addOption(helperTimeout())
    .addOption(asFormat())
    .action(async (inputs: string[], options) => {
      const { load } = await import("./load.ts");
      done(await load(inputs, options, output));
    });

  compat
    .command("bitmaps")
    .description(
      "a bitmap mapping: is it valid, is every bitmap covered, and what is it in the other grammar?",
    )
    .argument("<file>", "block-bitmap-mapping or full map, YAML or JSON; - for stdin")
    .option("--bitmap <node/bitmap>", "dirty bitmap on the source", gather)
    .option("--node <name>", "block node of the destination", gather)
    .option("--release <version>", "for this release; without it the newest")
    .addOption(new Option("--to <grammar>", "translate it").choices(["full-map", "block-bitmap-mapping"]))
    .option("--json", "one JSON document")
    .action(async (file: string, options) => {
      const { bitmaps } = await import("./bitmaps.ts");
      done(await bitmaps(file, options, output));
    });

  compat
    .command("breaking")
    .description("a proposed change of the protocol against every released peer")
    .argument("<proposal>", "YAML or JSON, as docs/proposals.md has it; - for stdin")
    .option(
      "--against <release>",
      "only these, several with commas: qemu-5.2, qemu-5.2..qemu-8.0, libvirt-9.0.0",
      gather,
    )
    .addOption(new Option("--format <format>", "how to tell it").choices(BREAKING_FORMATS).default("text"))
    .option("--json", "one JSON document; the same as --format json")
    .action(async (file: string, options) => {
      const { breaking } = await import("./breaking.ts");
      const { json, ...rest } = options;
      done(await breaking(file, json ? { ...rest, format: "json" } : rest, output));
    });

  program
    .command("rules")
    .description("the rules that a proposal or a scenario can break: lists them, or shows one")
    .argument("[id]", "a rule's id")
    .option("--json", "one JSON document")
    .action(async (id: string | undefined, options) => {
      const { rules } = await import("../rules.ts");
      done(await rules(id, options, output));
    });
}

/** An option that may be given several times, or with commas. */
function gather(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(",")];
}

/** An option that may be given several times, in which commas mean something. */
function gatherWhole(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
