import { PREEMPT_AWAITED } from "../../../facts/qemu/multifd/channels.ts";
import { POSTCOPY_DEVICE } from "../../../facts/qemu/return-path/source-states.ts";
import { chaptersFor } from "../../chapters.ts";
import { destinationWaits, hangs } from "../../endings/destination-waits.ts";
import type { Factor } from "../../factor.ts";
import { announcesPostcopy, ends, isSocket, NOTHING, startsPostcopy } from "./pair.ts";

const PREEMPT = "postcopy-preempt";

export const preemptOnDestinationOnly: Factor = {
  rule: "PREEMPT_ON_DESTINATION_ONLY",
  purpose: "Checks that the connection comes that a destination with postcopy-preempt waits for.",
  reference: "migration/migration.c, migration_ioc_process_incoming(); migration/postcopy-ram.c",
  find(pair) {
    const { source, destination } = pair;
    if (!destination.has(PREEMPT) || source.has(PREEMPT) || !isSocket(pair)) return NOTHING;
    const facts = chaptersFor(destination, PREEMPT_AWAITED);
    const awaited = destination.value(PREEMPT_AWAITED) === true;
    const starts = startsPostcopy(pair) && announcesPostcopy(source);
    if (!starts) {
      if (!awaited) return NOTHING;
      const ending = destinationWaits(pair, "connect", "channels");
      return ends("connect", ending, facts, { starts, lost: ending.outcome === "guest-stuck" });
    }
    const state = source.value(POSTCOPY_DEVICE) ? "postcopy-device" : "postcopy-active";
    const ending = hangs(
      "postcopy",
      { state, error: null },
      { state: awaited ? null : "active", error: null },
    );
    return ends(awaited ? "connect" : "precopy", ending, facts, { starts, lost: false });
  },
};
