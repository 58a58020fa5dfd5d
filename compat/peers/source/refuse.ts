import type { ErrorText } from "../../facts/error-text.ts";
import { say } from "../../facts/error-text.ts";
import type { Fact } from "../../facts/fact.ts";
import type { PrintfValue } from "../../facts/printf.ts";
import type { Departure, Source } from "./state.ts";

/** Refuses what was read at the field the file is at, in the words of the release. */
export function refuse(
  source: Source,
  chapters: readonly Fact<ErrorText>[],
  ...values: readonly PrintfValue[]
): Departure {
  return refuseInState(source, chapters, [values]);
}

/** As `refuse`, where the words depend on how far the source was; the likeliest values first. */
export function refuseInState(
  source: Source,
  chapters: readonly Fact<ErrorText>[],
  values: readonly (readonly PrintfValue[])[],
): Departure {
  const { connection, offset, path, error } = source.file;
  source.stop ??= { connection, offset, path };
  const texts = values.flatMap((one) => say(chapters, source.peer.version, ...one)?.text ?? []);
  return { how: "refused", texts, cut: error !== null };
}

/** Names the field that is at fault. */
export function at({ file }: Source, offset: number, path: string): void {
  file.offset = offset;
  file.path = path;
}
