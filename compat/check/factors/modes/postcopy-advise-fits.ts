import {
  ADVISE_EMPTY,
  ADVISE_NEEDS_CAPABILITY,
  ADVISE_NOT_EMPTY,
} from "../../../facts/qemu/postcopy/postcopy-errors.ts";
import { POSTCOPY_ENABLED_BY } from "../../../facts/qemu/postcopy/postcopy-start.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { loadError, loadErrorLines } from "../../endings/load-failed.ts";
import type { Factor, Problem } from "../../factor.ts";
import { announcesPostcopy, ends, NOTHING } from "./pair.ts";

export const postcopyAdviseFits: Factor = {
  rule: "POSTCOPY_ADVISE_FITS",
  purpose: "Checks that both sides have postcopy-ram where the source announces postcopy.",
  reference: "migration/savevm.c, loadvm_postcopy_handle_advise()",
  find(pair) {
    const { source, destination } = pair;
    const sent = source.has("postcopy-ram");
    const expected = destination.has("postcopy-ram");
    if (sent === expected || !announcesPostcopy(source)) return NOTHING;
    const how = destination.value(ADVISE_NEEDS_CAPABILITY);
    if (how === "unread") return unread(pair, sent);
    if (how !== "checked") return NOTHING;
    const text = sent ? ADVISE_NOT_EMPTY : ADVISE_EMPTY;
    const lines = loadErrorLines(destination, loadError(destination, "EINVAL", text));
    const facts = [
      ...chaptersFor(source, POSTCOPY_ENABLED_BY),
      ...chaptersFor(destination, ADVISE_NEEDS_CAPABILITY, text),
    ];
    return ends("ram setup", destinationFails(pair, "setup", lines), facts, { sent });
  },
};

/** The page sizes begin with zeroes, which are the end of the stream for a destination that did not expect them. */
function unread({ source, destination }: Pair, sent: boolean): readonly Problem[] {
  return ends(
    "ram setup",
    {
      outcome: "fails",
      alternatives: ["guest-lost"],
      stage: "setup",
      source: { state: "failed", error: null },
      destination: { state: null, error: null },
    },
    [...chaptersFor(source, POSTCOPY_ENABLED_BY), ...chaptersFor(destination, ADVISE_NEEDS_CAPABILITY)],
    { sent },
  );
}
