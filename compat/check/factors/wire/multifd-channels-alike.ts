import { negative } from "../../../errno.ts";
import { CHANNEL_ERROR, CHANNEL_MAPPING, LISTEN_BACKLOG } from "../../../facts/qemu/multifd/channels.ts";
import { MULTIFD_ID_AT_COUNT, MULTIFD_ID_LIMIT } from "../../../facts/qemu/multifd/multifd.ts";
import {
  MULTIFD_DUPLICATE_ID,
  MULTIFD_INIT_ID,
  MULTIFD_INIT_PREFIX,
} from "../../../facts/qemu/multifd/multifd-init-errors.ts";
import { SETUP_LEFT_OPEN } from "../../../facts/qemu/multifd/multifd-loss.ts";
import { CHANNELS_2_TO_4, CHANNELS_4_TO_2 } from "../../../facts/qemu/multifd/multifd-mismatch.ts";
import { COMPLETES_UNHEARD } from "../../../facts/qemu/return-path/source-endings.ts";
import { MULTIFD_CONNECTS } from "../../../facts/qemu/return-path/source-lost.ts";
import { STATE_FAILED } from "../../../facts/qemu/stream/sections.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End, Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { destinationWaits } from "../../endings/destination-waits.ts";
import { loadFailed } from "../../endings/load-failed.ts";
import { isHeard } from "../../endings/source-loses.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending, Outcome, SideEnd } from "../../verdict.ts";
import { extraConnections, peeks } from "./multifd-channel-lines.ts";
import { deadlock, isDeadlock, mainEnds } from "./multifd-on-both-sides.ts";
import { bothMultifd, channelsOf } from "./multifd-side.ts";
import { deciding, NOTHING } from "./problem.ts";

/** Older releases fill the text of a wrong id with the version of the packet, twice. */
const VERSION = 1;
/** How many numbers of channels are tried in texts. */
const MOST_SHOWN = 4;

/** What becomes of a channel whose id is above what the destination has. */
function refusedIds(end: End, sent: number, own: number): string[] {
  const prefix = Array.from({ length: Math.min(own, MOST_SHOWN) }, (_, channel) => own - 1 - channel).map(
    (channel) => end.say(MULTIFD_INIT_PREFIX, channel)?.text ?? "",
  );
  const above = end.value(MULTIFD_ID_LIMIT) === "above-count";
  const shows = end.say(MULTIFD_INIT_ID, 0, 0)?.text.includes("version") ? [VERSION, VERSION] : undefined;
  const taken = above ? end.say(MULTIFD_DUPLICATE_ID, own)?.text : undefined;
  const first = above ? own + 1 : own;
  if (first >= sent) return taken === undefined ? [] : [taken];
  const told = end.say(MULTIFD_INIT_ID, ...(shows ?? [first, own]))?.text ?? "";
  if (end.value(CHANNEL_ERROR) === "fatal") return prefix.map((each) => each + told);
  const both = taken === undefined ? [] : prefix.map((each) => `${taken}\n${each}${told}`);
  return [...both, ...prefix.map((each) => each + told)];
}

/** The main channel and the first channels are there; those too many are closed. */
function putAside(end: End, count: number): string {
  const failed = loadFailed(end, "EIO", end.say(STATE_FAILED, 4, negative("EIO"))?.text);
  return [...extraConnections(end, count), ...failed].join("\n");
}

/** The destination takes as many channels as it wants, and the others are refused or closed. */
function someRefused(pair: Pair, sent: number, own: number): Ending {
  const { source, destination } = pair;
  const beside = source.value(MULTIFD_CONNECTS) === "beside-main";
  const extra = extraConnections(destination, sent - own);
  const ends = mainEnds(pair).map((end) => [...extra, ...end].join("\n"));
  const refused = refusedIds(destination, sent, own);
  const aside = putAside(destination, sent - own);
  const loads = extra.length > 0 && source.value(SETUP_LEFT_OPEN) === "block-list";
  const texts = beside
    ? [...(loads ? [aside] : []), ...ends, aside, ...refused]
    : [...refused, aside, ...ends];
  const [first = "", ...otherErrors] = [...new Set(texts)];
  return destinationFails(pair, "setup", first.split("\n"), {
    otherErrors,
    noticed: "multifd",
    alternatives: [...(isHeard(pair) ? [] : (["guest-lost"] as const)), ...unnoticed(pair), "hangs"],
  });
}

/** Older sources may not notice that a channel was closed, whose pages are then missing. */
function unnoticed(pair: Pair): readonly Outcome[] {
  return pair.source.value(MULTIFD_CONNECTS) === "beside-main" && peeks(pair) ? ["corrupts"] : [];
}

/** Where not all connections are kept waiting, channels may still be refused in time, if main comes to be read. */
function tooMany(pair: Pair, sent: number, own: number): Ending {
  const fails = someRefused(pair, sent, own);
  if (!isDeadlock(pair)) return fails;
  const ending = deadlock(pair);
  if (unnoticed(pair).length === 0) return { ...ending, alternatives: ["fails"] };
  const extra = extraConnections(pair.destination, sent - own).join("\n");
  return {
    ...ending,
    alternatives: ["fails", ...unnoticed(pair)],
    source: { ...ending.source, otherErrors: saidBy(fails.source) },
    destination: { ...ending.destination, otherErrors: [...saidBy(fails.destination), extra] },
  };
}

function saidBy({ error, otherErrors = [] }: SideEnd): readonly string[] {
  return error === null ? otherErrors : [error, ...otherErrors];
}

export const multifdChannelsAlike: Factor = {
  rule: "MULTIFD_CHANNELS_ALIKE",
  purpose: "Checks that multifd-channels is the same on both sides.",
  reference: "migration/multifd.c, multifd_recv_all_channels_created(), multifd_recv_initial_packet()",
  find(pair: Pair): readonly Problem[] {
    if (!bothMultifd(pair)) return NOTHING;
    const { source, destination } = pair;
    const [sent, own] = [channelsOf(source), channelsOf(destination)];
    if (sent === own) return NOTHING;
    const args = { source: sent, destination: own, dangerous: !isHeard(pair), stuck: false };
    if (sent < own) {
      const facts = [...chaptersFor(destination, CHANNELS_2_TO_4), ...chaptersFor(source, COMPLETES_UNHEARD)];
      const ending = destinationWaits(pair, "connect", "channels");
      return deciding("connect", ending, { ...args, stuck: ending.outcome === "guest-stuck" }, facts);
    }
    const facts = chaptersFor(
      destination,
      CHANNEL_MAPPING,
      LISTEN_BACKLOG,
      MULTIFD_ID_LIMIT,
      MULTIFD_ID_AT_COUNT,
      CHANNELS_4_TO_2,
    );
    return deciding("connect", tooMany(pair, sent, own), args, facts);
  },
};
