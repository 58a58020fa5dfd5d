import {
  createSaveImageReader,
  encode,
  type Finding,
  type Infer,
  SAVE_MAGIC,
  SaveHeader,
  type SaveImage,
  type SaveImageEvent,
  type SaveImageOptions,
  type Span,
} from "../codec/index.ts";
import type { Endian } from "../codec/layout/index.ts";
import { concat } from "./streams.ts";

export const XML = `<domain type='kvm'>
  <name>guest</name>
  <uuid>6e3a0001-aaaa-4bbb-8ccc-00f2d42d523c</uuid>
  <memory unit='KiB'>16384</memory>
  <os>
    <type arch='x86_64' machine='pc-i440fx-5.2'>hvm</type>
  </os>
</domain>
`;
export const COOKIE = "<cookie>\n  <slirpHelper/>\n</cookie>\n";
/** Stands for the stream; the reader does not look into it. */
export const PAYLOAD = text("QEVM and what follows\0\0\0");

/** What to lay out: any number of the header may be set to what it should not be. */
export interface SaveParts {
  readonly xml?: string;
  readonly cookie?: string | null;
  /** Bytes behind the last NUL. */
  readonly padding?: number;
  readonly payload?: Uint8Array;
  readonly endian?: Endian;
  readonly header?: Partial<Infer<typeof SaveHeader>>;
}

export function text(string: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(string);
}

/** A save image as libvirt since 6.3.0 lays it out, or with other parts. */
export function saveImage(parts: SaveParts = {}): Uint8Array<ArrayBuffer> {
  const { xml = XML, cookie = COOKIE, padding = 65536, payload = PAYLOAD, endian = "le" } = parts;
  const texts = concat(text(`${xml}\0`), cookie === null ? new Uint8Array() : text(`${cookie}\0`));
  const header = {
    magic: SAVE_MAGIC,
    version: 2,
    dataLength: texts.length + padding,
    wasRunning: 1,
    format: 0,
    cookieOffset: cookie === null ? 0 : text(xml).length + 1,
    ...parts.header,
  };
  return concat(encode(SaveHeader, header, { endian }), texts, new Uint8Array(padding), payload);
}

/** Everything a reader told of an image. */
export interface SaveTold {
  readonly events: readonly SaveImageEvent[];
  readonly image: SaveImage | undefined;
  readonly findings: readonly Finding[];
  readonly rules: readonly string[];
  readonly spans: readonly Span[];
  readonly payload: Uint8Array;
  readonly payloadAt: number;
  readonly end: Extract<SaveImageEvent, { kind: "end" }> | undefined;
}

/** Reads an image in pieces that end at each of `cuts`; each piece is a copy that is spoilt afterwards. */
export function readSave(
  data: Uint8Array,
  cuts: readonly number[] = [],
  options: SaveImageOptions = { size: data.length },
): SaveTold {
  const events: SaveImageEvent[] = [];
  const spans: Span[] = [];
  const chunks: Uint8Array[] = [];
  let payloadAt = -1;
  const reader = createSaveImageReader(
    {
      event: (event) => events.push(event),
      span: (span) => {
        const { value } = span;
        spans.push({ ...span, value: value instanceof Uint8Array ? value.slice() : value });
      },
      payload: (chunk, offset) => {
        if (chunks.length === 0) payloadAt = offset;
        chunks.push(chunk.slice());
      },
    },
    options,
  );
  let at = 0;
  for (const cut of [...cuts, data.length]) {
    const piece = data.slice(at, cut);
    reader.push(piece);
    piece.fill(0x7e);
    at = Math.max(at, cut);
  }
  reader.finish();
  const findings = events.flatMap((event) => (event.kind === "finding" ? [event.finding] : []));
  const image = events.find((event) => event.kind === "save-image")?.image;
  const rules = findings.map(({ rule, level }) => `${rule} ${level}`);
  const end = events.at(-1);
  const told = { events, image, findings, rules, spans, payload: concat(...chunks), payloadAt };
  return { ...told, end: end?.kind === "end" ? end : undefined };
}
