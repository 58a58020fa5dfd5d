import { decodeText, type Steps } from "../../layout/index.ts";
import {
  DEVICE_STATE,
  DEVICE_STATE_LENGTH,
  HEADER_LENGTH,
  KNOWN_MULTIFD_FLAGS,
  MOST_PAYLOAD,
  MOST_X_PAGES,
  MULTIFD_MAGIC,
  MULTIFD_VERSION,
  MultifdDeviceState,
  MultifdPacketHeader,
  MultifdPageOffset,
  PACKET_BYTES,
  SYNC,
  X_HEADER_LENGTH,
  XMultifdPacketHeader,
} from "./multifd.ts";
import type { MultifdCompression } from "./multifd-events.ts";
import {
  compressionOf,
  headLength,
  LEAST_HEAD,
  nameIn,
  type OffsetScan,
  type PacketHead,
  scanHead,
  scanOffsets,
  scanXHead,
  X_LEAST_HEAD,
} from "./multifd-head.ts";
import { settlePageSize } from "./multifd-page-size.ts";
import { readPayload, showZeroPages } from "./multifd-payload.ts";
import { placeOf, settleBounds } from "./multifd-place.ts";
import { dropInflater, find, findOnce, type Multifd, pathOf, skipRaw, wrong } from "./multifd-state.ts";

/** How reading one packet went; `gap` is bytes missing where a header should be. */
export type Outcome = "read" | "end" | "gap";

const HEAD = 12;
const USUAL = 4096;

/** Reads one packet. */
export function* readPacket(multifd: Multifd): Steps<Outcome> {
  const { cursor, old } = multifd;
  const { offset } = cursor;
  if (!cursor.has(HEAD)) {
    const have = yield* cursor.upTo(HEAD);
    if (have === 0 && cursor.lost === 0) return "end";
    if (!(yield* cursor.intact(HEAD, `${pathOf(multifd)}.header`))) return "gap";
  }
  const { view, at } = cursor;
  const magic = view.getUint32(at);
  if (magic !== MULTIFD_MAGIC)
    throw wrong(multifd, "magic", offset, "0x11223344", `0x${magic.toString(16).padStart(8, "0")}`);
  const version = view.getUint32(at + 4);
  if (version !== MULTIFD_VERSION)
    find(multifd, "MULTIFD_VERSION_SUPPORTED", "error", offset + 4, { found: version });
  const flags = view.getUint32(at + 8);
  if (!old && Math.floor(flags / DEVICE_STATE) % 2 === 1) return yield* readDeviceState(multifd);
  return yield* readRam(multifd);
}

function* readRam(multifd: Multifd): Steps<Outcome> {
  const { cursor, old } = multifd;
  const { offset } = cursor;
  const wanted = headLength(old);
  const captured = cursor.has(wanted) ? wanted : yield* cursor.upTo(wanted);
  if (captured < wanted && cursor.lost === 0) yield* cursor.need(wanted, `${pathOf(multifd)}.header`);
  if (captured < (old ? X_LEAST_HEAD : LEAST_HEAD)) return "gap";
  const head = (old ? scanXHead : scanHead)(cursor.view, cursor.at, captured);
  if (old) multifd.pageSize = multifd.options.pageSize ?? multifd.options.ram?.()?.pageSize ?? USUAL;
  else if (!multifd.settled) yield* settlePageSize(multifd, head, captured === wanted);
  const { pageSize } = multifd;
  const entries = old ? head.pagesAlloc : PACKET_BYTES / pageSize;
  const compression = old ? "none" : compressionOf(head.flags);
  const payload = payloadOf(multifd, head, entries, compression);
  const length = wanted + 8 * entries;
  const whole =
    captured === wanted && (cursor.has(length) || (yield* cursor.intact(length, pathOf(multifd))));

  checkHead(multifd, head, entries, compression, captured >= 64);
  const { normal, packetNumber } = head;
  const zero = Math.min(head.zero, entries - normal);
  const pages = normal + zero;
  const block = captured === wanted && pages > 0 ? blockName(multifd) : null;
  let highest = -1;
  settleBounds(multifd);
  if (whole && pages > 0) {
    if (multifd.sink.page && (multifd.offsets?.length ?? 0) < pages)
      multifd.offsets = new Float64Array(pages);
    scanOffsets(cursor.view, cursor.at + wanted, pages, scan, multifd.offsets);
    highest = placeOf(multifd, block ?? "", scan, offset);
  }
  const sync = head.flags % 2 === SYNC;
  multifd.sink.event({
    kind: "multifd-packet",
    offset,
    packetNumber,
    sync,
    compression,
    block,
    normal,
    zero,
    payload,
    pageSize,
    ...(whole ? undefined : PARTIAL),
  });
  multifd.packets++;
  if (sync) multifd.syncs++;
  if (!whole) yield* skipRaw(multifd, length, "partial");
  else if (cursor.trace) yield* traceHeader(multifd, pages, entries);
  else cursor.at += length;
  const packet = { offset, block: highest < 0 ? null : block, normal, payload, compression, highest };
  if (zero > 0) showZeroPages(multifd, packet, zero);
  if (payload > 0 || normal > 0) {
    noteCompression(multifd, compression, offset);
    yield* readPayload(multifd, packet);
  }
  return "read";
}

