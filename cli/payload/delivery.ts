import type { Compression, Finding } from "../../codec/index.ts";
import { PROGRAMS } from "./programs.ts";

/** Why decompressed bytes are fewer than there should be, or more. */
export interface PayloadProblem {
  readonly kind:
    | "missing" // the program is not installed
    | "failed" // it says that its input is cut off or damaged
    | "trailing" // it ignored bytes behind the compressed data
    | "quiet" // it did not get on for too long, and was ended
    | "too-large" // more came out than anybody would store
    | "behind-end" // the stream had ended, and no end of what came behind it was in sight
    | "given-up"; // nothing more in it could be understood
  readonly program: string;
  readonly status: number | null;
  /** What it wrote to stderr, in one line; of `gzip` what it would have written. */
  readonly text: string;
  /** Bytes or seconds, where it is a limit that was reached. */
  readonly limit?: number;
}

/** What came out of a payload. */
export interface PayloadDelivery {
  /** Bytes delivered, decompressed. */
  readonly bytes: number;
  readonly problem?: PayloadProblem;
}

const LONGEST_TEXT = 200;

/** What a program said, in one line. */
export function oneLine(text: string): string {
  const line = text
    .replaceAll("\b", "")
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line;
}

/** Of a stream that could not be read to its end, that it ends early says nothing: without the words about that. */
export function withoutEnd(
  findings: readonly Finding[],
  problem: PayloadProblem | undefined,
): readonly Finding[] {
  if (problem?.kind !== "missing" && problem?.kind !== "quiet") return findings;
  return findings.filter(({ rule }) => rule !== "STREAM_COMPLETE");
}

/** Whether a program says that what it was given ends too early. */
function saysCut({ program, text }: PayloadProblem): boolean {
  return Object.values(PROGRAMS).some((known) => known.program === program && known.cut.test(text));
}

/** A problem as a finding, at the offset where the compressed data begins. */
export function payloadFinding(problem: PayloadProblem, format: Compression, offset: number): Finding {
  const { kind, program, status, text, limit = 0 } = problem;
  const finding = (rule: Finding["rule"], level: Finding["level"], args: Finding["args"]): Finding => ({
    rule,
    level,
    subject: "",
    offset,
    args: { program, ...args },
  });
  switch (kind) {
    case "missing":
      return finding("PAYLOAD_HELPER_FOUND", "error", { format, package: PROGRAMS[format].package, text });
    case "quiet":
      return finding("PAYLOAD_HELPER_TIMELY", "error", { limit });
    case "failed":
    case "trailing": {
      const level = kind === "failed" ? "error" : "warning";
      const cut = saysCut(problem) ? 1 : 0;
      return finding("PAYLOAD_DECOMPRESSES", level, { format, status: status ?? -1, text, cut });
    }
    case "given-up":
      return finding("PAYLOAD_SIZE_BOUNDED", "note", { why: kind, limit });
    default:
      return finding("PAYLOAD_SIZE_BOUNDED", "error", { why: kind, limit });
  }
}
