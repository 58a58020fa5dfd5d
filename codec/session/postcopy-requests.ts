import type { PageRequest } from "../formats/return-path/return-path-events.ts";
import { createLatency, type LatencySummary } from "./latency.ts";
import type { SentPages } from "./postcopy-pages.ts";

/** What became of the destination's requests for pages. `null` is unknown: there was no memory to keep track. */
export interface RequestSummary {
  /** REQ_PAGES and REQ_PAGES_ID; the sum of all counts below but `pages`. */
  readonly messages: number;
  /** Bytes asked for, in decimal. */
  readonly bytes: string;
  /** Target pages asked for; `null` as long as no page told their size. */
  readonly pages: number | null;
  /** The last page asked for came after the request. */
  readonly answered: number;
  /** It was already on its way. `null` also where nothing tells the time: then such requests count as answered. */
  readonly alreadySent: number | null;
  readonly unanswered: number | null;
  /** The same range again, while the request for it was open. */
  readonly duplicates: number;
  /** The same range again, on the connection that recovers the migration. */
  readonly repeated: number;
  /** Not followed: too many were open, or the message was damaged. */
  readonly untracked: number;
  /** From the request to the last page it asked for, in nanoseconds, the time of a pause included. */
  readonly latency: LatencySummary | null;
}

export interface Requests {
  ask(request: PageRequest | null, time: number | null): void;
  /** A page came whose last byte is the one before `end`. */
  arrived(block: string, end: number, time: number | null): void;
  /** New connections replace those that broke. */
  renew(): void;
  summary(pageSize: number): RequestSummary;
}

/** Requests that wait for their pages at the same time. */
const MOST_OPEN = 65_536;

interface OpenRequest {
  readonly start: number;
  readonly time: number | null;
  connection: number;
}

/**
 * Matches requests with pages. The source sends the target pages of a host page in order, so a request is answered with the
 * last of them.
 */
export function createRequests(sent: SentPages): Requests {
  const open = new Map<string, Map<number, OpenRequest>>();
  const latency = createLatency();
  const count = { messages: 0, answered: 0, alreadySent: 0, duplicates: 0, repeated: 0, untracked: 0 };
  let bytes = 0n;
  let openCount = 0;
  let connection = 0;
  let timed = true;

  /** The request is for pages that nobody waits for yet. */
  function askAnew(block: string, start: number, end: number, time: number | null): void {
    if (sent.has(block, end) === true) {
      if (time === null) count.answered++;
      else count.alreadySent++;
      return;
    }
    if (openCount === MOST_OPEN) {
      count.untracked++;
      return;
    }
    const ofBlock = open.get(block) ?? new Map<number, OpenRequest>();
    open.set(block, ofBlock);
    ofBlock.set(end, { start, time, connection });
    openCount++;
  }

  return {
    ask(request, time) {
      count.messages++;
      if (time === null) timed = false;
      bytes += BigInt(request?.length ?? 0);
      const start = Number(request?.start);
      const end = start + (request?.length ?? 0);
      const block = request?.block ?? null;
      if (block === null || !(end > start) || !Number.isSafeInteger(end)) {
        count.untracked++;
        return;
      }
      const before = open.get(block)?.get(end);
      if (!before) askAnew(block, start, end, time);
      else if (before.start !== start) count.untracked++;
      else if (before.connection === connection) count.duplicates++;
      else {
        count.repeated++;
        before.connection = connection;
      }
    },
    arrived(block, end, time) {
      const ofBlock = openCount > 0 ? open.get(block) : undefined;
      const request = ofBlock?.get(end);
      if (!ofBlock || !request) return;
      ofBlock.delete(end);
      if (ofBlock.size === 0) open.delete(block);
      openCount--;
      count.answered++;
      if (time !== null && request.time !== null) latency.add(Math.max(0, time - request.time));
    },
    renew() {
      connection++;
    },
    summary(pageSize) {
      const { sure } = sent;
      return {
        messages: count.messages,
        bytes: String(bytes),
        pages: pageSize > 0 ? Math.ceil(Number(bytes) / pageSize) : null,
        answered: count.answered,
        alreadySent: sure && timed ? count.alreadySent : null,
        unanswered: sure ? openCount : null,
        duplicates: count.duplicates,
        repeated: count.repeated,
        untracked: count.untracked,
        latency: latency.summary(),
      };
    },
  };
}
