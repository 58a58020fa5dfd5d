import { BLOCK } from "../../../facts/qemu/settings/capabilities.ts";
import { SECTION_UNKNOWN } from "../../../facts/qemu/stream/sections.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { loadError, loadErrorLines } from "../../endings/load-failed.ts";
import type { Factor, Problem } from "../../factor.ts";
import { about, inForce } from "./settle.ts";

export const blockMigrationLoaded: Factor = {
  rule: "BLOCK_MIGRATION_LOADED",
  purpose: "Checks that the destination still loads what the capability block puts in the stream.",
  reference: "migration/block.c, gone in 9.1; migration/savevm.c, qemu_loadvm_section_start_full()",
  find(pair) {
    const { source, destination } = pair;
    if (!source.has("block") || source.value(BLOCK) === undefined) return NONE;
    if (destination.value(BLOCK) !== undefined) return NONE;
    const lines = loadErrorLines(destination, loadError(destination, "EINVAL", SECTION_UNKNOWN, "block", 0));
    const ending = destinationFails(pair, "setup", lines);
    const facts = inForce(destination, BLOCK);
    return [{ step: "ram setup", ending, level: "error", args: about(destination), facts }];
  },
};

const NONE: readonly Problem[] = [];
