import { spawnSync } from "node:child_process";
import { inflatePage } from "../codec/formats/stream/zlib-page.ts";
import {
  createSaveImageReader,
  createStreamReader,
  createSummariser,
  type Finding,
  type SaveImage,
} from "../codec/index.ts";
import { KEPT_HEAD, type SaveImageFacts, type SavePayloadFacts } from "../compat/index.ts";

const MAGICS: readonly (readonly [SavePayloadFacts["kind"], string])[] = [
  ["qevm", "5145564d"],
  ["gzip", "1f8b"],
  ["bzip2", "425a68"],
  ["xz", "fd377a585a00"],
  ["lzop", "894c5a4f"],
  ["zstd", "28b52ffd"],
];

/** What is known of an image once it is read: as the command line gathers it, of bytes in memory. */
export function factsOf(bytes: Uint8Array): SaveImageFacts {
  const head = bytes.subarray(0, KEPT_HEAD);
  const image = readImage(bytes);
  const offset = image?.payloadOffset;
  if (offset === undefined || offset > bytes.length) return { size: bytes.length, head };
  const payload = bytes.subarray(offset);
  const first = payload.subarray(0, 16);
  const kind = kindOf(first);
  return { size: bytes.length, head, payload: { offset, first, kind, ...contents(kind, payload, offset) } };
}

/** Whether the program that undoes a format is there. */
export function canDecompress(kind: string): boolean {
  return kind === "qevm" || spawnSync(kind, ["--version"]).status === 0;
}

function readImage(bytes: Uint8Array): SaveImage | undefined {
  let image: SaveImage | undefined;
  const reader = createSaveImageReader(
    {
      event(event) {
        if (event.kind === "save-image") image = event.image;
      },
    },
    { size: bytes.length },
  );
  reader.push(bytes);
  reader.finish();
  return image;
}

function kindOf(first: Uint8Array): SavePayloadFacts["kind"] {
  const hex = Buffer.from(first).toString("hex");
  return first.length === 0 ? "empty" : (MAGICS.find(([, magic]) => hex.startsWith(magic))?.[0] ?? "unknown");
}

function contents(
  kind: SavePayloadFacts["kind"],
  payload: Uint8Array,
  offset: number,
): Pick<SavePayloadFacts, "stream" | "problem"> {
  if (kind === "qevm") return { stream: streamOf(payload, offset) };
  if (kind === "unknown" || kind === "empty") return {};
  const ran = spawnSync(kind, kind === "lzop" ? ["-dc", "--ignore-warn"] : ["-dc"], {
    input: payload,
    maxBuffer: 1 << 28,
  });
  const stream = ran.stdout.length > 0 ? { stream: streamOf(new Uint8Array(ran.stdout)) } : {};
  if (ran.status === 0) return stream;
  const text = ran.stderr.toString().trim();
  return { ...stream, problem: { program: kind, status: ran.status, text } };
}

/** A mapped-ram stream counts from the start of its file. */
function streamOf(bytes: Uint8Array, offset = 0): NonNullable<SavePayloadFacts["stream"]> {
  const summariser = createSummariser();
  const findings: Finding[] = [];
  const reader = createStreamReader(
    {
      event(event) {
        summariser.event(event);
        if (event.kind === "finding") findings.push(event.finding);
      },
    },
    { inflatePage, offset },
  );
  reader.push(bytes);
  reader.finish();
  return { bytes: bytes.length, first: bytes.subarray(0, 16), summary: summariser.summary(), findings };
}
