import type { Steps } from "../../layout/index.ts";
import type { MultifdCompression, MultifdSink } from "./multifd-events.ts";
import { dropInflater, find, findOnce, type Multifd, pathOf, skipRaw } from "./multifd-state.ts";
import { InflateError, type PacketInflater } from "./packet-inflater.ts";

/** A packet of RAM whose payload is next. */
export interface OpenPacket {
  readonly offset: number;
  /** `null` where pages have no certain place. */
  readonly block: string | null;
  readonly normal: number;
  readonly payload: number;
  readonly compression: MultifdCompression;
  /** Offsets above this are not those of pages of the block. */
  readonly highest: number;
}

/** Bytes inflated at a time: what a broken stream gives must not depend on how it arrived. */
const PIECE = 4096;
const MISSING = "bytes are missing from the capture";

/** Reads the payload of a packet: steps over it, or hands out its pages. */
export function* readPayload(multifd: Multifd, packet: OpenPacket): Steps {
  const { cursor } = multifd;
  const start = cursor.offset;
  const path = `${pathOf(multifd)}.payload`;
  const inflater = packet.compression === "none" ? undefined : inflaterFor(multifd, packet);
  if (inflater) yield* inflate(multifd, packet, inflater, path);
  else if (packet.compression === "none" && multifd.sink.page && packet.block !== null)
    yield* readPages(multifd, packet, path);
  else {
    yield* skipRaw(multifd, packet.payload, "payload");
    return;
  }
  const end = cursor.offset;
  if (end > start) cursor.trace?.({ path, start, end, value: end - start, field: PAYLOAD });
}

function* readPages(multifd: Multifd, packet: OpenPacket, path: string): Steps {
  const { cursor, pageSize } = multifd;
  const show = shower(multifd, packet);
  for (let i = 0; i < packet.normal; i++) {
    if (!(yield* cursor.intact(pageSize, path))) {
      yield* cursor.skip(pageSize, path);
      continue;
    }
    show(i, cursor.bytes.subarray(cursor.at, cursor.at + pageSize));
    cursor.at += pageSize;
  }
}

function* inflate(multifd: Multifd, packet: OpenPacket, inflater: PacketInflater, path: string): Steps {
  const { cursor, pageSize } = multifd;
  const { offset, compression } = packet;
  const expected = packet.normal * pageSize;
  const gather = gatherer(multifd, packet);
  let found = 0;
  const take = (piece: Uint8Array) => {
    found += piece.length;
    if (found > expected) throw new InflateError("it holds more");
    gather(piece);
  };
  for (let left = packet.payload; left > 0; ) {
    const step = Math.min(left, PIECE);
    if (!(yield* cursor.intact(step, path))) {
      dropInflater(multifd, MISSING);
      yield* cursor.skip(left, path);
      return;
    }
    try {
      inflater.push(cursor.bytes.subarray(cursor.at, cursor.at + step), take);
    } catch (error) {
      if (!(error instanceof InflateError)) throw error;
      const problem = error.message;
      find(multifd, "MULTIFD_PAYLOAD_EXACT", "error", offset, { compression, expected, problem });
      dropInflater(multifd, "the compressed stream is damaged");
      yield* cursor.skip(left, path);
      return;
    }
    cursor.at += step;
    left -= step;
  }
  const problem = `it holds ${found}`;
  if (found !== expected)
    find(multifd, "MULTIFD_PAYLOAD_EXACT", "error", offset, { compression, expected, problem });
}

/** The inflater of the channel, while its state is whole. */
function inflaterFor(
  multifd: Multifd,
  { compression, normal, offset }: OpenPacket,
): PacketInflater | undefined {
  const { inflaters } = multifd.options;
  if (!inflaters || normal === 0) return undefined;
  if (multifd.uninflatable === undefined && !multifd.inflater) {
    const create = compression === "zlib" || compression === "zstd" ? inflaters[compression] : undefined;
    multifd.inflater = create?.();
    if (!create) dropInflater(multifd, `no inflater is given for ${compression}`);
  }
  const why = multifd.uninflatable;
  if (why !== undefined) findOnce(multifd, "MULTIFD_PAYLOADS_VERIFIED", "note", offset, { compression, why });
  return multifd.inflater;
}

/** Shows the page of an offset to those who want pages, if it has a place. */
function shower(multifd: Multifd, { block, highest }: OpenPacket): (index: number, data: Uint8Array) => void {
  const { sink, offsets, pageSize } = multifd;
  return (index, data) => {
    const offset = offsets?.[index] ?? Number.NaN;
    if (block !== null && isPlace(offset, highest, pageSize))
      sink.page?.(block, offset, "normal", data, pageSize);
  };
}

/** Makes pages of what comes out of an inflater. */
function gatherer(multifd: Multifd, packet: OpenPacket): (piece: Uint8Array) => void {
  const { sink, pageSize } = multifd;
  if (!sink.page || packet.block === null) return () => {};
  const show = shower(multifd, packet);
  const page = new Uint8Array(pageSize);
  let have = 0;
  let index = 0;
  return (piece) => {
    for (let at = 0; at < piece.length; ) {
      const step = Math.min(pageSize - have, piece.length - at);
      page.set(piece.subarray(at, at + step), have);
      have += step;
      at += step;
      if (have < pageSize) return;
      show(index++, page);
      have = 0;
    }
  };
}

export function showZeroPages(multifd: Multifd, packet: OpenPacket, zero: number): void {
  const { sink, offsets, pageSize } = multifd;
  const page: MultifdSink["page"] = sink.page;
  const { block, highest, normal } = packet;
  if (!page || !offsets || block === null) return;
  for (let i = normal; i < normal + zero; i++) {
    const offset = offsets[i] ?? Number.NaN;
    if (isPlace(offset, highest, pageSize)) sink.page?.(block, offset, "zero", ZERO, pageSize);
  }
}

function isPlace(offset: number, highest: number, pageSize: number): boolean {
  return offset <= highest && offset % pageSize === 0;
}

const ZERO: Uint8Array = new Uint8Array(1);
const PAYLOAD = { kind: "bytes", length: 0, doc: "Content of the pages." } as const;
