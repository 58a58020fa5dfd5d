import { CLEAN, type ExitStatus, FAILED, isRefusal } from "./exit.ts";
import { BrokenPipe, type Output, processOutput } from "./output.ts";
import { harmless } from "./printable.ts";

/** Runs one command line. Never throws; the exit status says how it went. */
export async function run(args: readonly string[], output: Output = processOutput): Promise<ExitStatus> {
  try {
    return isPlainVerify(args) ? await verifyPlainly(args.slice(1), output) : await parse(args, output);
  } catch (error) {
    return tell(error, output);
  }
}

/** `verify FILE...` is what runs over thousands of files; loading the option parser would be a third of its start. */
function isPlainVerify([verb, ...names]: readonly string[]): boolean {
  return (
    verb === "verify" && names.length > 0 && names.every((name) => name === "-" || !name.startsWith("-"))
  );
}

async function verifyPlainly(names: readonly string[], output: Output): Promise<ExitStatus> {
  const { verify } = await import("./commands/verify.ts");
  return await verify(names, {}, output);
}

async function parse(args: readonly string[], output: Output): Promise<ExitStatus> {
  const { buildProgram } = await import("./program.ts");
  let status: ExitStatus = CLEAN;
  const program = buildProgram(output, (result) => {
    status = result;
  });
  await program.parseAsync(args, { from: "user" });
  return status;
}

function tell(error: unknown, output: Output): ExitStatus {
  if (error instanceof BrokenPipe) return CLEAN;
  if (isParserExit(error)) return error.exitCode === 0 ? CLEAN : FAILED;
  if (isRefusal(error)) output.err(`migwire: ${harmless(error.message)}\n`);
  else
    output.err(
      `migwire: this is a mistake of migwire's own, please report it\n${error instanceof Error ? error.stack : error}\n`,
    );
  return FAILED;
}

/** Commander ends by an error, which it has told already; help and version end with status 0. */
function isParserExit(error: unknown): error is Error & { readonly exitCode: number } {
  return (
    error instanceof Error &&
    "exitCode" in error &&
    "code" in error &&
    String(error.code).startsWith("commander.")
  );
}
