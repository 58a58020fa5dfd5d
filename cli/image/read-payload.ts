import type { SaveImage } from "../../codec/formats/libvirt/save-events.ts";
import {
  createSummariser,
  type Finding,
  payloadKindOf,
  type StreamEvent,
  type StreamSink,
  type StreamSummary,
} from "../../codec/index.ts";
import { payloadFinding, withoutEnd } from "../payload/delivery.ts";
import { feedPayload } from "../payload/feed-payload.ts";
import type { PayloadLimits } from "../payload/meter.ts";
import type { Progress } from "../progress.ts";
import { openStream, type Reading } from "../read-stream.ts";
import type { ImageBytes } from "./image-bytes.ts";
import { lookAtPayload } from "./payload-checks.ts";
import type { PayloadReading } from "./reading.ts";
import { createSparseChecks, type SparseChecks } from "./sparse-checks.ts";

/** Bytes looked at to see what a payload is. */
const FIRST = 16;
/** Bytes that a pipe holds, and that QEMU reads ahead. */
const SURPLUS = (64 << 10) + (32 << 10);

/** What came of a payload. */
export interface ReadPayload {
  readonly payload: Omit<PayloadReading, "length"> | null;
  readonly first: Uint8Array;
  /** Null where nothing came out. */
  readonly stream: Omit<Reading, "name" | "size"> | null;
  readonly summary: StreamSummary | null;
  /** What is to be said of it in a file of `size` bytes. */
  findings(size: number): readonly Finding[];
}

/** Of an image that ends before it. */
export const NO_PAYLOAD: ReadPayload = {
  payload: null,
  first: new Uint8Array(0),
  stream: null,
  summary: null,
  findings: () => [],
};

export interface PayloadContext {
  /** Says how many bytes of memory the XML gives the guest; asked once bytes have come. */
  readonly memory: () => number;
  readonly limits: PayloadLimits;
  readonly progress: Progress;
  /** Leaves a payload alone that is compressed. */
  readonly plainOnly: boolean;
}

/** Reads the payload behind the head of an image as what its first bytes say it is. */
export async function readPayload(
  image: SaveImage,
  bytes: ImageBytes,
  sink: StreamSink,
  { memory, limits, progress, plainOnly }: PayloadContext,
): Promise<ReadPayload> {
  const { payloadOffset: offset } = image;
  const first = await bytes.look(offset, FIRST);
  const kind = payloadKindOf(first);
  const { format, findings } = lookAtPayload(image, kind, first);
  const isPlain = format === null;
  const payload = { kind, format, offset, isPlain };
  if (kind === "empty" || (plainOnly && !isPlain))
    return { ...NO_PAYLOAD, payload: { ...payload, bytes: 0 }, first, findings: () => findings };
  const summariser = createSummariser();
  const sparse = image.compression === "sparse" && isPlain ? createSparseChecks(offset) : undefined;
  const stream = openStream(watching(sink, isPlain, summariser.event, sparse), {
    offset: isPlain ? offset : 0,
    memory,
    limits,
    renamed: { DATA_ENDS_WITH_STREAM: "SAVE_TRAILING_BYTES" },
  });
  const source = { ...bytes.payload(), format };
  const { bytes: count, problem } = await feedPayload(source, stream.reader, stream.limits, progress);
  const read = stream.result();
  const isThere = count > 0;
  const trailing = (finding: Finding) => (isPlain ? finding : asBlocking(finding));
  return {
    payload: { ...payload, bytes: count, ...(problem ? { problem } : {}) },
    first,
    stream: isThere
      ? { compression: format, ...read, findings: withoutEnd(read.findings, problem).map(trailing) }
      : null,
    summary: isThere ? summariser.summary() : null,
    findings: (size) => [
      ...findings,
      ...(problem && format ? [payloadFinding(problem, format, offset)] : []),
      ...(sparse?.findings(size) ?? []),
    ],
  };
}

/** Spans of a stream that is compressed are not those of the file. */
function watching(
  sink: StreamSink,
  isPlain: boolean,
  summarise: (event: StreamEvent) => void,
  sparse: SparseChecks | undefined,
): StreamSink {
  const { span, stateSpan, ...rest } = sink;
  return {
    ...rest,
    ...(isPlain && span ? { span } : {}),
    ...(isPlain && stateSpan ? { stateSpan } : {}),
    event(event) {
      summarise(event);
      sparse?.event(event);
      sink.event(event);
    },
  };
}

/** QEMU stops reading at the end of the stream. A program that has more to write waits for ever, and libvirt with it. */
function asBlocking(finding: Finding): Finding {
  const blocks = finding.rule === "SAVE_TRAILING_BYTES" && Number(finding.args.length) > SURPLUS;
  return blocks ? { ...finding, level: "error" } : finding;
}
