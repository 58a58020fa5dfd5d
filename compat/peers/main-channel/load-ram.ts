import { COMPRESS_PAGE, CONTINUE, EOS, PAGE, XBZRLE, ZERO } from "../../../codec/formats/stream/qemu-ram.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import * as facts from "../../facts/qemu/ram/ram.ts";
import * as texts from "../../facts/qemu/ram/ram-errors.ts";
import * as ramPageErrors from "../../facts/qemu/ram/ram-page-errors.ts";
import { RAM_WORD_CHECKED, ZERO_PAGES_CHECKED } from "../../facts/qemu/stream/load.ts";
import { capable } from "../peer.ts";
import { loadPostcopyPages } from "../postcopy/pages.ts";
import { markReceived, receivedBits } from "../postcopy/received.ts";
import { refusal, report } from "../postcopy/refuse.ts";
import { number64 } from "../qemu-file.ts";
import type { Load, LoadFailure } from "./load.ts";
import { loadRamRecord } from "./load-ram-record.ts";
import { mayHaveOtherPages, otherPages } from "./other-pages.ts";
import { blockOfRecord } from "./ram-page-block.ts";
import { scanRecords } from "./scan-records.ts";

const VERSION = 4;

/** A part of the RAM section, up to its end mark. QEMU's ram_load(). */
export function* loadRam(load: Load, version: number): Steps<LoadFailure | undefined> {
  if (version !== VERSION) return refusal(load.file, "EINVAL");
  if (load.postcopy === "listening" || load.postcopy === "running")
    return yield* loadPostcopyPages(load, load.file, 0);
  return yield* loadRecords(load);
}

/** QEMU's ram_load_precopy(). */
function* loadRecords(load: Load): Steps<LoadFailure | undefined> {
  const { file } = load;
  const { peer } = load.host;
  const rules = rulesOf(load);
  const zeroOnly = valueAt(ZERO_PAGES_CHECKED, peer.version, "later") === true;
  const wordChecked = valueAt(RAM_WORD_CHECKED, peer.version, "later") === true;
  const kept = capable(peer, "postcopy-ram");
  const fast = (rules.forbidden & (ZERO | PAGE)) === 0;
  while (true) {
    const block = load.lastBlock?.[0];
    if (fast && block) {
      const received = kept ? receivedBits(load, block) : undefined;
      scanRecords(file, block.length, zeroOnly, received);
    }
    const word = yield* number64(file, "RamRecord.word");
    const { offset, path } = file;
    const record = { offset, path, flags: Number(word % 4096n), address: word - (word % 4096n) };
    if (file.error && wordChecked) {
      report(load, texts.ADDRESS_UNREADABLE);
      return refusal(file, "EIO");
    }
    const { flags } = record;
    const forbidden = flags & rules.forbidden;
    if (forbidden) {
      if (mayHaveOtherPages(load)) return otherPages(load, record);
      report(load, texts.FLAGS_UNEXPECTED, forbidden);
      if (forbidden & COMPRESS_PAGE) report(load, ramPageErrors.COMPRESSED_UNEXPECTED);
      return refusal(file, "EINVAL");
    }
    if (flags & rules.pages) {
      const refused = yield* blockOfRecord(load, record);
      if (refused) return refused;
    }
    const failure = yield* loadRamRecord(load, record, flags & ~CONTINUE);
    if (failure) return failure;
    if (file.error) return refusal(file, "EIO");
    const arrived = flags & rules.pages ? load.lastBlock?.[0] : undefined;
    if (arrived) markReceived(load, arrived, Number(record.address));
    if (flags & EOS) return undefined;
  }
}

/** Which flags a release and its capabilities forbid, and which stand for a page. */
function rulesOf({ host: { peer } }: Load): { readonly forbidden: number; readonly pages: number } {
  const compressed = valueAt(facts.COMPRESSED_PAGES, peer.version, "later");
  const mapped = capable(peer, "mapped-ram")
    ? (valueAt(facts.MAPPED_RAM_FORBIDS, peer.version, "later") ?? 0)
    : 0;
  const uncompressed = compressed === "capability" && !capable(peer, "compress") ? COMPRESS_PAGE : 0;
  return {
    forbidden: mapped | uncompressed,
    pages: ZERO | PAGE | XBZRLE | (compressed === undefined ? 0 : COMPRESS_PAGE),
  };
}
