import { COMPRESSED_PAGES } from "../../../facts/qemu/ram/ram.ts";
import { FLAGS_UNEXPECTED, FLAGS_UNKNOWN } from "../../../facts/qemu/ram/ram-errors.ts";
import { RAM_FLAGS } from "../../../facts/qemu/ram/ram-flags.ts";
import { COMPRESSED_UNEXPECTED } from "../../../facts/qemu/ram/ram-page-errors.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End, Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { earOf } from "../../endings/ear.ts";
import { inSection, type LoadError, loadError, loadErrorLines } from "../../endings/load-failed.ts";
import { ramSection } from "../../endings/source-fails.ts";
import type { Factor } from "../../factor.ts";
import { deciding, NOTHING } from "./problem.ts";

const flag = (name: string) => RAM_FLAGS.find(({ value }) => value.name === name)?.value.flag ?? 0;
const COMPRESS_PAGE = flag("COMPRESS_PAGE");
/** A page of the block of the page before it, as almost all are. */
const FURTHER_PAGE = COMPRESS_PAGE + flag("CONTINUE");

/** What a release says that could unpack it, if it were switched on. */
function switchedOff(end: End): LoadError {
  const error = loadError(end, "EINVAL", COMPRESSED_UNEXPECTED);
  const flags = end.say(FLAGS_UNEXPECTED, COMPRESS_PAGE);
  return flags ? { ...error, printed: [flags.text, ...error.printed] } : error;
}

export const compressedPagesUnderstood: Factor = {
  rule: "COMPRESSED_PAGES_UNDERSTOOD",
  purpose: "Checks that the destination takes pages that the source compresses.",
  reference: "migration/ram.c, ram_load_precopy(), RAM_SAVE_FLAG_COMPRESS_PAGE",
  find(pair: Pair) {
    const { source, destination } = pair;
    if (!source.has("compress") || source.value(COMPRESSED_PAGES) === undefined) return NOTHING;
    const known = destination.value(COMPRESSED_PAGES) !== undefined;
    const switched = destination.value(COMPRESSED_UNEXPECTED) !== undefined;
    if (known && (!switched || destination.has("compress"))) return NOTHING;
    const id = ramSection(pair);
    const [lines, otherwise] = [FURTHER_PAGE, COMPRESS_PAGE].map((flags) => {
      const error = known ? switchedOff(destination) : loadError(destination, "EINVAL", FLAGS_UNKNOWN, flags);
      const section = { kind: "part", id, idstr: "ram", instance: 0, version: 4, bare: true } as const;
      return loadErrorLines(destination, inSection(destination, error, section));
    });
    const other = known ? [] : [(otherwise ?? []).join("\n")];
    const ending = destinationFails(pair, "precopy", lines ?? [], { otherErrors: other });
    const facts = [
      ...chaptersFor(source, COMPRESSED_PAGES),
      ...chaptersFor(destination, known ? COMPRESSED_UNEXPECTED : FLAGS_UNKNOWN),
    ];
    return deciding("precopy", ending, { known, version: destination.version, ear: earOf(pair) }, facts);
  },
};
