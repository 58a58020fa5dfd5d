import { PEEK_FAILED } from "../../../facts/qemu/multifd/channel-errors.ts";
import { CHANNEL_MAPPING } from "../../../facts/qemu/multifd/channels.ts";
import { PREEMPT_CONNECTS } from "../../../facts/qemu/return-path/source-endings.ts";
import { chaptersFor } from "../../chapters.ts";
import { completing, hangs } from "../../endings/destination-waits.ts";
import type { Factor } from "../../factor.ts";
import { connectsInSetup, ends, isSocket, NOTHING } from "./pair.ts";

const TOGETHER = ["postcopy-preempt", "multifd"] as const;

export const preemptApartFromMultifd: Factor = {
  rule: "PREEMPT_APART_FROM_MULTIFD",
  purpose: "Checks that the connection of postcopy-preempt is not taken for one of multifd.",
  reference: "migration/migration.c, migration_ioc_process_incoming(); migration/channel.c",
  find(pair) {
    const { source, destination } = pair;
    if (!isSocket(pair) || !TOGETHER.every((name) => source.has(name) && destination.has(name)))
      return NOTHING;
    if (!connectsInSetup(source)) return NOTHING;
    const unpeeked = destination.say(PEEK_FAILED)?.text;
    const waiting = {
      state: null,
      error: null,
      ...(unpeeked !== undefined && { otherErrors: [unpeeked] }),
    };
    const ending = hangs("connect", { state: completing(pair), error: null }, waiting);
    const facts = [...chaptersFor(source, PREEMPT_CONNECTS), ...chaptersFor(destination, CHANNEL_MAPPING)];
    return ends("connect", { ...ending, alternatives: ["completes"] }, facts);
  },
};
