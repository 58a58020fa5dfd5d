import { CHANNEL_MAPPING } from "../../../facts/qemu/multifd/channels.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import type { Factor, Problem } from "../../factor.ts";
import { peeks } from "./multifd-channel-lines.ts";
import { bothMultifd } from "./multifd-side.ts";
import { NOTHING, worthKnowing } from "./problem.ts";

export const multifdMainChannelFirst: Factor = {
  rule: "MULTIFD_MAIN_CHANNEL_FIRST",
  purpose:
    "Checks that the destination tells the main channel from the others in whatever order they arrive.",
  reference: "migration/migration.c, migration_ioc_process_incoming()",
  find(pair: Pair): readonly Problem[] {
    if (!bothMultifd(pair) || peeks(pair)) return NOTHING;
    return worthKnowing("connect", "note", {}, chaptersFor(pair.destination, CHANNEL_MAPPING));
  },
};
