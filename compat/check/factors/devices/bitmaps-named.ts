import { byteLength } from "../../../bitmaps/byte-length.ts";
import { NODE_NAME_CUT } from "../../../facts/qemu/dirty-bitmap/dirty-bitmap.ts";
import {
  BITMAP_NAME_TOO_LONG,
  GENERATED_NODE_NAME,
  LONGEST_NAME,
  REFUSED_SECTION_SENT,
} from "../../../facts/qemu/dirty-bitmap/dirty-bitmap-source.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { inSection, loadError, loadErrorLines } from "../../endings/load-failed.ts";
import { sourceFails, streamEnds } from "../../endings/source-fails.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { type SentBitmap, sentBitmaps } from "./bitmaps-of.ts";
import { ends, NOTHING } from "./problem.ts";

const BITMAP_VERSION = 1;
/** QEMU generates names that begin so, and takes none from users. */
const GENERATED = "#";

export const bitmapsNamed: Factor = {
  rule: "BITMAPS_NAMED",
  purpose: "Checks that the source can send its bitmaps under the names they have.",
  reference: "migration/block-dirty-bitmap.c, add_bitmaps_to_list()",
  find(pair) {
    for (const sent of sentBitmaps(pair.source)) {
      const problem = generated(pair, sent) ?? tooLong(pair, sent);
      if (problem) return [problem];
    }
    return NOTHING;
  },
};

function generated(pair: Pair, { bitmap, as }: SentBitmap): Problem | undefined {
  if (!as?.node.startsWith(GENERATED)) return undefined;
  const text = pair.source.say(GENERATED_NODE_NAME, bitmap.name, as.node)?.text;
  if (text === undefined) return undefined;
  const facts = chaptersFor(pair.source, GENERATED_NODE_NAME, REFUSED_SECTION_SENT);
  return ends("ram setup", refused(pair, text), { ...bitmap, why: "generated", bytes: 0 }, facts);
}

/** Without a mapping; an alias that is too long was refused with the mapping. */
function tooLong(pair: Pair, { bitmap, as, mapped }: SentBitmap): Problem | undefined {
  const { source } = pair;
  const limit = source.value(LONGEST_NAME);
  if (!as || mapped || limit === undefined || bitmap.name.length <= limit / 4) return undefined;
  const bytes = byteLength(bitmap.name);
  if (bytes <= limit) return undefined;
  const text = source.say(BITMAP_NAME_TOO_LONG, bitmap.name, bitmap.node, limit)?.text;
  const facts = chaptersFor(source, LONGEST_NAME, BITMAP_NAME_TOO_LONG, REFUSED_SECTION_SENT);
  const args = { ...bitmap, why: text === undefined ? "aborts" : "long", bytes };
  return ends("ram setup", text === undefined ? aborts() : refused(pair, text), args, facts);
}

function refused(pair: Pair, text: string): Ending {
  return sourceFails("setup", text, linesOfDestination(pair));
}

/** With a footer where the names were to be, its bytes are read for flags that announce a name. */
function linesOfDestination(pair: Pair): readonly string[] {
  const { source, destination } = pair;
  if (source.value(REFUSED_SECTION_SENT) !== "footer") return streamEnds(pair, "footer");
  const error = inSection(destination, loadError(destination, "EINVAL", NODE_NAME_CUT), {
    kind: "start",
    id: 0,
    idstr: "dirty-bitmap",
    instance: 0,
    version: BITMAP_VERSION,
    bare: true,
  });
  return loadErrorLines(destination, error);
}

/** The length goes into one byte, which is asserted. */
function aborts(): Ending {
  const ending = sourceFails("setup", null, []);
  return {
    ...ending,
    outcome: "source-crashes",
    source: { state: null, error: null, exits: true },
    destination: { ...ending.destination, error: null },
  };
}