const PARTIAL = { partial: true } as const;
const scan: OffsetScan = { highest: 0, bits: 0 };

/** Bytes of payload. Throws where the counts cannot be true, so that the end of the packet is not known. */
function payloadOf(
  multifd: Multifd,
  { pagesAlloc, normal, nextPacketSize }: PacketHead,
  entries: number,
  compression: MultifdCompression,
): number {
  const { cursor, old, pageSize } = multifd;
  const { offset } = cursor;
  if (old && pagesAlloc > MOST_X_PAGES)
    throw wrong(multifd, "size", offset + 12, `at most ${MOST_X_PAGES} pages`, pagesAlloc);
  if (normal > entries) throw wrong(multifd, "normalPages", offset + 16, `at most ${entries} pages`, normal);
  if (normal === 0) return 0;
  if (compression === "none") return normal * pageSize;
  if (nextPacketSize > MOST_PAYLOAD)
    throw wrong(multifd, "nextPacketSize", offset + 20, `at most ${MOST_PAYLOAD} bytes`, nextPacketSize);
  return nextPacketSize;
}

function checkHead(
  multifd: Multifd,
  { flags, pagesAlloc, normal, zero, nextPacketSize }: PacketHead,
  entries: number,
  compression: MultifdCompression,
  reserved: boolean,
): void {
  const { old, cursor, pageSize } = multifd;
  const { offset } = cursor;
  const known = old ? SYNC : KNOWN_MULTIFD_FLAGS;
  if (compression === "unknown" || flags > known)
    find(multifd, "MULTIFD_FLAGS_KNOWN", compression === "unknown" ? "error" : "warning", offset + 8, {
      found: `0x${flags.toString(16)}`,
    });
  if (pagesAlloc > entries)
    find(multifd, "MULTIFD_COUNTS_SOUND", "error", offset + 12, { expected: entries, found: pagesAlloc });
  else if (normal + zero > pagesAlloc)
    find(multifd, "MULTIFD_COUNTS_SOUND", "error", offset + 16, {
      expected: pagesAlloc,
      found: normal + zero,
    });
  if (old) return;
  if (compression === "none" && normal > 0 && nextPacketSize !== normal * pageSize)
    find(multifd, "MULTIFD_PAYLOAD_LENGTH", "error", offset + 20, {
      expected: normal * pageSize,
      found: nextPacketSize,
    });
  if (reserved && !isZero(cursor.view, cursor.at + 36, 7))
    findOnce(multifd, "MULTIFD_RESERVED_ZERO", "note", offset + 36);
}

function isZero(view: DataView, from: number, words: number): boolean {
  for (let i = 0; i < words; i++) if (view.getUint32(from + 4 * i) !== 0) return false;
  return true;
}

/** Like every release, takes a name that fills its field without its last byte. */
function blockName({ cursor, old }: Multifd): string {
  const at = cursor.at + (old ? X_HEADER_LENGTH : HEADER_LENGTH) - 256;
  return nameIn(cursor.bytes, at) ?? decodeText(cursor.bytes.subarray(at, at + 255));
}

function noteCompression(multifd: Multifd, found: MultifdCompression, offset: number): void {
  const expected = multifd.compression ?? found;
  multifd.compression = expected;
  if (found === expected) return;
  find(multifd, "MULTIFD_COMPRESSION_CONSTANT", "error", offset + 8, { expected, found });
  dropInflater(multifd, "the method changed");
}

/** Consumes header and offset array by their tables. */
function* traceHeader(multifd: Multifd, pages: number, entries: number): Steps {
  const { cursor, old } = multifd;
  const within = pathOf(multifd);
  if (old) yield* cursor.struct(XMultifdPacketHeader, { within });
  else yield* cursor.struct(MultifdPacketHeader, { within });
  for (let i = 0; i < pages; i++)
    yield* cursor.struct(MultifdPageOffset, { within: `${within}.offsets[${i}]` });
  yield* skipRaw(multifd, 8 * (entries - pages), "unusedOffsets");
}

function* readDeviceState(multifd: Multifd): Steps<Outcome> {
  const { cursor } = multifd;
  const { offset } = cursor;
  const path = pathOf(multifd);
  if (!(yield* cursor.intact(DEVICE_STATE_LENGTH, `${path}.header`))) return "gap";
  const { view, at, bytes } = cursor;
  const name = nameIn(bytes, at + HEAD);
  const idstr = name ?? decodeText(bytes.subarray(at + HEAD, at + HEAD + 256));
  const instance = view.getUint32(at + 268);
  const length = view.getUint32(at + 272);
  const sync = view.getUint32(at + 8) % 2 === SYNC;
  const unsound = (problem: string) =>
    find(multifd, "MULTIFD_DEVICE_STATE_SOUND", "error", offset, { problem });
  if (name === undefined) unsound("its name has no end");
  if (length === 0) unsound("it is empty");
  if (sync) unsound("it asks for a sync");
  multifd.sink.event({ kind: "multifd-device-state", offset, idstr, instance, length, sync });
  multifd.packets++;
  if (sync) multifd.syncs++;
  yield* cursor.struct(MultifdDeviceState, { within: path });
  yield* skipRaw(multifd, length, "deviceState");
  return "read";
}
