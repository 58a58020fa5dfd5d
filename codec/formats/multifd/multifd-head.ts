import { decodeText } from "../../layout/index.ts";
import {
  COMPRESSION_MASK,
  HEADER_LENGTH,
  MOST_PAYLOAD,
  MOST_X_PAGES,
  MULTIFD_MAGIC,
  PACKET_BYTES,
  X_HEADER_LENGTH,
} from "./multifd.ts";
import type { MultifdCompression } from "./multifd-events.ts";

/** What the header of a packet of RAM says, in either layout. */
export interface PacketHead {
  readonly flags: number;
  /** Entries the sender gives the offset array; in the old layout it has them. */
  readonly pagesAlloc: number;
  readonly normal: number;
  readonly nextPacketSize: number;
  /** `null` where the capture lacks it. */
  readonly packetNumber: string | null;
  readonly zero: number;
}

/** Bytes of a header that tell how long the packet is. */
export const LEAST_HEAD = 24;
export const X_LEAST_HEAD = 20;

const FEWEST_PAGES = 8;
const MOST_PAGES = 2048;

const METHODS: Readonly<Record<number, MultifdCompression>> = {
  0x00: "none",
  0x02: "zlib",
  0x04: "zstd",
  0x08: "qpl",
  0x10: "uadk",
  0x20: "qatzip",
};

export function compressionOf(flags: number): MultifdCompression {
  return METHODS[flags & COMPRESSION_MASK] ?? "unknown";
}

/** Reads what the `have` bytes of a header tell, as `MultifdPacketHeader` would. */
export function scanHead(view: DataView, at: number, have: number): PacketHead {
  return {
    flags: view.getUint32(at + 8),
    pagesAlloc: view.getUint32(at + 12),
    normal: view.getUint32(at + 16),
    nextPacketSize: view.getUint32(at + 20),
    packetNumber: have < 32 ? null : numberAt(view, at + 24),
    zero: have < 36 ? 0 : view.getUint32(at + 32),
  };
}

/** Reads what the `have` bytes of a header tell, as `XMultifdPacketHeader` would. */
export function scanXHead(view: DataView, at: number, have: number): PacketHead {
  return {
    flags: view.getUint32(at + 8),
    pagesAlloc: view.getUint32(at + 12),
    normal: view.getUint32(at + 16),
    nextPacketSize: 0,
    packetNumber: have < 28 ? null : numberAt(view, at + 20),
    zero: 0,
  };
}

function numberAt(view: DataView, at: number): string {
  const high = view.getUint32(at);
  return high === 0 ? String(view.getUint32(at + 4)) : String(view.getBigUint64(at));
}

/** The text in a field of 256 bytes, up to its NUL; undefined when it has none. */
export function nameIn(bytes: Uint8Array, at: number): string | undefined {
  const nul = bytes.indexOf(0, at);
  return nul < 0 || nul >= at + 256 ? undefined : decodeText(bytes.subarray(at, nul));
}

/** Highest offset of an array, and all bits below 2^32 that any offset has. */
export interface OffsetScan {
  highest: number;
  bits: number;
}

/** Scans `count` offsets as `MultifdPageOffset` would read them; keeps them in `into` where that is given. */
export function scanOffsets(
  view: DataView,
  from: number,
  count: number,
  scan: OffsetScan,
  into?: Float64Array,
): void {
  let highest = 0;
  let bits = 0;
  for (let i = 0, at = from; i < count; i++, at += 8) {
    const low = view.getUint32(at + 4);
    const offset = view.getUint32(at) * 0x100000000 + low;
    if (offset > highest) highest = offset;
    bits |= low;
    if (into) into[i] = offset;
  }
  scan.highest = highest;
  scan.bits = bits;
}

export function isPageCount(count: number): boolean {
  return count >= FEWEST_PAGES && count <= MOST_PAGES && PACKET_BYTES % count === 0;
}

/** Whether a packet's header, found while looking for one, can be true. */
export function isPlausibleHead(view: DataView, at: number, have: number, old: boolean): boolean {
  if (have < LEAST_HEAD || view.getUint32(at) !== MULTIFD_MAGIC || view.getUint32(at + 4) !== 1) return false;
  if (old) {
    const { flags, pagesAlloc, normal } = scanXHead(view, at, have);
    return flags < 2 && pagesAlloc > 0 && pagesAlloc <= MOST_X_PAGES && normal <= pagesAlloc;
  }
  const { flags, pagesAlloc, normal, nextPacketSize, zero } = scanHead(view, at, have);
  if (flags === 0x40) return isName(view, at + 12, have - 12, false);
  if (flags > 0x3f || compressionOf(flags) === "unknown") return false;
  if (pagesAlloc === 0 ? normal + zero > 0 : !isPageCount(pagesAlloc) || normal + zero > pagesAlloc)
    return false;
  if (nextPacketSize > MOST_PAYLOAD) return false;
  for (let i = 36; i < 64 && i + 4 <= have; i += 4) if (view.getUint32(at + i) !== 0) return false;
  return isName(view, at + 64, have - 64, normal + zero === 0);
}

/** Whether the bytes at hand are printable up to a NUL. */
function isName(view: DataView, at: number, have: number, mayBeEmpty: boolean): boolean {
  for (let i = 0; i < Math.min(have, 256); i++) {
    const byte = view.getUint8(at + i);
    if (byte === 0) return i > 0 || mayBeEmpty;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return have < 256;
}

export function headLength(old: boolean): number {
  return old ? X_HEADER_LENGTH : HEADER_LENGTH;
}
