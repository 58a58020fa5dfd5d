import type { Change } from "../proposal/schema.ts";
import { isHarm, type Rule } from "./rule.ts";

export const mainChannelBeginsWithQevm: Rule = {
  id: "MAIN_CHANNEL_BEGINS_WITH_QEVM",
  purpose: "Checks that the main channel begins with the magic of the stream, and nothing before it.",
  promise: "BITSTREAM",
  level: "error",
  reference:
    "migration/savevm.c, qemu_loadvm_state(); migration/migration.c, migration_ioc_process_incoming() since 8.0",
  witness: "multifd-init-on-main-channel",
  remedies: ["capability", "peek"],
  isBroken: (observed) => opensOtherwise(observed.change) && isHarm(observed.outcome),
};

function opensOtherwise(change: Change): boolean {
  if (change.kind === "header") return change.table === "FileHeader" && "magic" in change.set;
  return change.kind === "handshake" && change.connections.some((parts) => parts.indexOf("stream") > 0);
}
