import { pendingJournal } from "../durable/pending.ts";
import { onStream, type Remark } from "../findings.ts";
import { type ImageReading, readImage } from "../image/read-image.ts";
import type { Source } from "../jobs.ts";
import type { Output, Paint } from "../output.ts";
import { renderImage } from "../render-image.ts";
import { judgeImage } from "./judge-image.ts";
import type { Judgement } from "./judgement.ts";
import { type PolicyOptions, predictions } from "./predictions.ts";
import { createSeenRam } from "./survivors.ts";

/** Where the offsets of findings count, if not in the file. */
const DECOMPRESSED = "stream";

/** Judges one save image, and says what releases of libvirt would do with it. */
export async function judgeImageFile(
  source: Pick<Source, "name" | "open">,
  options: PolicyOptions,
  output: Output,
): Promise<Judgement> {
  const seen = createSeenRam();
  const reading = await readImage(source.open(), { event: () => {}, place: seen.place }, output);
  const journal = reading.name === "-" ? undefined : pendingJournal(reading.name);
  const judgement = judgeImage(reading, { seen, beside: journal ? [journal] : [] });
  const { verdict, unjudged, findings, streamFindings, untold, survives } = judgement;
  const streamRemarks = onStream(streamFindings);
  const isPlain = reading.payload?.isPlain ?? true;
  const about = (finding: Remark["finding"]): Remark => ({ finding, channel: null });
  return {
    name: reading.name,
    container: reading.image ? "libvirt-save" : null,
    verdict,
    remarks: [
      ...findings.map(about),
      ...(isPlain ? streamRemarks : streamRemarks.map((remark) => ({ ...remark, label: DECOMPRESSED }))),
    ],
    untold,
    size: reading.size,
    ...(unjudged ? { unjudged } : {}),
    image: { reading, survives, render: (paint) => lines(reading, paint) },
    libvirt: await predictions(reading.facts, reading.name, options),
  };
}

/** The image without its stream, below its name. */
function lines(reading: ImageReading, paint: Paint): string {
  if (!reading.image) return "";
  const [, ...told] = renderImage({ ...reading, summary: null }, paint)
    .trimEnd()
    .split("\n");
  return told.map((line) => `  ${line}\n`).join("");
}
