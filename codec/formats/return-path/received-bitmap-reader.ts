import type { Steps } from "../../layout/index.ts";
import { createBitScan, createRangeBuilder, endBits, scanBits } from "../ranges.ts";
import { ReceivedBitmapEnd, ReceivedBitmapHeader, receivedBitmapSize } from "./received-bitmap.ts";
import type { ReceivedBitmap } from "./return-path-events.ts";
import {
  find,
  messagePath,
  type ReturnPath,
  reportCut,
  type Step,
  stepOver,
  type Watcher,
} from "./return-path-state.ts";

const END_MARK = 8;
/** No block has a bitmap of more bytes; a size that says so is not followed. 4 GiB stand for 128 TiB of RAM. */
const LARGEST_BITMAP = 2 ** 32;

/** Reads what follows a RECV_BITMAP reply, counting its bits as they arrive. */
export function* readReceivedBitmap(
  path: ReturnPath,
  block: string | null,
): Steps<{ value: ReceivedBitmap; step: Step }> {
  const { cursor } = path;
  const pages = block === null ? undefined : path.pagesOf(block);
  const counter = createCounter(pages, path.pageSize());
  const told = (size: bigint | null, bytes: number, complete: boolean, step: Step) => ({
    value: { block, size: size === null ? null : String(size), ...counter.end(bytes), complete },
    step,
  });
  const within = messagePath(path);
  const offset = cursor.offset;
  const named = { block: block ?? "?" };
  if ((yield* cursor.upTo(8)) < 8) {
    if (cursor.lost > 0) return told(null, 0, false, "astray");
    yield* reportCut(path, "ReceivedBitmapHeader", 8);
    return told(null, 0, false, "cut");
  }
  const size = cursor.view.getBigUint64(cursor.at);
  const exact = pages === undefined ? undefined : receivedBitmapSize(pages);
  if (exact === undefined ? size % 8n !== 0n || size > LARGEST_BITMAP : size !== BigInt(exact)) {
    const expected = exact ?? `a multiple of 8 up to ${LARGEST_BITMAP}`;
    find(path, "RECEIVED_BITMAP_SIZE_EXACT", "error", offset, { ...named, expected, found: String(size) });
  }
  if (size > (exact === undefined ? LARGEST_BITMAP : 8 * exact + 64)) return told(size, 0, false, "astray");
  yield* cursor.struct(ReceivedBitmapHeader, { within });
  const bytes = Number(size);
  const left = yield* stepOver(path, bytes, "bitmap", counter);
  if (left > 0) {
    yield* reportCut(path, "bitmap", left);
    return told(size, bytes, false, "cut");
  }
  const found = counter.beyond();
  if (found > 0)
    find(path, "RECEIVED_BITMAP_IN_BLOCK", "warning", offset, { ...named, expected: pages ?? 0, found });
  if ((yield* cursor.upTo(END_MARK)) === END_MARK) {
    const mark = cursor.view.getBigUint64(cursor.at);
    if (mark !== ReceivedBitmapEnd.fields.mark.equals) {
      const args = { ...named, found: `0x${mark.toString(16).padStart(16, "0")}` };
      find(path, "RECEIVED_BITMAP_ENDS", "error", cursor.offset, args);
      return told(size, bytes, false, "astray");
    }
    yield* cursor.struct(ReceivedBitmapEnd, { within });
    return told(size, bytes, counter.whole(), "in step");
  }
  if (cursor.lost === 0) {
    yield* reportCut(path, "ReceivedBitmapEnd", END_MARK);
    return told(size, bytes, false, "cut");
  }
  const short = yield* stepOver(path, END_MARK, "ReceivedBitmapEnd");
  return told(size, bytes, false, short > 0 ? "cut" : "in step");
}

type Counts = Omit<ReceivedBitmap, "block" | "size" | "complete">;

interface Counter extends Watcher {
  /** No bit of it is missing so far. */
  whole(): boolean;
  /** Bits set beyond the last page of the block. */
  beyond(): number;
  /** The counts, for a bitmap of `bytes` in all, of which no more will come. */
  end(bytes: number): Counts;
}

function createCounter(pages: number | undefined, pageSize: number): Counter {
  const scan = createBitScan();
  const ranges = createRangeBuilder();
  const limit = pages ?? Number.POSITIVE_INFINITY;
  let clear = 0;
  let clearBeyond = 0;
  /** Bits that are missing, of pages and beyond them. */
  let lost = 0;
  let lostBeyond = 0;
  const inside = (first: number, count: number) => Math.max(0, Math.min(first + count, limit) - first);
  const run = (first: number, count: number) => {
    const some = inside(first, count);
    clear += some;
    clearBeyond += count - some;
    ranges.add(first * pageSize, some * pageSize);
  };
  return {
    feed: (bytes, from, to) => scanBits(bytes, 0, scan, run, from, to),
    lose(bytes) {
      endBits(scan, run);
      const some = inside(scan.bit, bytes * 8);
      lost += some;
      lostBeyond += bytes * 8 - some;
      scan.bit += bytes * 8;
    },
    whole: () => lost + lostBeyond === 0,
    beyond() {
      const open = scan.first < 0 ? 0 : scan.bit - scan.first;
      const openInside = open > 0 ? inside(scan.first, open) : 0;
      return Math.max(0, scan.bit - limit) - clearBeyond - (open - openInside) - lostBeyond;
    },
    end(bytes) {
      // The last word may be padded: a clear bit is a missing page only if a set one follows or it is in its place.
      const open = scan.first < 0 ? scan.bit : scan.first;
      const certain = pages === undefined ? Math.max(bytes * 8 - 63, open) : pages;
      const seen = Math.min(scan.bit, certain);
      endBits(scan, run, pages === undefined ? seen : scan.bit);
      const uncertain = (pages ?? bytes * 8) - seen + lost;
      return {
        pageSize,
        pages: pages ?? (uncertain === 0 && bytes > 0 ? bytes * 8 : null),
        received: seen - lost - clear,
        missing: clear,
        uncertain,
        missingRanges: ranges.list(),
      };
    },
  };
}
