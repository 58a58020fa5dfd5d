import type { StreamEvent } from "../codec/index.ts";
import { eventLine, type Told } from "./event-line.ts";
import { findingLines } from "./finding-lines.ts";
import { findingsDocument, hasErrors, type Remark } from "./findings.ts";
import { readImage } from "./image/read-image.ts";
import type { ImageReading, ImageTexts } from "./image/reading.ts";
import type { Source } from "./jobs.ts";
import { type Output, painter } from "./output.ts";
import { domainDocument, renderImage, saveImageDocument } from "./render-image.ts";

/** Decodes a libvirt save image. Returns whether there are errors. */
export async function decodeImage(
  source: Source,
  options: { readonly json?: boolean; readonly ndjson?: boolean },
  output: Output,
): Promise<boolean> {
  const { name } = source;
  const say = <E extends Told>(event: E) => output.out(`${eventLine(name, event)}\n`);
  let told = 0;
  const head = (texts: ImageTexts) => {
    const { image, cookie, findings } = texts;
    if (image)
      say({ kind: "save-image", saveImage: saveImageDocument(texts), domain: domainDocument(texts), cookie });
    for (const finding of findings) say({ kind: "finding", finding });
    told = findings.length;
  };
  const event = (told: StreamEvent) => {
    if (options.ndjson) say(told);
  };
  const reading = await readImage(source.open(), { event }, output, options.ndjson ? { head } : {});
  const remarks = imageRemarks(reading);
  if (options.ndjson) for (const finding of reading.findings.slice(told)) say({ kind: "finding", finding });
  else if (options.json) output.out(`${JSON.stringify(document(reading, remarks), plain, 2)}\n`);
  else {
    const untold = reading.stream?.end.untold ?? {};
    output.out(renderImage(reading, painter(output)) + findingLines(remarks, painter(output), untold));
  }
  return hasErrors(remarks.map(({ finding }) => finding));
}

/** What is to be said of an image, then of its stream, whose offsets may be others than those of the file. */
function imageRemarks({ findings, stream, payload }: ImageReading): readonly Remark[] {
  const label = payload?.isPlain === false ? { label: "stream" } : {};
  return [
    ...findings.map((finding) => ({ finding, channel: null })),
    ...(stream?.findings ?? []).map((finding) => ({ finding, channel: 0, ...label })),
  ];
}

function document(reading: ImageReading, remarks: readonly Remark[]) {
  const { name, size, image, cookie, stream, summary } = reading;
  const main = {
    role: "main",
    direction: "source-to-destination",
    connection: null,
    bytes: stream?.end.offset ?? 0,
    stream: summary,
  };
  return {
    format: "migwire/decode@1",
    input: { name, size, container: image ? "libvirt-save" : null },
    saveImage: saveImageDocument(reading),
    domain: domainDocument(reading),
    cookie,
    channels: summary && summary.version !== null ? [main] : [],
    ...findingsDocument(remarks, stream?.end.untold ?? {}),
  };
}

function plain(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
