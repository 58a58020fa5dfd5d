import { CLEAN, type ExitStatus, FAILED, FINDINGS, isRefusal } from "../exit.ts";
import { findingLines } from "../finding-lines.ts";
import { findingsDocument, hasErrors, onStream, type Remark } from "../findings.ts";
import { type InputOptions, type Job, jobsOf } from "../jobs.ts";
import { type Output, painter } from "../output.ts";
import { printable } from "../printable.ts";
import type { SessionJob } from "../read-session.ts";
import { readStream } from "../read-stream.ts";
import { type Verdict, verdictOfSession, verdictOfStream } from "../verdict.ts";

export interface VerifyOptions extends InputOptions {
  readonly json?: boolean;
}

/** One input, or several that are one migration, judged. */
interface Judgement {
  readonly name: string;
  /** Names of the files, where they are several. */
  readonly inputs?: readonly string[];
  readonly container: string | null;
  readonly verdict: Verdict;
  readonly remarks: readonly Remark[];
  readonly untold: Readonly<Record<string, number>>;
}

/** Judges each input as it comes. One that cannot be read does not keep the others from being judged. */
export async function verify(
  names: readonly string[],
  options: VerifyOptions,
  output: Output,
): Promise<ExitStatus> {
  const judgements: Judgement[] = [];
  let refused = false;
  for (const job of jobsOf(names, options)) {
    try {
      const judgement = await judge(job, output);
      judgements.push(judgement);
      if (!options.json) output.out(text(judgement, output));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused = true;
      output.err(`migwire: ${error.message}\n`);
    }
  }
  if (options.json && judgements.length > 0) output.out(`${JSON.stringify(document(judgements), null, 2)}\n`);
  if (refused) return FAILED;
  return judgements.every(isClean) ? CLEAN : FINDINGS;
}

function isClean({ verdict, remarks }: Judgement): boolean {
  return verdict === "whole" && !hasErrors(remarks.map(({ finding }) => finding));
}

async function judge(job: Job, output: Output): Promise<Judgement> {
  if (job.kind === "refused") throw job.error;
  if (job.kind !== "stream") return await judgeSession(job, output);
  const reading = await readStream(job.source.open(), { event: () => {} }, output);
  const { name, container, findings, end } = reading;
  const verdict = verdictOfStream(reading);
  return { name, container, verdict, remarks: onStream(findings), untold: end.untold };
}

async function judgeSession(job: SessionJob, output: Output): Promise<Judgement> {
  const [{ readSession }, { remarksOf }] = await Promise.all([
    import("../read-session.ts"),
    import("../session-remarks.ts"),
  ]);
  const reading = await readSession(job, { event: () => {} }, output);
  const inputs = reading.inputs.map(({ name }) => name);
  return {
    name: inputs.join(" + "),
    ...(inputs.length > 1 ? { inputs } : {}),
    container: reading.inputs[0]?.container ?? null,
    verdict: verdictOfSession(reading),
    remarks: remarksOf(reading),
    untold: reading.untold,
  };
}

function document(judgements: readonly Judgement[]) {
  return {
    format: "migwire/verify@1",
    inputs: judgements.map(({ remarks, untold, ...judgement }) => ({
      ...judgement,
      ...findingsDocument(remarks, untold),
    })),
  };
}

function text({ name, verdict, remarks, untold }: Judgement, output: Output): string {
  const paint = painter(output);
  const style = verdict === "whole" ? "green" : "red";
  return `${printable(name)}: ${paint(style, verdict)}\n${findingLines(remarks, paint, untold)}`;
}
