import type { Job } from "../jobs.ts";
import type { Output } from "../output.ts";
import type { SessionJob } from "../read-session.ts";
import { verdictOfSession } from "../verdict.ts";
import { isSaveName } from "./inputs.ts";
import { judgeStream } from "./judge-stream.ts";
import type { Judgement } from "./judgement.ts";
import type { PolicyOptions } from "./predictions.ts";

/** Judges what is read together. What only images need is loaded with the first of them. */
export async function* judge(
  job: Exclude<Job, { kind: "refused" }>,
  options: PolicyOptions,
  output: Output,
): AsyncGenerator<Judgement> {
  switch (job.kind) {
    case "stream":
      if (!isSaveName(job.source.name)) yield await judgeStream(job.source, output);
      else {
        const { judgeNamedImage } = await import("./judge-named-image.ts");
        yield await judgeNamedImage(job.source, options, output);
      }
      return;
    case "save-image": {
      const { judgeImageFile } = await import("./judge-image-file.ts");
      yield await judgeImageFile(job.source, options, output);
      return;
    }
    case "qcow2": {
      const { judgeQcow2 } = await import("./judge-qcow2.ts");
      yield* judgeQcow2(job.source, output);
      return;
    }
    default:
      yield await judgeSession(job, output);
  }
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
    size: reading.inputs.reduce((sum, { size }) => sum + size, 0),
  };
}
