import {
  COMPRESS_PAGE,
  CONTINUE,
  EOS,
  MULTIFD_FLUSH,
  PAGE,
  ZERO,
} from "../../../codec/formats/stream/qemu-ram.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { type Fact, valueAt } from "../../facts/fact.ts";
import * as facts from "../../facts/qemu/postcopy/postcopy-ram.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { capable } from "../peer.ts";
import { number, number64, type QemuFile, skip } from "../qemu-file.ts";
import { blockOfPage, type PageChannel } from "./page-block.ts";
import { markReceived } from "./received.ts";
import { crash, refusal, refuse, report } from "./refuse.ts";

const SIGABRT = 6;

/** zlib's compressBound() of a target page. */
const LONGEST_COMPRESSED = 4112;

/** Reads the RAM records of a section as in postcopy, up to its end. QEMU's ram_load_postcopy(). */
export function* loadPostcopyPages(
  load: Load,
  file: QemuFile,
  channel: PageChannel,
): Steps<LoadFailure | undefined> {
  const holds = (chapters: readonly Fact<unknown>[]) =>
    valueAt(chapters, load.host.peer.version, "later") !== undefined;
  const pages = ZERO | PAGE | (holds(facts.POSTCOPY_COMPRESSED) ? COMPRESS_PAGE : 0);
  const flushes = holds(facts.POSTCOPY_MULTIFD_FLUSH);
  const zeroOnly = holds(facts.POSTCOPY_ZERO_VALUE);
  const wordChecked = holds(facts.POSTCOPY_WORD_CHECKED);
  while (true) {
    const word = yield* number64(file, "RamRecord.word");
    if (file.error && wordChecked) return refusal(file, "EIO");
    const flags = Number(word % BigInt(PAGE_SIZE));
    const address = word - BigInt(flags);
    if (flags & pages) {
      const failure = yield* blockOfPage(load, file, flags, address, channel);
      if (failure) return failure;
    }
    const kind = flags & ~CONTINUE;
    if (kind === ZERO) {
      const value = yield* number(file, 1, "ZeroPage.fill");
      if (value !== 0 && zeroOnly) return refuse(load, file, "EINVAL", facts.POSTCOPY_ZERO_VALUE, value);
    } else if (kind === PAGE) yield* skip(file, PAGE_SIZE, "RamPage");
    else if (kind === COMPRESS_PAGE && pages & COMPRESS_PAGE) {
      const length = yield* number(file, 4, "CompressedPage.length");
      if (length > LONGEST_COMPRESSED)
        return refuse(
          load,
          file,
          "EINVAL",
          facts.COMPRESSED_LENGTH,
          length > 0x7fffffff ? length - 2 ** 32 : length,
        );
      if (!capable(load.host.peer, "compress")) {
        report(load, facts.COMPRESSED_UNPREPARED);
        return crash(file, SIGABRT);
      }
      yield* skip(file, length, "CompressedPage.data");
    } else if (kind !== EOS && !(kind === MULTIFD_FLUSH && flushes))
      return refuse(load, file, "EINVAL", facts.POSTCOPY_FLAGS, flags);
    if (file.error) return refusal(file, "EIO");
    if (kind === EOS) return undefined;
    const block = load.lastBlock?.[channel];
    if (block && flags & pages) markReceived(load, block, Number(address));
  }
}
