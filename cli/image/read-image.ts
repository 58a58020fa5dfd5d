import { checkSaveXml } from "../../codec/formats/libvirt/domain-check.ts";
import { readDomainXml, readSaveCookie } from "../../codec/formats/libvirt/domain-xml.ts";
import type { SaveImage, SaveText } from "../../codec/formats/libvirt/save-events.ts";
import type { Finding, StreamSink } from "../../codec/index.ts";
import type { SaveImageFacts } from "../../compat/peers/libvirt/image-facts.ts";
import { hasErrors } from "../findings.ts";
import { closeInput, type Input } from "../io.ts";
import type { Output } from "../output.ts";
import type { PayloadProblem } from "../payload/delivery.ts";
import type { PayloadLimits } from "../payload/meter.ts";
import { type Progress, startProgress } from "../progress.ts";
import { createHeadStage, type HeadStage } from "./head-stage.ts";
import { allocatedBytes, holesFinding } from "./holes.ts";
import { type ImageBytes, openBytes } from "./image-bytes.ts";
import { NO_PAYLOAD, type ReadPayload, readPayload } from "./read-payload.ts";
import type { ImageReading, ImageTexts } from "./reading.ts";

export type { ImageReading, ImageTexts, PayloadReading } from "./reading.ts";

export interface ImageOptions {
  /** Bounds of what is decompressed, and how long that may take. */
  readonly limits?: Partial<PayloadLimits>;
  /** Leaves a payload alone that is compressed. */
  readonly plainOnly?: boolean;
  /** Learns what stands before the payload, before that is read. */
  readonly head?: (texts: ImageTexts) => void;
}

const KIB = 1024;
/** Why reading on is of no use: the bytes would not end, or not come. */
const ENDLESS: ReadonlySet<PayloadProblem["kind"]> = new Set([
  "too-large",
  "behind-end",
  "given-up",
  "quiet",
]);

/**
 * Reads a libvirt save image from start to end, and closes it: header, XML and cookie, then the stream in its payload, however
 * that is compressed. The sink sees the stream's events; its spans are those of the header too.
 */
export async function readImage(
  input: Input,
  sink: StreamSink,
  output: Output,
  options: ImageOptions = {},
): Promise<ImageReading> {
  const progress = startProgress(input, output);
  try {
    return await readWhole(input, sink, options, progress.update);
  } finally {
    progress.stop();
    closeInput(input);
  }
}

async function readWhole(
  input: Input,
  sink: StreamSink,
  { limits = {}, head: tell, plainOnly = false }: ImageOptions,
  progress: Progress,
): Promise<ImageReading> {
  const { name, compression, offset, size: length } = input;
  const known = input.seekable && compression === null && length !== undefined ? { size: length } : {};
  const head = createHeadStage(sink.span?.bind(sink), { offset, ...known });
  const bytes = openBytes(input, progress, head.keep);
  await readHead(head, bytes, "size" in known);
  const { image } = head;
  // Understanding the texts takes about as long as a program takes to start, which can happen meanwhile.
  let understood: ImageTexts | undefined;
  const texts = () => {
    understood ??= textsOf(head);
    return understood;
  };
  tell?.(texts());
  const read =
    image && isThere(image, offset + head.bytes)
      ? await readPayload(image, bytes, sink, {
          memory: () => (texts().xml?.memoryKiB ?? 0) * KIB,
          limits: { ...input.limits, ...limits },
          progress,
          plainOnly,
        })
      : NO_PAYLOAD;
  const problem = read.payload?.problem;
  const { size, findings: outer } = await bytes.finish(!problem || !ENDLESS.has(problem.kind));
  const allocated = allocatedBytes(input);
  const findings = [
    ...texts().findings,
    ...read.findings(offset + size),
    ...(image && image.compression !== "sparse" ? holes(read, length ?? size, allocated) : []),
    ...outer,
  ];
  return {
    name,
    size: length ?? size,
    compression,
    ...texts(),
    facts: { size, head: head.kept, ...factsOf(read, offset) },
    findings,
    payload: read.payload && { ...read.payload, length: offset + size - read.payload.offset },
    stream: read.stream && { name, size: length ?? size, ...read.stream },
    summary: read.summary,
    allocated,
  };
}

/** Of a plain file more is kept than what stands before the payload; of a pipe the payload is kept as it is read. */
async function readHead(head: HeadStage, bytes: ImageBytes, isFile: boolean): Promise<void> {
  while (!head.done) {
    const chunk = await bytes.next();
    if (!chunk) break;
    head.push(chunk);
  }
  if (!head.done) head.finish();
  while (isFile && !head.full) {
    const chunk = await bytes.next();
    if (!chunk) break;
    head.keep(chunk);
  }
}

function textsOf({ image, findings }: HeadStage): ImageTexts {
  const xml = textOf(image?.xml, readDomainXml);
  const cookie = textOf(image?.cookie, readSaveCookie);
  const more = image ? checkSaveXml(image, xml, cookie) : [];
  return { image, xml, cookie, findings: [...findings, ...more] };
}

function textOf<T>(part: SaveText | null | undefined, read: (text: string) => T): T | null {
  return part?.text == null ? null : read(part.text);
}

/** Whether the image goes on up to its payload. Without a length nobody knows where that is. */
function isThere({ dataLength, payloadOffset }: SaveImage, end: number): boolean {
  return dataLength > 0 && payloadOffset <= end;
}

function holes({ stream }: ReadPayload, size: number, allocated: number | null): Finding[] {
  const isWhole = stream !== null && stream.end.reason === "eof" && !hasErrors(stream.findings);
  return holesFinding(size, allocated, isWhole);
}

/** What libvirt sees counts from where the image begins. */
function factsOf({ payload, first, stream, summary }: ReadPayload, base: number): Partial<SaveImageFacts> {
  if (!payload) return {};
  const { offset, kind, bytes, problem } = payload;
  return {
    payload: {
      offset: offset - base,
      first,
      kind,
      ...(problem ? { problem } : {}),
      ...(stream && summary ? { stream: { bytes, summary, findings: stream.findings } } : {}),
    },
  };
}
