import { type ErrorText, say } from "../../facts/error-text.ts";
import type { Fact } from "../../facts/fact.ts";
import type { PrintfValue } from "../../facts/printf.ts";
import type { Load, LoadFailure } from "./load.ts";

/** A number of 32 bits as C's `int` shows it. */
export function int32(value: number): number {
  return value >= 2 ** 31 ? value - 2 ** 32 : value;
}

/** What a caller adds to the failure of what it called: a line of its own, or words in front of the error. */
export function within<F extends LoadFailure>(
  load: Load,
  failure: F,
  chapters: readonly Fact<ErrorText>[],
  ...values: readonly PrintfValue[]
): F {
  if (failure.how !== "refused") return failure;
  const said = say(chapters, load.host.peer.version, ...values);
  if (said?.to === "stderr") load.host.print(said.text);
  if (said?.to !== "error") return failure;
  return { ...failure, reason: failure.reason === "" ? said.text : `${said.text}: ${failure.reason}` };
}
