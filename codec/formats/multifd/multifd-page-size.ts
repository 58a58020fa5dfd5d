import type { Steps } from "../../layout/index.ts";
import { HEADER_LENGTH, MULTIFD_MAGIC, PACKET_BYTES } from "./multifd.ts";
import { compressionOf, isPageCount, type PacketHead } from "./multifd-head.ts";
import type { Multifd } from "./multifd-state.ts";

const USUAL = 4096;
/** Longest array first to be tried last: that of the smallest pages any target has. */
const SIZES = [65536, 32768, 16384, 8192, 4096, 2048, 1024, 512, 256];

/**
 * Finds the target page size, which gives the length of every packet: as told, or as the packet itself says. A packet that
 * does not is one of SYNC alone; there the next one shows by its magic where this one ends.
 */
export function* settlePageSize(multifd: Multifd, head: PacketHead, whole: boolean): Steps {
  const told = multifd.options.pageSize ?? multifd.options.ram?.()?.pageSize;
  const own = isPageCount(head.pagesAlloc) ? PACKET_BYTES / head.pagesAlloc : undefined;
  const measured = measure(head);
  const contradicted = own !== undefined && own === measured && own !== told;
  const known = contradicted ? own : isSize(told) ? told : (own ?? measured);
  multifd.settled = known !== undefined;
  multifd.pageSize = known ?? (whole && head.normal === 0 ? yield* look(multifd) : USUAL);
}

function isSize(size: number | undefined): size is number {
  return size !== undefined && SIZES.includes(size);
}

function measure({ flags, normal, nextPacketSize }: PacketHead): number | undefined {
  const size = normal > 0 && compressionOf(flags) === "none" ? nextPacketSize / normal : undefined;
  return isSize(size) ? size : undefined;
}

function* look(multifd: Multifd): Steps<number> {
  if (yield* endsAfter(multifd, USUAL)) return USUAL;
  for (const size of SIZES) if (yield* endsAfter(multifd, size)) return size;
  return USUAL;
}

/** Whether a packet without payload, of pages of this size, is followed by another or by the end. */
function* endsAfter({ cursor }: Multifd, pageSize: number): Steps<boolean> {
  const length = HEADER_LENGTH + (8 * PACKET_BYTES) / pageSize;
  const have = yield* cursor.upTo(length + 4);
  if (have === length) return cursor.ended && cursor.lost === 0;
  return have === length + 4 && cursor.view.getUint32(cursor.at + length) === MULTIFD_MAGIC;
}
