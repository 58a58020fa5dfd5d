import type { ReceivedBitmap } from "../formats/return-path/return-path-events.ts";
import type { Place } from "./events.ts";
import { type Mark, markOf } from "./mark.ts";

/** What the destination says it has of a RAM block. */
export interface ReceivedSummary {
  readonly block: string | null;
  /** Target pages of the block, where that is certain. */
  readonly pages: number | null;
  readonly received: number;
  readonly missing: number;
}

/** One attempt to go on with a paused postcopy, over new connections. */
export interface RecoverySummary extends Mark {
  /** RECV_BITMAP commands. */
  readonly requestedBitmaps: number;
  readonly bitmaps: readonly ReceivedSummary[];
  /** Bitmaps that are not listed. */
  readonly omitted: number;
  readonly resumedAt: Mark | null;
  readonly acknowledgedAt: Mark | null;
  /** Page records since then, on all channels. */
  readonly pagesSent: number;
  /** Those of them that had been sent in postcopy before the pause; `null` if there was no memory to tell. */
  readonly pagesSentAgain: number | null;
}

export interface Recovery {
  command(place: Place, name: "RECV_BITMAP" | "POSTCOPY_RESUME"): void;
  received(bitmap: ReceivedBitmap | null): void;
  acknowledged(place: Place): void;
  page(again: boolean): void;
  summary(sure: boolean): RecoverySummary;
}

const MOST_BITMAPS = 1024;

export function createRecovery(opened: Mark): Recovery {
  const bitmaps: ReceivedSummary[] = [];
  let omitted = 0;
  let requestedBitmaps = 0;
  let resumedAt: Mark | null = null;
  let acknowledgedAt: Mark | null = null;
  let pagesSent = 0;
  let pagesSentAgain = 0;
  return {
    command(place, name) {
      if (name === "RECV_BITMAP") requestedBitmaps++;
      else resumedAt ??= markOf(place);
    },
    received(bitmap) {
      if (!bitmap || bitmaps.length === MOST_BITMAPS) {
        omitted++;
        return;
      }
      const { block, pages, received, missing } = bitmap;
      bitmaps.push({ block, pages, received, missing });
    },
    acknowledged(place) {
      acknowledgedAt ??= markOf(place);
    },
    page(again) {
      pagesSent++;
      if (again) pagesSentAgain++;
    },
    summary(sure) {
      return {
        ...opened,
        requestedBitmaps,
        bitmaps: [...bitmaps],
        omitted,
        resumedAt,
        acknowledgedAt,
        pagesSent,
        pagesSentAgain: sure ? pagesSentAgain : null,
      };
    },
  };
}
