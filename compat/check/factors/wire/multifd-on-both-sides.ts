import { EXTRA_CONNECTION } from "../../../facts/qemu/multifd/channel-errors.ts";
import { CHANNEL_MAPPING, LISTEN_BACKLOG, WAITING_STATUS } from "../../../facts/qemu/multifd/channels.ts";
import { PASS_LEFT_OPEN, SETUP_LEFT_OPEN } from "../../../facts/qemu/multifd/multifd-loss.ts";
import { MULTIFD_ON_TO_OFF } from "../../../facts/qemu/multifd/multifd-mismatch.ts";
import { COMPLETES_UNHEARD } from "../../../facts/qemu/return-path/source-endings.ts";
import { MULTIFD_CONNECTS } from "../../../facts/qemu/return-path/source-lost.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { destinationWaits, hangs } from "../../endings/destination-waits.ts";
import { loadErrorLines } from "../../endings/load-failed.ts";
import { streamEnds } from "../../endings/source-fails.ts";
import { isHeard } from "../../endings/source-loses.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { emptyStream, extraConnections, peekFailed, peeks, ramPart } from "./multifd-channel-lines.ts";
import { channelsOf, hasMultifd } from "./multifd-side.ts";
import { deciding, NOTHING } from "./problem.ts";

/** More connections than are kept waiting, of which the source makes all before it writes the first byte. */
export function isDeadlock(pair: Pair): boolean {
  const { source, destination } = pair;
  const backlog = destination.value(LISTEN_BACKLOG);
  if (!backlog || !peeks(pair)) return false;
  const kept = 1 + (hasMultifd(destination) ? channelsOf(destination) : backlog.otherwise);
  return channelsOf(source) > kept;
}

/** Both wait: the destination for the first bytes of the main channel, the source for its last connection. */
export function deadlock({ destination }: Pair): Ending {
  const error = peekFailed(destination);
  return hangs(
    "setup",
    { state: "setup", error: null },
    { state: destination.value(WAITING_STATUS) ?? null, error },
  );
}

/** How the main channel may end for a destination whose source finds multifd channels closed, the likeliest first. */
export function mainEnds(pair: Pair): readonly (readonly string[])[] {
  const { source, destination } = pair;
  const empty = emptyStream(destination);
  const early = streamEnds(pair, "ram-setup");
  const closed = loadErrorLines(destination, ramPart(pair, { printed: [], errno: "EIO", reason: "" }));
  const late = source.value(PASS_LEFT_OPEN) ? streamEnds(pair, "ram-record") : closed;
  const between = streamEnds(pair, "section");
  if (peeks(pair)) return [late, early, empty, between];
  return source.value(SETUP_LEFT_OPEN) === "block-list"
    ? [early, empty, late, between]
    : [empty, early, late, between];
}

/** The destination takes the main channel and closes the others. */
function sourceOnly(pair: Pair): Ending {
  const { source, destination } = pair;
  if (isDeadlock(pair)) return deadlock(pair);
  const channels = channelsOf(source);
  const beside = source.value(MULTIFD_CONNECTS) === "beside-main";
  const lists = !peeks(pair) && source.value(SETUP_LEFT_OPEN) === "block-list";
  const counts = beside && lists ? [channels - 1, channels] : [channels, channels - 1];
  const texts = mainEnds(pair).flatMap((end) =>
    counts.map((count) => [...extraConnections(destination, count), ...end].join("\n")),
  );
  const [first = "", ...otherErrors] = [...new Set(texts)];
  return destinationFails(pair, "setup", first.split("\n"), {
    otherErrors,
    noticed: "multifd",
    alternatives: [],
  });
}

export const multifdOnBothSides: Factor = {
  rule: "MULTIFD_ON_BOTH_SIDES",
  purpose: "Checks that multifd is on on both sides or on neither.",
  reference: "migration/migration.c, migration_has_all_channels(), migration_ioc_process_incoming()",
  find(pair: Pair): readonly Problem[] {
    const { source, destination, mode } = pair;
    if (mode === "save-and-restore") return NOTHING;
    const [sends, awaits] = [hasMultifd(source), hasMultifd(destination)];
    if (sends === awaits) return NOTHING;
    if (awaits) {
      const ending = destinationWaits(pair, "connect", "channels");
      const dangerous = ending.outcome === "guest-stuck";
      const args = {
        side: "destination",
        dangerous,
        unheard: !isHeard(pair),
        channels: channelsOf(destination),
      };
      const facts = [...chaptersFor(destination, CHANNEL_MAPPING), ...chaptersFor(source, COMPLETES_UNHEARD)];
      return deciding("connect", ending, args, facts);
    }
    const args = { side: "source", dangerous: false, unheard: false, channels: channelsOf(source) };
    const facts = chaptersFor(
      destination,
      CHANNEL_MAPPING,
      LISTEN_BACKLOG,
      EXTRA_CONNECTION,
      MULTIFD_ON_TO_OFF,
    );
    return deciding("connect", sourceOnly(pair), args, facts);
  },
};
