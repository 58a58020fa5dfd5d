import type { Change } from "../proposal/schema.ts";
import { isHarm, type Rule } from "./rule.ts";

export const channelOrderKept: Rule = {
  id: "CHANNEL_ORDER_KEPT",
  purpose: "Checks that the main channel is connected first, for releases that tell channels by their order.",
  promise: "STATE",
  level: "error",
  reference:
    "migration/migration.c, migration_ioc_process_incoming(): up to 7.2 the first connection is the main channel",
  witness: "multifd-channels-first",
  remedies: ["order", "capability"],
  isBroken: (observed) => isLate(observed.change) && isHarm(observed.outcome),
};

function isLate(change: Change): boolean {
  return change.kind === "handshake" && !change.connections[0]?.includes("stream");
}
