import { ERRNOS, negative } from "../../errno.ts";
import { ADDRESS_UNREADABLE, FLAGS_UNKNOWN } from "../../facts/qemu/ram/ram-errors.ts";
import { RAM_SECTION } from "../../facts/qemu/return-path/source-errors.ts";
import { CHANNEL_ERROR, SECTION_TYPE_UNREADABLE } from "../../facts/qemu/stream/file.ts";
import { FOOTER_FAILED, FOOTER_UNREADABLE } from "../../facts/qemu/stream/sections.ts";
import type { Pair } from "../end.ts";
import type { Ending, Stage } from "../verdict.ts";
import { inSection, type LoadError, loadError, loadErrorLines, within } from "./load-failed.ts";

/** Where a stream that its source gives up ends. */
export type EndsAt =
  /** Where a section was to begin. */
  | "section"
  /** Behind a section's state, where its footer was to come. */
  | "footer"
  /** Before the next record of RAM; `begins`: in the section that lists the blocks. */
  | "ram-record"
  | "ram-setup";

/** What a destination prints whose stream ends too early. */
export function streamEnds(pair: Pair, at: EndsAt): readonly string[] {
  const { destination } = pair;
  return loadErrorLines(destination, errorAt(pair, at));
}

/** The error of it, for those who add to it. */
export function errorAt(pair: Pair, at: EndsAt): LoadError {
  const { destination: end } = pair;
  const id = ramSection(pair);
  if (at === "section") {
    const error = loadError(end, "EIO", CHANNEL_ERROR, ERRNOS.EIO.text);
    return within(end, error, SECTION_TYPE_UNREADABLE, negative("EIO"));
  }
  if (at === "footer") {
    const unread = loadError(end, "EINVAL", FOOTER_UNREADABLE, negative("EIO"));
    return within(end, unread, FOOTER_FAILED, id);
  }
  const noticed = end.say(ADDRESS_UNREADABLE) !== undefined;
  const error = noticed
    ? loadError(end, "EIO", ADDRESS_UNREADABLE)
    : loadError(end, "EINVAL", FLAGS_UNKNOWN, 0);
  const kind = at === "ram-setup" ? "start" : "part";
  return inSection(end, error, { kind, id, idstr: "ram", instance: 0, version: 4, bare: true });
}

/** The id that the source gives the section of RAM. */
export function ramSection({ source }: Pair): number {
  return source.value(RAM_SECTION) ?? 1;
}

/** The source gives up by itself with this error; the destination is left with a stream that ends too early. */
export function sourceFails(
  stage: Stage,
  error: string | null,
  lines: readonly string[],
  otherErrors: readonly string[] = [],
): Ending {
  return {
    outcome: "fails",
    alternatives: [],
    stage,
    source: { state: "failed", error, ...(otherErrors.length > 0 && { otherErrors }) },
    destination: { state: "failed", error: lines.join("\n"), exits: true },
  };
}
