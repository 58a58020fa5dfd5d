import { type Fact, valueAt } from "./fact.ts";
import { type PrintfValue, printf } from "./printf.ts";

/**
 * A message of QEMU's as its source has it, and where it goes: printed on stderr by itself, or told in the error that is
 * handed up, of which the caller makes `error-desc`, a line on stderr, or the reason behind "load of migration failed".
 */
export interface ErrorText {
  /** In C's printf notation, without program name and newline; PRI macros are written out (`%llx`). */
  readonly template: string;
  readonly to: "stderr" | "error";
}

/** A message filled in. */
export interface Said {
  readonly text: string;
  readonly to: ErrorText["to"];
}

/** What a release says; undefined where it has no such message. */
export function say(
  chapters: readonly Fact<ErrorText>[],
  version: string,
  ...values: readonly PrintfValue[]
): Said | undefined {
  const value = valueAt(chapters, version, "later");
  return value && { text: printf(value.template, ...values), to: value.to };
}
