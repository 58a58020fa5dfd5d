import { CHANNEL_ERROR } from "../../../facts/qemu/multifd/channels.ts";
import { MULTIFD_GENERATION, MULTIFD_PACKET_PAGES } from "../../../facts/qemu/multifd/multifd.ts";
import { MULTIFD_PACKET_MAGIC } from "../../../facts/qemu/multifd/multifd-errors.ts";
import { MULTIFD_MAGIC } from "../../../facts/qemu/multifd/multifd-flags.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End, Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { errorAt } from "../../endings/source-fails.ts";
import { isHeard } from "../../endings/source-loses.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { channelAndLoad, ramPart } from "./multifd-channel-lines.ts";
import { bothMultifd } from "./multifd-side.ts";
import { deciding, NOTHING } from "./problem.ts";

const DEFAULT_PAGES = 16;
const MAGIC = MULTIFD_MAGIC[0]?.value ?? 0;

/** How many pages a packet of an end has room for, where that is a parameter; null where it is fixed. */
function pagesOf(end: End): unknown {
  const name = end.value(MULTIFD_PACKET_PAGES);
  return typeof name === "string" ? (end.set(name) ?? DEFAULT_PAGES) : null;
}

/** The first packet behind the opening one is read from within another; a channel that fails takes the load with it. */
function misread(pair: Pair): Ending {
  const { destination } = pair;
  const channel = destination.say(MULTIFD_PACKET_MAGIC, 0, MAGIC)?.text ?? "";
  const texts = [errorAt(pair, "ram-record"), ramPart(pair, { printed: [], errno: "EIO", reason: "" })].map(
    (load) => channelAndLoad(destination, channel, load).join("\n"),
  );
  const [first = "", ...otherErrors] = [...new Set(texts)];
  return destinationFails(pair, "setup", first.split("\n"), {
    otherErrors,
    noticed: "multifd",
    alternatives: isHeard(pair) ? ["hangs"] : ["guest-stuck", "hangs"],
  });
}

export const multifdPacketsAlike: Factor = {
  rule: "MULTIFD_PACKETS_ALIKE",
  purpose: "Checks that multifd packets have the same layout on both sides.",
  reference: "migration/ram.c of 3.0 and 4.0, MultiFDInit_t, MultiFDPacket_t",
  find(pair: Pair): readonly Problem[] {
    if (!bothMultifd(pair)) return NOTHING;
    const { source, destination } = pair;
    const [sent, own] = [source.value(MULTIFD_GENERATION), destination.value(MULTIFD_GENERATION)];
    const other = sent?.init !== own?.init;
    if (!other && pagesOf(source) === pagesOf(destination)) return NOTHING;
    const args = { other, dangerous: !isHeard(pair), sent: sent?.init ?? 0, own: own?.init ?? 0 };
    const facts = [
      ...chaptersFor(source, MULTIFD_GENERATION, MULTIFD_PACKET_PAGES),
      ...chaptersFor(destination, MULTIFD_GENERATION, CHANNEL_ERROR),
    ];
    return deciding("connect", misread(pair), args, facts);
  },
};
