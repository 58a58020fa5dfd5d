import { type Command, Option } from "commander";
import type { ExitStatus } from "../../exit.ts";
import type { Output } from "../../output.ts";
import { BREAKING_FORMATS } from "./formats.ts";

/** Adds `compat` and its verbs, and `rules`, to the command line. */
export function addCompat(program: Command, output: Output, done: (status: ExitStatus) => void): void {
  const compat = program.command("compat").description("what released peers take, and what would break them");

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
    .description("the rules that a proposal can break: lists them, or shows one")
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
