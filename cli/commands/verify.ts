import { CLEAN, type ExitStatus, FAILED, FINDINGS, isRefusal, UsageError } from "../exit.ts";
import { hasErrors } from "../findings.ts";
import type { InputOptions } from "../jobs.ts";
import type { Output } from "../output.ts";
import { isDirectory, jobsIn } from "../verify/inputs.ts";
import { judge } from "../verify/judge.ts";
import type { Judgement, Reporter } from "../verify/judgement.ts";
import type { PolicyOptions } from "../verify/predictions.ts";
import { textReporter } from "../verify/report-text.ts";

export interface VerifyOptions extends InputOptions, PolicyOptions {
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly junit?: boolean;
}

/** Judges each input as it comes. One that cannot be read does not keep the others from being judged. */
export async function verify(
  names: readonly string[],
  options: VerifyOptions,
  output: Output,
): Promise<ExitStatus> {
  if (options.qemu !== undefined && options.libvirt === undefined)
    throw new UsageError("--qemu says which QEMU is beside a libvirt: name that with --libvirt");
  for (const version of [options.libvirt, options.qemu])
    if (version !== undefined && !/^\d+\.\d+(\.\d+)?$/.test(version))
      throw new UsageError(`${version} is no version: 9.0.0 is one`);
  const reporter = await reporterFor(names, options, output);
  let status: ExitStatus = CLEAN;
  for (const job of jobsIn(names, options)) {
    try {
      if (job.kind === "refused") throw job.error;
      for await (const judgement of judge(job, options, output)) {
        reporter.judged(judgement);
        status = worse(status, statusOf(judgement));
      }
    } catch (error) {
      if (!isRefusal(error)) throw error;
      reporter.refused(error);
      status = FAILED;
    }
  }
  reporter.end();
  return status;
}

async function reporterFor(
  names: readonly string[],
  { json, ndjson, junit, libvirt }: VerifyOptions,
  output: Output,
): Promise<Reporter> {
  if ([json, ndjson, junit].filter(Boolean).length > 1)
    throw new UsageError("--json, --ndjson and --junit are three forms of one result: choose one");
  if (junit) return (await import("../verify/report-junit.ts")).junitReporter(output);
  if (ndjson) return (await import("../verify/report-json.ts")).ndjsonReporter(output);
  if (json) return (await import("../verify/report-json.ts")).jsonReporter(output);
  const several = names.length > 1 || names.some(isDirectory);
  return textReporter(output, { several, narrowed: libvirt !== undefined });
}

/** What cannot be judged fails, whatever is known of it already. */
function statusOf({ verdict, remarks, unjudged }: Judgement): ExitStatus {
  if (unjudged) return FAILED;
  const clean = verdict === "whole" && !hasErrors(remarks.map(({ finding }) => finding));
  return clean ? CLEAN : FINDINGS;
}

function worse(a: ExitStatus, b: ExitStatus): ExitStatus {
  return a > b ? a : b;
}
