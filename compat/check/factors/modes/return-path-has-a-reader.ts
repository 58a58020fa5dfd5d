import {
  FILE_HAS_NO_RETURN_PATH,
  PIPE_AWAITS_RETURN_PATH,
} from "../../../facts/qemu/postcopy/single-connection.ts";
import { chaptersFor } from "../../chapters.ts";
import { completing } from "../../endings/destination-waits.ts";
import { sourceEnds } from "../../endings/source-ends.ts";
import type { Factor } from "../../factor.ts";
import { ends, NOTHING, startsPostcopy } from "./pair.ts";

const ACK = "switchover-ack";
const ASKED_FOR_BY = ["return-path", "postcopy-ram"] as const;

export const returnPathHasAReader: Factor = {
  rule: "RETURN_PATH_HAS_A_READER",
  purpose: "Checks that a source that writes to a file or a command does not wait for an answer.",
  reference: "migration/migration.c, open_return_path_on_source(), close_return_path_on_source()",
  find(pair) {
    const { source, transport, mode } = pair;
    const isOneWay = transport === "exec" || transport === "file";
    if (!isOneWay) return NOTHING;
    const capability = ASKED_FOR_BY.find((name) => source.has(name));
    if (capability === undefined) return NOTHING;
    const step = mode === "save-and-restore" ? "migrate" : "switchover";
    const isFile = transport === "file";
    const facts = chaptersFor(source, isFile ? FILE_HAS_NO_RETURN_PATH : PIPE_AWAITS_RETURN_PATH);
    const text = isFile ? (source.say(FILE_HAS_NO_RETURN_PATH)?.text ?? null) : null;
    // It never comes to the point where an answer is read.
    if (source.has(ACK))
      return ends(step, sourceEnds("hangs", "precopy", text, "active"), facts, {
        capability: ACK,
        how: "acks",
        postcopy: startsPostcopy(pair),
      });
    const ending = isFile
      ? sourceEnds("fails", "switchover", text)
      : sourceEnds("hangs", "switchover", null, completing(pair));
    return ends(step, ending, facts, {
      capability,
      how: isFile ? "fails" : "waits",
      postcopy: startsPostcopy(pair),
    });
  },
};
