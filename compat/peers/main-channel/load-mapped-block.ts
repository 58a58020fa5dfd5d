import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import * as texts from "../../facts/qemu/ram/mapped-ram.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { capable, type PeerBlock } from "../peer.ts";
import { crash, refuse, unsure } from "../postcopy/refuse.ts";
import { bytes, type QemuFile, skip } from "../qemu-file.ts";
import { int32 } from "./failure.ts";
import type { Load, LoadFailure } from "./load.ts";
import { announce } from "./ram-blocks.ts";

const HEADER_LENGTH = 28;
const NEWEST_HEADER = 1;
const SIGFPE = 8;
const CHUNK = 0x10000;

/** Header, bitmap and pages of a block in a mapped-ram file. QEMU's parse_ramblock_mapped_ram(). */
export function* loadMappedBlock(
  load: Load,
  { idstr, length: own }: PeerBlock,
  length: bigint,
): Steps<LoadFailure | undefined> {
  const { file, host } = load;
  const header = yield* bytes(file, HEADER_LENGTH, "MappedRamHeader.version");
  if (header.length < HEADER_LENGTH)
    return refuse(load, file, "EINVAL", texts.MAPPED_HEADER_CUT, HEADER_LENGTH, header.length);
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const version = view.getUint32(0);
  if (version > NEWEST_HEADER)
    return refuse(load, file, "EINVAL", texts.MAPPED_HEADER_VERSION, NEWEST_HEADER, int32(version));
  const pageSize = view.getBigUint64(4);
  const [bitmapAt, pagesAt] = [view.getBigUint64(12), view.getBigUint64(20)];
  if (pageSize !== BigInt(PAGE_SIZE) && valueAt(texts.MAPPED_PAGE_SIZE, host.peer.version, "later"))
    return refuse(load, file, "EINVAL", texts.MAPPED_PAGE_SIZE, pageSize, PAGE_SIZE);
  const mayBeEmpty = valueAt(texts.MAPPED_EMPTY_HEADER, host.peer.version, "later");
  if (mayBeEmpty && capable(host.peer, "x-ignore-shared") && bitmapAt === 0n && pagesAt === 0n)
    return undefined;
  if (pagesAt % BigInt(PAGE_SIZE) !== 0n) return refuse(load, file, "EINVAL", texts.MAPPED_ALIGNMENT, idstr);
  if (pageSize === 0n) return crash(file, SIGFPE);
  const pages = length / pageSize;
  const begins = BigInt(host.peer.offset ?? 0);
  if (!(yield* seek(file, bitmapAt - begins)))
    return unsure(file, "a bitmap that lies before its header is not read");
  const highest = yield* highestBit(file, pages);
  if (file.error) return refuse(load, file, "EINVAL", texts.MAPPED_BITMAP);
  if (highest * PAGE_SIZE >= own) return refuse(load, file, "EINVAL", texts.MAPPED_OUTSIDE, idstr);
  announce(load, idstr, Number(length));
  const first = pagesAt - begins;
  if (!(yield* seek(file, first + length)))
    return unsure(file, "pages that lie before their bitmap are not read");
  const missing = highest >= 0 && BigInt(file.cursor.offset) < first + BigInt((highest + 1) * PAGE_SIZE);
  return missing ? unsure(file, "how the read of a missing page fails is not modelled") : undefined;
}

/** Goes forward to an offset of the stream, or to its end; false if that would be backward. */
function* seek(file: QemuFile, to: bigint): Steps<boolean> {
  const distance = to - BigInt(file.cursor.offset);
  if (distance < 0n || to > BigInt(Number.MAX_SAFE_INTEGER)) return false;
  yield* skip(file, Number(distance), "MappedRam.padding");
  return true;
}

/** The last page of which there is one; -1 without any. Reads whole words of 64 bits. */
function* highestBit(file: QemuFile, pages: bigint): Steps<number> {
  let left = Number(((pages + 63n) / 64n) * 8n);
  let [first, highest] = [0, -1];
  while (left > 0 && !file.error) {
    const part = yield* bytes(file, Math.min(left, CHUNK), "MappedRam.bitmap");
    const at = part.findLastIndex((byte) => byte !== 0);
    if (at >= 0) highest = (first + at) * 8 + 31 - Math.clz32(part[at] ?? 0);
    first += part.length;
    left -= part.length;
  }
  return Math.min(highest, Number(pages) - 1);
}
