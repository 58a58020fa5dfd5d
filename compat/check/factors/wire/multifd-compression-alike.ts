import { PRINTED_ERROR } from "../../../facts/qemu/multifd/channel-errors.ts";
import { MULTIFD_LOSS_NOTICED, PASS_LEFT_OPEN } from "../../../facts/qemu/multifd/multifd-loss.ts";
import { MULTIFD_METHOD_MASK } from "../../../facts/qemu/multifd/multifd-payload.ts";
import { MULTIFD_METHOD } from "../../../facts/qemu/multifd/multifd-payload-errors.ts";
import { COMPLETES_UNHEARD } from "../../../facts/qemu/return-path/source-endings.ts";
import { type CompressionMethod, methodFlag } from "../../../peers/multifd/settings.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { destinationWaits } from "../../endings/destination-waits.ts";
import { errorAt } from "../../endings/source-fails.ts";
import { isHeard } from "../../endings/source-loses.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { channelAndLoad, otherMethod, ramPart } from "./multifd-channel-lines.ts";
import { bothMultifd, channelsOf, compressionOf } from "./multifd-side.ts";
import { deciding, NOTHING } from "./problem.ts";

const MOST_SHOWN = 4;

/** A channel refuses its first packet, and the source finds its channels closed. */
function refused(pair: Pair, sent: string, own: string): Ending {
  const { source, destination } = pair;
  const flags = methodFlag(sent as CompressionMethod) & (destination.value(MULTIFD_METHOD_MASK) ?? 0);
  const expected = methodFlag(own as CompressionMethod);
  const open = errorAt(pair, "ram-record");
  const closed = ramPart(pair, { printed: [], errno: "EIO", reason: "" });
  const [load, otherwise] = source.value(PASS_LEFT_OPEN) ? [open, closed] : [closed, open];
  const first = sent === "none" ? 0 : 1;
  const channels = Math.min(channelsOf(destination), MOST_SHOWN);
  const ids = Array.from({ length: channels }, (_, id) => (id + first) % channels);
  const texts = [load, otherwise].flatMap((error) =>
    ids.map((id) =>
      channelAndLoad(destination, otherMethod(destination, id, flags, expected), error).join("\n"),
    ),
  );
  const [lines = "", ...otherErrors] = [...new Set(texts)];
  return destinationFails(pair, "precopy", lines.split("\n"), {
    otherErrors,
    noticed: "multifd",
    alternatives: isHeard(pair) ? ["hangs"] : ["guest-stuck"],
  });
}

/** Few packets of plain pages are sent at once, often all before the first is refused. */
function plainPages(pair: Pair, own: string): Ending {
  const fails = refused(pair, "none", own);
  const waits = destinationWaits(pair, "precopy", "stuck");
  const texts = [fails.destination.error, ...(fails.destination.otherErrors ?? [])].flatMap(
    (text) => text ?? [],
  );
  if (isHeard(pair) && pair.source.value(MULTIFD_LOSS_NOTICED)) return { ...fails, alternatives: ["hangs"] };
  const told = [fails.source.error, ...(fails.source.otherErrors ?? [])].flatMap((text) => text ?? []);
  return {
    ...waits,
    alternatives: ["fails"],
    source: { ...waits.source, otherErrors: told },
    destination: { ...waits.destination, otherErrors: texts },
  };
}

export const multifdCompressionAlike: Factor = {
  rule: "MULTIFD_COMPRESSION_ALIKE",
  purpose: "Checks that multifd-compression is the same on both sides.",
  reference: "migration/multifd.c, multifd_recv_thread(); multifd-nocomp.c, multifd-zlib.c and the like",
  find(pair: Pair): readonly Problem[] {
    if (!bothMultifd(pair)) return NOTHING;
    const { source, destination } = pair;
    const [sent, own] = [compressionOf(source), compressionOf(destination)];
    if (sent === own) return NOTHING;
    const ending = sent === "none" ? plainPages(pair, own) : refused(pair, sent, own);
    const args = { source: sent, destination: own, dangerous: !isHeard(pair) };
    const facts = [
      ...chaptersFor(destination, MULTIFD_METHOD, PRINTED_ERROR),
      ...(isHeard(pair) ? [] : chaptersFor(source, COMPLETES_UNHEARD)),
    ];
    return deciding("precopy", ending, args, facts);
  },
};
