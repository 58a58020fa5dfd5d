import { createSaveImageReader } from "../../codec/formats/libvirt/save-reader.ts";
import type { Finding, SaveImage, Span } from "../../codec/index.ts";
import { KEPT_HEAD } from "../../compat/peers/libvirt/image-facts.ts";

/** Reads a save image up to its payload, and keeps its first bytes. */
export interface HeadStage {
  readonly image: SaveImage | null;
  readonly findings: readonly Finding[];
  /** Bytes seen. */
  readonly bytes: number;
  /** Nothing more need be seen of header and texts. */
  readonly done: boolean;
  push(chunk: Uint8Array): void;
  /** Keeps more of the first bytes, of which there may be more than header and texts. */
  keep(chunk: Uint8Array): void;
  readonly kept: Uint8Array;
  /** No more is kept. */
  readonly full: boolean;
  finish(): void;
}

export function createHeadStage(
  span: ((span: Span) => void) | undefined,
  where: { readonly offset: number; readonly size?: number },
): HeadStage {
  const findings: Finding[] = [];
  const images: SaveImage[] = [];
  let ended = false;
  let bytes = 0;
  let kept = new Uint8Array(0);
  let length = 0;
  const reader = createSaveImageReader(
    {
      event(event) {
        if (event.kind === "save-image") images.push(event.image);
        if (event.kind === "finding") findings.push(event.finding);
        if (event.kind === "end") ended = true;
      },
      ...(span ? { span } : {}),
    },
    where,
  );
  const keep = (chunk: Uint8Array) => {
    const part = chunk.subarray(0, KEPT_HEAD - length);
    if (length + part.length > kept.length) {
      const grown = new Uint8Array(Math.min(KEPT_HEAD, Math.max(length + part.length, 2 * kept.length)));
      grown.set(kept.subarray(0, length));
      kept = grown;
    }
    kept.set(part, length);
    length += part.length;
  };
  return {
    get image() {
      return images[0] ?? null;
    },
    findings,
    get bytes() {
      return bytes;
    },
    get done() {
      return ended || images.length > 0;
    },
    get kept() {
      return kept.subarray(0, length);
    },
    get full() {
      return length === KEPT_HEAD;
    },
    push(chunk) {
      bytes += chunk.length;
      keep(chunk);
      reader.push(chunk);
    },
    keep,
    finish: () => reader.finish(),
  };
}
