import { type Pair, pairOf } from "../compat/check/end.ts";
import { completes } from "../compat/check/endings/completes.ts";
import { STEPS } from "../compat/check/factor.ts";
import { WIRE_FACTORS, WIRE_WORDINGS } from "../compat/check/factors/wire/index.ts";
import type { Mode, ScenarioPeer } from "../compat/check/scenario.ts";
import type { Ending } from "../compat/check/verdict.ts";

/** A line of each x86 release from 5.2 on. */
export const LINES = [
  ...["5.2.0", "6.0.0", "6.1.0", "6.2.0", "7.0.0", "7.1.0", "7.2.22", "8.0.0", "8.1.0", "8.2.0"],
  ...["9.0.0", "9.1.0", "9.2.0", "10.0.13", "10.1.0", "10.2.0", "11.0.0", "11.1.3"],
];

/** All pairs of these, source first. */
export const PAIRS = LINES.flatMap((source) => LINES.map((destination) => [source, destination] as const));

type Side = Omit<ScenarioPeer, "qemu">;

/** A pair of ends of one small machine type. */
export function wirePair(
  versions: readonly [string, string],
  source: Side,
  destination: Side,
  mode?: Mode,
): Pair {
  const peer = (qemu: string, side: Side) => ({ qemu, machine: "pc-i440fx-5.2", ...side });
  const [from, to] = versions;
  return pairOf({
    source: peer(from, source),
    destination: peer(to, destination),
    ...(mode !== undefined && { mode }),
  });
}

/** What the rules of the wire alone make of a pair: the ending, and the rule that decides. */
export function wireEnding(pair: Pair): Ending & { readonly rule: string | null; readonly words: string } {
  const found = WIRE_FACTORS.flatMap(({ rule, find }) => find(pair).map((problem) => ({ rule, problem })));
  const words = found
    .map(({ rule, problem }) => WIRE_WORDINGS[rule]?.message(problem.args) ?? "?")
    .join("\n");
  const ending = found
    .filter(({ problem }) => problem.ending)
    .toSorted((one, other) => STEPS.indexOf(one.problem.step) - STEPS.indexOf(other.problem.step))[0];
  return { ...(ending?.problem.ending ?? completes(pair)), rule: ending?.rule ?? null, words };
}

/** All that a side may say. */
export function saidBy({ error, otherErrors = [] }: Ending["source"]): readonly string[] {
  return error === null ? otherErrors : [error, ...otherErrors];
}
