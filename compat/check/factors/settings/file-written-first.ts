import { ERRNOS } from "../../../errno.ts";
import { FILE_UNREADABLE, FILE_URI } from "../../../facts/qemu/stream/file-uri.ts";
import type { Factor } from "../../factor.ts";
import { commandRefused } from "./settle.ts";

const NONE = [] as const;
/** A scenario names no path. */
const PATH = "$PATH";

export const fileWrittenFirst: Factor = {
  rule: "FILE_WRITTEN_FIRST",
  purpose: "Checks that a destination does not open the file before the source has written it.",
  reference: "migration/file.c, file_start_incoming_migration()",
  find(pair) {
    const { destination, transport, mode } = pair;
    if (transport !== "file" || mode === "save-and-restore" || !destination.value(FILE_URI)) return NONE;
    const text = destination.say(FILE_UNREADABLE, PATH, ERRNOS.ENOENT.text)?.text;
    if (text === undefined) return NONE;
    return [
      commandRefused(pair, destination, "migrate-incoming", { text, args: { mode }, facts: FILE_UNREADABLE }),
    ];
  },
};
