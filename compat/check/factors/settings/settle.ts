import { chapterAt } from "../../../facts/fact.ts";
import type { End, Pair } from "../../end.ts";
import { cannotStart, refused } from "../../endings/not-begun.ts";
import type { Problem, Step } from "../../factor.ts";
import type { Ending, SideEnd } from "../../verdict.ts";

/** Something that a command or a command line is refused for. */
export interface Refused {
  readonly text: string;
  readonly args: Problem["args"];
  readonly facts: Problem["facts"];
}

/** What is said of a release: `QEMU 7.2.22 on the destination`. */
function named({ version, role }: End): string {
  return `QEMU ${version} on the ${role}`;
}

/** A saved source is done before its destination is started at all. */
function sourceDone({ mode }: Pair, { role }: End): boolean {
  return mode === "save-and-restore" && role === "destination";
}

/** A QMP command of an end is refused at a step. */
export function commandRefused(pair: Pair, end: End, step: Step, { text, args, facts }: Refused): Problem {
  const stage = step === "migrate" || step === "migrate-incoming" ? "connect" : "configure";
  const ending = refused(end, stage, text, sourceDone(pair, end));
  return { step, ending, level: "error", args: { ...about(end), text, ...args }, facts: inForce(end, facts) };
}

/** An end's process does not start. */
export function startRefused(
  pair: Pair,
  end: End,
  lines: readonly string[],
  rest: Omit<Refused, "text">,
): Problem {
  const ending = cannotStart(end, lines);
  const done: Ending = sourceDone(pair, end)
    ? { ...ending, source: { state: "completed", error: null } }
    : ending;
  const args = { ...about(end), text: lines[0] ?? "", ...rest.args };
  return { step: `start ${end.role}`, ending: done, level: "error", args, facts: inForce(end, rest.facts) };
}

/** Something else that is wrong at a step, behind what ends it there, or only worth knowing. */
export function alsoWrong(
  end: End,
  step: Step,
  level: Problem["level"],
  { args, facts }: Omit<Refused, "text">,
): Problem {
  return { step, ending: null, level, args: { ...about(end), ...args }, facts: inForce(end, facts) };
}

/** What wordings say of an end. */
export function about(end: End): Problem["args"] {
  return { where: named(end), side: end.role, version: end.version };
}

/** The one of several facts that a release goes by, or all where it is before them. */
export function inForce(end: End, facts: Problem["facts"]): Problem["facts"] {
  const fact = facts.length > 1 ? chapterAt(facts, end.version, "later") : undefined;
  return fact ? [fact] : facts;
}

/** Both ends, the destination first, as commands are given. */
export function bothEnds({ source, destination }: Pair): readonly [End, End] {
  return [destination, source];
}

/** A long name shortened, for people; error texts keep all of it. */
export function shown(name: string): string {
  return name.length > 60 ? `${name.slice(0, 57)}...` : name;
}

/** A value as JSON has it, shortened. */
export function shownValue(value: unknown): string {
  return shown(JSON.stringify(value) ?? String(value));
}

/** The process of an end dies of a command. Of a destination that dies this early no outcome tells. */
export function crashed(problem: Problem, text: string): Problem {
  if (!problem.ending) return problem;
  const side: SideEnd = { state: null, error: text, exits: true };
  const ending: Ending =
    problem.args.side === "source"
      ? { ...problem.ending, outcome: "source-crashes", source: side }
      : { ...problem.ending, outcome: "unknown", destination: side };
  return { ...problem, ending };
}
