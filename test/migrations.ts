import { readFileSync } from "node:fs";
import type { Scenario } from "../compat/check/scenario.ts";
import type { Outcome, Verdict } from "../compat/check/verdict.ts";

/** A migration between two real QEMUs, as fixtures/migrations has it. */
export interface RecordedMigration extends Scenario {
  readonly id: string;
  /** What the scenario is called, whatever the versions. */
  readonly scenario: string;
  readonly observed: {
    readonly outcomes: readonly Outcome[];
    readonly source: RecordedSide;
    readonly destination: RecordedSide;
    readonly qmpErrors?: readonly { readonly side: "src" | "dst"; readonly desc: string }[];
  };
}

interface RecordedSide {
  readonly error_desc?: string;
  readonly stderr?: string;
}

const FOLDER = new URL("../fixtures/migrations/", import.meta.url);

/** The records of a file of `fixtures/migrations`. */
export function recordedMigrations(file: string): readonly RecordedMigration[] {
  const lines = readFileSync(new URL(file, FOLDER), "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as RecordedMigration);
}

/** How a text that was said compares with those recorded of that side. */
export type TextMatch = "none" | "exact" | "race" | "other";

/** How far a verdict agrees with what was recorded. */
export interface Agreement {
  /** The outcome is among those observed. */
  readonly outcome: boolean;
  /** It looks fine where everything that was observed was a loss. */
  readonly danger: boolean;
  readonly unknown: boolean;
  readonly source: TextMatch;
  readonly destination: TextMatch;
}

const LOSSES: readonly Outcome[] = ["guest-lost", "guest-stuck", "corrupts", "loses-bitmaps"];

export function agreement({ observed }: RecordedMigration, verdict: Verdict): Agreement {
  const { outcome } = verdict;
  return {
    outcome: observed.outcomes.includes(outcome),
    danger: outcome === "completes" && observed.outcomes.every((each) => LOSSES.includes(each)),
    unknown: outcome === "unknown",
    source: textMatch(verdict.source, observed, "source"),
    destination: textMatch(verdict.destination, observed, "destination"),
  };
}

function textMatch(
  { error, otherErrors = [] }: Verdict["source"],
  observed: RecordedMigration["observed"],
  side: "source" | "destination",
): TextMatch {
  const short = side === "source" ? "src" : "dst";
  const answers = (observed.qmpErrors ?? []).filter((each) => each.side === short).map(({ desc }) => desc);
  const { error_desc, stderr } = observed[side];
  const seen = [...answers, error_desc, stderr].flatMap((text) => (text ? [plain(text)] : []));
  const said = error === null ? "" : plain(error);
  if (seen.length === 0 && said === "") return "none";
  if (seen.includes(said)) return "exact";
  return otherErrors.some((text) => seen.includes(plain(text))) ? "race" : "other";
}

/** Without what differs from run to run, and without names that the recording abridges. */
function plain(text: string): string {
  return text
    .replaceAll("qemu-system-x86_64: ", "")
    .replaceAll(/127\.0\.0\.1:(\d+|<port>)/g, "127.0.0.1:PORT")
    .replaceAll(/([a-z])\1{254,}/g, "$1$1$1...($1 repeated)")
    .trim();
}
