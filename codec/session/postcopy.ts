import type { Finding } from "../formats/finding.ts";
import type { ReturnPathEvent } from "../formats/return-path/return-path-events.ts";
import type { StreamEvent } from "../formats/stream/qemu-events.ts";
import type { Channel, Place } from "./events.ts";
import { type Mark, markOf } from "./mark.ts";
import { createDiscards, type DiscardSummary } from "./postcopy-discards.ts";
import { createSentPages, type SentMemory } from "./postcopy-pages.ts";
import { createRecovery, type Recovery, type RecoverySummary } from "./postcopy-recovery.ts";
import { createRequests, type RequestSummary } from "./postcopy-requests.ts";

/** A main connection that ended before the migration did. */
export interface Pause extends Mark {
  /** What shows it, in terms of the wire. */
  readonly proof: string;
}

/** What a migration did in postcopy. All of it is ready for JSON. */
export interface PostcopySummary {
  readonly advised: Mark | null;
  readonly discards: DiscardSummary;
  /** Device state in one piece; `length` is that of the package. */
  readonly package: (Mark & { readonly length: number }) | null;
  readonly listen: Mark | null;
  readonly run: Mark | null;
  readonly requests: RequestSummary;
  /** Page records since POSTCOPY_LISTEN, by the channel they came on. */
  readonly pages: { readonly main: number; readonly preempt: number; readonly recovery: number };
  /** Pages that were sent twice over the same connections; `null` if there was no memory to tell. */
  readonly pagesSentTwice: number | null;
  readonly pauses: readonly Pause[];
  readonly recoveries: readonly RecoverySummary[];
  /** Pauses and recoveries that are not listed. */
  readonly omitted: number;
}

/** Joins both directions of a migration in postcopy. Calls come in the order of the capture. */
export interface PostcopyTracker {
  /** Events of the main channel, or of one that recovers the migration. */
  stream(place: Place, event: StreamEvent): void;
  message(place: Place, event: ReturnPathEvent): void;
  /** One page record. Only needed while `wantsPages`. */
  page(place: Place, block: string, offset: number, pageSize: number): void;
  readonly wantsPages: boolean;
  /** A main channel was recognised. */
  opened(place: Place): void;
  /** The connection of the main channel is closed, and the reader of the channel has finished. */
  ended(place: Place, how: "fin" | "rst" | "open", by: "source" | "destination" | null): void;
  /** Null as long as nothing of postcopy was seen. */
  summary(): PostcopySummary | null;
}

/** Pauses and recoveries kept. */
const MOST_RECOVERIES = 256;

export function createPostcopyTracker(
  find: (place: Place, finding: Finding) => void,
  memory?: SentMemory,
): PostcopyTracker {
  const discards = createDiscards();
  const sent = createSentPages(memory);
  const requests = createRequests(sent);
  const marks: { advised: Mark | null; listen: Mark | null; run: Mark | null } = {
    advised: null,
    listen: null,
    run: null,
  };
  const pages = { main: 0, preempt: 0, recovery: 0 };
  const pauses: Pause[] = [];
  const recoveries: Recovery[] = [];
  let recovery: Recovery | undefined;
  let packaged: PostcopySummary["package"] = null;
  let main: Channel | undefined;
  let seen = false;
  let wantsPages = false;
  let paused = false;
  let over = false;
  let twice = 0;
  let pageSize = 0;
  let omitted = 0;

  function pause(place: Place, proof: string): void {
    if (paused || over || !marks.run) return;
    paused = true;
    if (pauses.length < MOST_RECOVERIES) pauses.push({ ...markOf(place), proof });
    else omitted++;
  }

  function opened(place: Place): void {
    if (place.channel === main) return;
    main = place.channel;
    if (main.begins !== "recovery") return;
    pause(place, "recovery connection");
    seen = true;
    paused = false;
    wantsPages = true;
    sent.renew();
    requests.renew();
    recovery = createRecovery(markOf(place));
    if (recoveries.length < MOST_RECOVERIES) recoveries.push(recovery);
    else omitted++;
  }

  function command(place: Place, { name, value }: Extract<StreamEvent, { kind: "command" }>): void {
    switch (name) {
      case "POSTCOPY_ADVISE":
        seen = true;
        marks.advised ??= markOf(place);
        break;
      case "POSTCOPY_RAM_DISCARD":
        seen = true;
        discards.add(value);
        break;
      case "PACKAGED":
        seen = true;
        packaged ??= { ...markOf(place), length: typeof value === "number" ? value : 0 };
        break;
      case "POSTCOPY_LISTEN":
        seen = true;
        wantsPages = true;
        marks.listen ??= markOf(place);
        break;
      case "POSTCOPY_RUN":
        seen = true;
        wantsPages = true;
        marks.run ??= markOf(place);
        break;
      case "RECV_BITMAP":
      case "POSTCOPY_RESUME":
        recovery?.command(place, name);
    }
  }

  function reply(place: Place, event: Extract<ReturnPathEvent, { kind: "message" }>): void {
    switch (event.name) {
      case "REQ_PAGES":
      case "REQ_PAGES_ID":
        seen = true;
        requests.ask(event.value, place.time);
        break;
      case "RECV_BITMAP":
        recovery?.received(event.value);
        break;
      case "RESUME_ACK":
        recovery?.acknowledged(place);
        break;
      case "SHUT":
        over = true;
        if (event.value === 0) tellUnanswered(place);
    }
  }

  /** A destination that is content has all its pages. */
  function tellUnanswered(place: Place): void {
    const { unanswered } = requests.summary(pageSize);
    if (place.time === null || unanswered === null || unanswered === 0 || (main?.lost ?? 0) > 0) return;
    find(place, {
      rule: "POSTCOPY_REQUESTS_ANSWERED",
      level: "warning",
      subject: "",
      offset: place.offset,
      args: { found: unanswered },
    });
  }

  return {
    get wantsPages() {
      return wantsPages;
    },
    opened,
    stream(place, event) {
      opened(place);
      if (event.kind === "command") command(place, event);
      else if (event.kind === "end" && event.reason === "eof") over = true;
    },
    message(place, event) {
      if (event.kind === "message") reply(place, event);
    },
    page(place, block, offset, size) {
      pageSize = size;
      const { role, begins } = place.channel;
      if (role === "postcopy-preempt") pages.preempt++;
      else if (begins === "recovery") pages.recovery++;
      else pages.main++;
      const how = sent.add(block, offset, size);
      if (how === "twice") twice++;
      recovery?.page(how === "again");
      requests.arrived(block, offset + size, place.time);
    },
    ended(place, how, by) {
      if (place.channel !== main || how === "open") return;
      pause(place, `${how.toUpperCase()}${by === null ? "" : ` by ${by}`}`);
    },
    summary() {
      if (!seen) return null;
      const { sure } = sent;
      return {
        ...marks,
        discards: discards.summary(),
        package: packaged,
        requests: requests.summary(pageSize),
        pages: { ...pages },
        pagesSentTwice: sure ? twice : null,
        pauses: [...pauses],
        recoveries: recoveries.map((one) => one.summary(sure)),
        omitted,
      };
    },
  };
}
