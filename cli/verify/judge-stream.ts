import type { Finding } from "../../codec/index.ts";
import { onStream } from "../findings.ts";
import type { Source } from "../jobs.ts";
import type { Output } from "../output.ts";
import { readStream } from "../read-stream.ts";
import { isUnjudged, verdictOfStream } from "../verdict.ts";
import type { Judgement } from "./judgement.ts";

/** Judges one migration stream. */
export async function judgeStream(
  source: { readonly open: Source["open"] },
  output: Output,
): Promise<Judgement> {
  const input = source.open();
  const { seekable, compression } = input;
  const reading = await readStream(input, { event: () => {} }, output);
  const { name, container, end, size } = reading;
  const findings = seekable && compression === null ? reading.findings.map(inPlace) : reading.findings;
  const verdict = verdictOfStream({ container, findings, end });
  const unjudged = isUnjudged(findings) ? { unjudged: true } : {};
  return { name, container, verdict, remarks: onStream(findings), untold: end.untold, size, ...unjudged };
}

/** A mapped-ram stream has its pages at places in its file: in this one QEMU looks for them in vain. */
function inPlace(finding: Finding): Finding {
  return finding.rule === "MAPPED_RAM_HEADER_SOUND" ? { ...finding, level: "error" } : finding;
}
