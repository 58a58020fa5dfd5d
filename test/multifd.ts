import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createZlibInflater, zstdInflaters } from "../codec/formats/inflate.ts";
import type { MultifdEvent, MultifdOptions, MultifdSink } from "../codec/formats/multifd/multifd-events.ts";
import { createMultifdReader } from "../codec/formats/multifd/multifd-reader.ts";
import { encodeText } from "../codec/layout/index.ts";
import { concat } from "./streams.ts";

const FIXTURES = new URL("../fixtures/multifd/", import.meta.url);

export interface MultifdFixture {
  readonly file: string;
  readonly capture: string;
  readonly size: number;
  readonly sha256: string;
  readonly compression: "none" | "zlib" | "zstd";
  /** Bytes captured and bytes missing behind them, in turn. */
  readonly pieces?: readonly (readonly [number, number])[];
  /** Of the whole migration, with channel 0. */
  readonly ramBlocks?: readonly { readonly idstr: string; readonly usedLength: number }[];
  readonly pages?: { readonly normal: number; readonly duplicate: number };
  readonly pageSha256?: { readonly block: string; readonly prefix: Readonly<Record<string, string>> };
}

export const multifdFixtures: readonly MultifdFixture[] = JSON.parse(
  readFileSync(new URL("manifest.json", FIXTURES), "utf8"),
).files;

export function loadMultifd(fixture: MultifdFixture): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(new URL(fixture.file, FIXTURES))));
}

export function loadMultifdFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, FIXTURES)));
}

export const inflaters = () => ({ zlib: createZlibInflater, zstd: zstdInflaters() });

/** A step of feeding a reader: bytes, or the number of bytes missing. */
export type Piece = Uint8Array | number;

export function feedMultifd(pieces: Iterable<Piece>, sink: MultifdSink, options: MultifdOptions = {}): void {
  const reader = createMultifdReader(sink, options);
  for (const piece of pieces) {
    if (typeof piece === "number") reader.lose(piece);
    else {
      const lent = piece.slice();
      reader.push(lent);
      lent.fill(0x5a);
    }
  }
  reader.finish();
}

export function multifdEvents(pieces: Iterable<Piece>, options: MultifdOptions = {}): MultifdEvent[] {
  const events: MultifdEvent[] = [];
  feedMultifd(pieces, { event: (event) => events.push(event) }, options);
  return events;
}

export const rulesOf = (events: readonly MultifdEvent[]) =>
  events.flatMap((event) => (event.kind === "finding" ? event.finding.rule : []));

/** All a reader tells, with pages and spans where wanted, one line each. */
export function multifdTold(
  pieces: Iterable<Piece>,
  { pages = false, spans = false, ...options }: MultifdOptions & { pages?: boolean; spans?: boolean } = {},
): string[] {
  const lines: string[] = [];
  feedMultifd(
    pieces,
    {
      event: (event) => lines.push(JSON.stringify(event)),
      ...(pages
        ? {
            page: (block, offset, kind, data) =>
              lines.push(
                `page ${block} ${offset} ${kind} ${data.length} ${data.reduce((a, b) => (a * 31 + b) >>> 0, 7)}`,
              ),
          }
        : {}),
      ...(spans ? { span: ({ path, start, end }) => lines.push(`span ${path} ${start} ${end}`) } : {}),
    },
    options,
  );
  return lines;
}

const be = (size: number, value: number | bigint) => {
  const out = new Uint8Array(size);
  for (let i = size - 1, rest = BigInt(value); i >= 0; i--, rest >>= 8n) out[i] = Number(rest & 0xffn);
  return out;
};
const u32 = (value: number) => be(4, value);
const u64 = (value: number | bigint) => be(8, value);
const field = (text: string, size = 256) => {
  const out = new Uint8Array(size);
  out.set(encodeText(text).subarray(0, size));
  return out;
};
const MAGIC = u32(0x11223344);

export function init({ id = 0, version = 1, uuid = 0xa1, reserved = new Uint8Array(39) } = {}): Uint8Array {
  return concat(MAGIC, u32(version), new Uint8Array(16).fill(uuid), Uint8Array.of(id), reserved);
}

export function xInit(): Uint8Array {
  return init().subarray(0, 25);
}

export interface PacketParts {
  readonly pageSize?: number;
  readonly flags?: number;
  readonly version?: number;
  readonly block?: string;
  readonly normal?: readonly (number | bigint)[];
  readonly zero?: readonly (number | bigint)[];
  readonly pagesAlloc?: number;
  readonly normalPages?: number;
  readonly nextPacketSize?: number;
  readonly number?: number | bigint;
  readonly reserved?: Uint8Array;
  readonly payload?: Uint8Array;
}

/** A packet of RAM since 4.0. */
export function packet({
  pageSize = 4096,
  flags = 0,
  version = 1,
  block = "pc.ram",
  normal = [],
  zero = [],
  pagesAlloc = 524288 / pageSize,
  normalPages = normal.length,
  payload = pagesOf(normal, pageSize),
  nextPacketSize = payload.length,
  number = 7,
  reserved = new Uint8Array(28),
}: PacketParts = {}): Uint8Array {
  const offsets = new Uint8Array((8 * 524288) / pageSize);
  [...normal, ...zero].forEach((offset, i) => {
    offsets.set(u64(offset), 8 * i);
  });
  return concat(
    ...[MAGIC, u32(version), u32(flags), u32(pagesAlloc), u32(normalPages), u32(nextPacketSize), u64(number)],
    ...[u32(zero.length), reserved, field(block), offsets, payload],
  );
}

/** SYNC alone, as since 9.2. */
export const sync = (pageSize = 4096) => packet({ pageSize, flags: 1, pagesAlloc: 0, block: "" });

/** A packet of RAM of 3.0 and 3.1. */
export function xPacket(
  size: number,
  normal: readonly number[],
  flags = 0,
  used = normal.length,
): Uint8Array {
  const offsets = new Uint8Array(8 * size);
  normal.forEach((offset, i) => {
    offsets.set(u64(offset), 8 * i);
  });
  return concat(
    ...[MAGIC, u32(1), u32(flags), u32(size), u32(used), u64(3), field("pc.ram"), offsets],
    pagesOf(normal, 4096),
  );
}

export function deviceState(idstr: string, state: Uint8Array, flags = 0x40): Uint8Array {
  return concat(MAGIC, u32(1), u32(flags), field(idstr), u32(2), u32(state.length), state);
}

/** Pages whose bytes tell where they belong. */
export function pagesOf(offsets: readonly (number | bigint)[], pageSize: number): Uint8Array {
  return concat(
    ...offsets.map((offset) => new Uint8Array(pageSize).fill(1 + (Number(BigInt(offset) / 256n) % 251))),
  );
}

/** Words from a small vocabulary, the same everywhere: what `zstd-level-*.zst` hold. */
export function words(length: number): Uint8Array {
  const out = new Uint8Array(length);
  let state = 12345;
  let at = 0;
  while (at < length) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const word = `w${((state >>> 16) % 997) ** 2 % 613}${state % 7 === 0 ? "\n" : " "}`;
    for (const letter of word) if (at < length) out[at++] = letter.charCodeAt(0);
    if (state % 41 === 0) at = Math.min(length, at + ((state >>> 20) % 300));
  }
  return out;
}
