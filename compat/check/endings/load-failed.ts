import { negative } from "../../errno.ts";
import type { ErrorText } from "../../facts/error-text.ts";
import type { Fact } from "../../facts/fact.ts";
import type { PrintfValue } from "../../facts/printf.ts";
import { PART_FAILED, START_FAILED, STATE_FAILED } from "../../facts/qemu/stream/sections.ts";
import type { Errno } from "../../peers/main-channel/load.ts";
import { loadText } from "../../peers/main-channel/load-text.ts";
import type { End } from "../end.ts";

/** An error on its way up through a destination's loader: what was printed by then, and what the error itself tells. */
export interface LoadError {
  readonly printed: readonly string[];
  readonly errno: Errno;
  /** Outermost part first; empty in releases that only print. */
  readonly reason: string;
}

/** A section, as far as messages name it. */
export interface FailingSection {
  /** START and FULL sections begin a device's state, PART and END sections go on with it. */
  readonly kind: "start" | "part";
  readonly id: number;
  readonly idstr: string;
  readonly instance: number;
  readonly version: number;
  /** Loaded by a function of its own, which returns an errno and no more, as RAM and dirty bitmaps are. */
  readonly bare?: boolean;
}

/** The last line of a process whose load fails: "load of migration failed: ...", with what the error tells where it does. */
export function loadFailed({ version }: End, errno: Errno, reason = ""): readonly string[] {
  return loadText({ errno, reason }, version);
}

/** An error where it arises, with the message that says why. */
export function loadError(
  end: End,
  errno: Errno,
  chapters: readonly Fact<ErrorText>[],
  ...values: readonly PrintfValue[]
): LoadError {
  const said = end.say(chapters, ...values);
  return {
    printed: said?.to === "stderr" ? [said.text] : [],
    errno,
    reason: said?.to === "error" ? said.text : "",
  };
}

/** What a caller adds to it: a line of its own, or words in front of what is told. */
export function within(
  end: End,
  error: LoadError,
  chapters: readonly Fact<ErrorText>[],
  ...values: readonly PrintfValue[]
): LoadError {
  const said = end.say(chapters, ...values);
  if (!said) return error;
  if (said.to === "stderr") return { ...error, printed: [...error.printed, said.text] };
  return { ...error, reason: error.reason === "" ? said.text : `${said.text}: ${error.reason}` };
}

/** What the loader of sections adds to the error of a section's state. */
export function inSection(end: End, error: LoadError, section: FailingSection): LoadError {
  const { kind, id, idstr, instance, version } = section;
  const state = section.bare
    ? {
        ...error,
        printed: [...error.printed, ...linesOf(error)],
        reason: end.say(STATE_FAILED, version, negative(error.errno))?.text ?? "",
      }
    : error;
  return kind === "start"
    ? within(end, state, START_FAILED, instance, idstr)
    : within(end, state, PART_FAILED, id, idstr);
}

/** A function that returns an errno prints what it could have told. */
function linesOf({ reason }: LoadError): readonly string[] {
  return reason === "" ? [] : [reason];
}

/** All lines that the process prints: those on the way, and the last one. */
export function loadErrorLines(end: End, { printed, errno, reason }: LoadError): readonly string[] {
  return [...printed, ...loadFailed(end, errno, reason)];
}
