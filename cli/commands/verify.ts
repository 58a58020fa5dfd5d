import { CLEAN, type ExitStatus, FAILED, FINDINGS, isRefusal } from "../exit.ts";
import { findingLines, findingsDocument, hasErrors } from "../findings.ts";
import { type Output, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { type Reading, readStreamFile } from "../read-stream.ts";

export interface VerifyOptions {
  readonly json?: boolean;
  readonly offset?: number;
}

type Verdict = "whole" | "partial" | "damaged" | "unrecognised";

/** Judges each input as it comes. One that cannot be read does not keep the others from being judged. */
export async function verify(
  names: readonly string[],
  options: VerifyOptions,
  output: Output,
): Promise<ExitStatus> {
  const readings: Reading[] = [];
  let refused = false;
  for (const name of names) {
    try {
      const reading = await readStreamFile(name, { event: () => {} }, options.offset ?? 0, output);
      readings.push(reading);
      if (!options.json) output.out(text(reading, output));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused = true;
      output.err(`migwire: ${error.message}\n`);
    }
  }
  if (options.json && readings.length > 0) output.out(`${JSON.stringify(document(readings), null, 2)}\n`);
  if (refused) return FAILED;
  return readings.some(({ findings }) => hasErrors(findings)) ? FINDINGS : CLEAN;
}

function verdictOf({ container, findings, end }: Reading): Verdict {
  if (container === null) return end.reason === "truncated" && end.offset > 0 ? "partial" : "unrecognised";
  const wrong = findings.filter(({ level }) => level === "error");
  if (wrong.some(({ rule }) => rule !== "STREAM_COMPLETE" && rule !== "CONTAINER_SOUND")) return "damaged";
  return wrong.length > 0 ? "partial" : "whole";
}

function document(readings: readonly Reading[]) {
  return {
    format: "migwire/verify@1",
    inputs: readings.map((reading) => ({
      name: reading.name,
      container: reading.container,
      verdict: verdictOf(reading),
      ...findingsDocument(reading.findings, reading.end.untold),
    })),
  };
}

function text(reading: Reading, output: Output): string {
  const paint = painter(output);
  const verdict = verdictOf(reading);
  const style = verdict === "whole" ? "green" : "red";
  return `${printable(reading.name)}: ${paint(style, verdict)}\n${findingLines(reading.findings, paint, reading.end.untold)}`;
}
