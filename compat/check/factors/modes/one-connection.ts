import { PREEMPT_AWAITED, WAITING_STATUS } from "../../../facts/qemu/multifd/channels.ts";
import {
  MULTIFD_ALONE,
  MULTIFD_ALONE_TEXT,
  PREEMPT_ALONE,
} from "../../../facts/qemu/postcopy/single-connection.ts";
import { MULTI_CHANNEL_URI } from "../../../facts/qemu/settings/migrate-errors.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End, Pair } from "../../end.ts";
import { destinationWaits } from "../../endings/destination-waits.ts";
import { sourceEnds } from "../../endings/source-ends.ts";
import type { Factor, Problem } from "../../factor.ts";
import { joined } from "../../joined.ts";
import type { Ending } from "../../verdict.ts";
import { ends, isSocket, NOTHING } from "./pair.ts";

const PREEMPT = "postcopy-preempt";

export const oneConnection: Factor = {
  rule: "ONE_CONNECTION",
  purpose:
    "Checks that nothing needs further connections on a transport that has one, where QEMU does not refuse it.",
  reference: "migration/migration.c, transport_supports_multi_channels(); migration/multifd.c",
  find(pair) {
    if (isSocket(pair)) return NOTHING;
    return joined(ofSource(pair), ofDestination(pair));
  },
};

/** Since the URI is looked at, migrate is refused. */
function isRefused(end: End): boolean {
  return end.value(MULTI_CHANNEL_URI) !== undefined;
}

function ofSource(pair: Pair): readonly Problem[] {
  const { source } = pair;
  if ((!source.has("multifd") && !source.has(PREEMPT)) || isRefused(source)) return NOTHING;
  const how = source.has("multifd") ? source.value(MULTIFD_ALONE) : undefined;
  const args = { isSource: true, capability: "multifd", crashes: how === "crashes" };
  if (how) {
    const facts = chaptersFor(source, MULTIFD_ALONE, MULTIFD_ALONE_TEXT);
    const text = source.say(MULTIFD_ALONE_TEXT)?.text ?? null;
    const outcome = how === "crashes" ? "source-crashes" : "fails";
    return ends("migrate", sourceEnds(outcome, "setup", text), facts, args);
  }
  const text = source.has(PREEMPT) ? source.say(PREEMPT_ALONE)?.text : undefined;
  if (text === undefined) return NOTHING;
  const facts = chaptersFor(source, PREEMPT_ALONE);
  return ends("migrate", sourceEnds("fails", "setup", text), facts, { ...args, capability: PREEMPT });
}

function ofDestination(pair: Pair): readonly Problem[] {
  const { destination } = pair;
  if ((!destination.has("multifd") && !destination.has(PREEMPT)) || isRefused(destination)) return NOTHING;
  const multifd = destination.has("multifd");
  const preempt = destination.has(PREEMPT) && destination.value(PREEMPT_AWAITED) === true;
  if (!multifd && !preempt) return NOTHING;
  const waits: Ending = destinationWaits(
    pair,
    pair.mode === "save-and-restore" ? "restore" : "connect",
    "channels",
  );
  const line = multifd ? (destination.say(MULTIFD_ALONE_TEXT)?.text ?? null) : null;
  const ending = { ...waits, destination: { ...waits.destination, error: line } };
  const facts = multifd
    ? chaptersFor(destination, MULTIFD_ALONE_TEXT, WAITING_STATUS)
    : chaptersFor(destination, PREEMPT_AWAITED, WAITING_STATUS);
  return ends("connect", ending, facts, {
    isSource: false,
    capability: multifd ? "multifd" : PREEMPT,
    crashes: false,
    lost: ending.outcome === "guest-stuck",
  });
}
