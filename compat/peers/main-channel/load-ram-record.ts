import {
  COMPRESS_PAGE,
  EOS,
  HOOK,
  MEM_SIZE,
  MULTIFD_FLUSH,
  PAGE,
  XBZRLE,
  ZERO,
} from "../../../codec/formats/stream/qemu-ram.ts";
import { isSoundXbzrle } from "../../../codec/formats/stream/xbzrle.ts";
import { inflatePage } from "../../../codec/formats/stream/zlib-page.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import * as facts from "../../facts/qemu/ram/ram.ts";
import * as texts from "../../facts/qemu/ram/ram-errors.ts";
import * as ramPageErrors from "../../facts/qemu/ram/ram-page-errors.ts";
import { MULTIFD_FLUSH_KNOWN, ZERO_PAGES_CHECKED } from "../../facts/qemu/stream/load.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { capable } from "../peer.ts";
import { refusal, refuse, report } from "../postcopy/refuse.ts";
import { bytes, number, skip } from "../qemu-file.ts";
import { int32 } from "./failure.ts";
import type { Load, LoadFailure } from "./load.ts";
import { loadRamBlocks } from "./load-ram-blocks.ts";
import { isOfOrBefore } from "./machine-type.ts";
import { mayHaveOtherPages, otherPages } from "./other-pages.ts";
import type { RamWord } from "./ram-page-block.ts";

/** zlib's compressBound() of a page. */
const LONGEST_COMPRESSED = 4110;
const XBZRLE_ENCODING = 1;

/** What a RAM record is behind its word and the name of its block; `flags` without CONTINUE say what kind it is. */
export function* loadRamRecord(load: Load, record: RamWord, flags: number): Steps<LoadFailure | undefined> {
  const { file, host } = load;
  const { version } = host.peer;
  switch (flags) {
    case MEM_SIZE: {
      const failure = yield* loadRamBlocks(load, record.address);
      if (capable(host.peer, "mapped-ram")) yield* flush(load);
      return failure;
    }
    case ZERO: {
      const fill = yield* number(file, 1, "ZeroPage.fill");
      if (fill === 0 || !valueAt(ZERO_PAGES_CHECKED, version, "later")) return undefined;
      return refuse(load, file, "EINVAL", ramPageErrors.ZERO_PAGE_VALUE, fill);
    }
    case PAGE:
      yield* skip(file, PAGE_SIZE, "RamPage.content");
      return undefined;
    case XBZRLE:
      return yield* loadXbzrle(load, record.address);
    case EOS:
      if (flushesAtEnd(load)) yield* flush(load);
      return undefined;
    case COMPRESS_PAGE:
      if (valueAt(facts.COMPRESSED_PAGES, version, "later") !== undefined) return yield* loadCompressed(load);
      break;
    case MULTIFD_FLUSH:
      if (!valueAt(MULTIFD_FLUSH_KNOWN, version, "later")) break;
      yield* flush(load);
      return undefined;
  }
  const hook = valueAt(facts.HOOK_RECORD, version, "later");
  if (hook === "ignored" && flags === HOOK) return undefined;
  const { offset, path } = record;
  if (hook === "refused" && flags & HOOK) return { ...refusal(file, "EINVAL"), offset, path };
  if (mayHaveOtherPages(load)) return otherPages(load, record);
  return { ...refuse(load, file, "EINVAL", texts.FLAGS_UNKNOWN, record.flags), offset, path };
}

function* flush({ host }: Load): Steps {
  if (host.awaitMultifd) yield* host.awaitMultifd();
}

/** Whether the end of a part waits for the multifd channels. */
function flushesAtEnd({ host: { peer } }: Load): boolean {
  const flushes = valueAt(facts.FLUSHES_AT_END, peer.version, "later");
  if (flushes === undefined) return false;
  return flushes === "always" || (isOfOrBefore(peer.machine, "8.0") && !capable(peer, "mapped-ram"));
}

/** QEMU's load_xbzrle(). */
function* loadXbzrle(load: Load, address: bigint): Steps<LoadFailure | undefined> {
  const { file } = load;
  const encoding = yield* number(file, 1, "XbzrlePage.encoding");
  const { offset, path } = file;
  const length = yield* number(file, 2, "XbzrlePage.length");
  const failed = () => refuse(load, file, "EINVAL", ramPageErrors.XBZRLE_FAILED, address);
  if (encoding !== XBZRLE_ENCODING) {
    report(load, ramPageErrors.XBZRLE_KIND);
    return { ...failed(), offset, path };
  }
  if (length > PAGE_SIZE) {
    report(load, ramPageErrors.XBZRLE_LENGTH);
    return failed();
  }
  const received = yield* bytes(file, length, "XbzrlePage.encoded");
  const encoded = new Uint8Array(length);
  encoded.set(received);
  if (isSoundXbzrle(encoded, PAGE_SIZE)) return undefined;
  report(load, ramPageErrors.XBZRLE_CONTENT);
  return failed();
}

/** Threads unpack compressed pages; what they find is taken note of before the next record, or at the end mark. */
function* loadCompressed(load: Load): Steps<LoadFailure | undefined> {
  const { file, host } = load;
  const length = yield* number(file, 4, "CompressedPage.length");
  if (length > LONGEST_COMPRESSED)
    return refuse(load, file, "EINVAL", ramPageErrors.COMPRESSED_LENGTH, int32(length));
  const received = yield* bytes(file, length, "CompressedPage.data");
  const told = valueAt(ramPageErrors.DECOMPRESSION_FAILED, host.peer.version, "later") !== undefined;
  if (!told || isOfOrBefore(host.peer.machine, "2.12") || inflatePage(received, PAGE_SIZE)) return undefined;
  return refuse(load, file, file.error ?? "EPERM", ramPageErrors.DECOMPRESSION_FAILED);
}
