import { SNAPSHOT_WITHOUT_PAGE_BITMAPS } from "../../../facts/qemu/ram/snapshot-mapped-ram.ts";
import { ERRNO_LOST } from "../../../facts/qemu/stream/file.ts";
import { POST_LOAD_FAILED } from "../../../facts/qemu/stream/vmstate.ts";
import { isX86 } from "../../../peers/main-channel/machine-type.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { inSection, type LoadError, loadErrorLines } from "../../endings/load-failed.ts";
import type { Factor } from "../../factor.ts";
import { ends, NOTHING } from "./pair.ts";

/** The device of a PC that looks for its ROM in RAM, and finds none. */
const LOOKS_INTO_RAM = { kind: "start", id: 0, idstr: "kvm-tpr-opt", instance: 0, version: 1 } as const;

export const snapshotKeepsMemory: Factor = {
  rule: "SNAPSHOT_KEEPS_MEMORY",
  purpose: "Checks that a background snapshot is not written as mapped-ram, which leaves its pages out.",
  reference: "migration/migration.c, bg_migration_thread(); migration/ram.c, ram_save_complete()",
  find(pair) {
    const { source, destination } = pair;
    if (!source.has("background-snapshot") || !source.has("mapped-ram")) return NOTHING;
    if (!destination.has("mapped-ram") || !source.value(SNAPSHOT_WITHOUT_PAGE_BITMAPS)) return NOTHING;
    const lines = isX86(destination.peer.machine) ? linesOf(destination) : [];
    const ending = destinationFails(pair, "restore", lines, { alternatives: ["corrupts"] });
    return ends("switchover", ending, chaptersFor(source, SNAPSHOT_WITHOUT_PAGE_BITMAPS));
  },
};

function linesOf(end: End): readonly string[] {
  const { idstr, version } = LOOKS_INTO_RAM;
  const reason = end.say(POST_LOAD_FAILED, idstr, version, version, -1)?.text ?? "";
  const refused: LoadError = { printed: [], errno: end.value(ERRNO_LOST) ? "EINVAL" : "EPERM", reason };
  return loadErrorLines(end, inSection(end, refused, LOOKS_INTO_RAM));
}
