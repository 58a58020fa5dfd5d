import { Command } from "commander";
import { addImage } from "../cli/commands/image/program.ts";
import { nodeFileSystem } from "../cli/durable/file-system.ts";
import { isRefusal } from "../cli/exit.ts";
import { processOutput } from "../cli/output.ts";
import { dieAt } from "./dying-file-system.ts";

/** The verbs of `migwire image` in a process of their own, which may be made to die at one of its system calls. */
const { DIE_AT, DIE_HOW = "before", DIE_LOG } = process.env;
const fs = DIE_AT === undefined ? nodeFileSystem : dieAt(Number(DIE_AT), DIE_HOW, nodeFileSystem, DIE_LOG);
const program = new Command("migwire").exitOverride();
addImage(
  program,
  processOutput,
  (status) => {
    process.exitCode = status;
  },
  fs,
);
program.parseAsync(process.argv).catch((error) => {
  processOutput.err(`${isRefusal(error) ? error.message : (error as Error).stack}\n`);
  process.exitCode = 2;
});
