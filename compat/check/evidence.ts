import type { Evidence, Fact } from "../facts/fact.ts";

const known = new WeakMap<Fact<unknown>, readonly string[]>();

/** What facts rest on, in words. */
export function evidenceOfAll(facts: readonly Fact<unknown>[]): readonly string[] {
  const [fact] = facts;
  return fact && facts.length === 1 ? evidenceOf(fact) : facts.flatMap(evidenceOf);
}

/** What a fact rests on, in words: `qemu/multifd/init: commit abc, first in 2.10`. */
function evidenceOf(fact: Fact<unknown>): readonly string[] {
  const before = known.get(fact);
  if (before) return before;
  const lines = fact.evidence.map((each) => `${fact.id}: ${told(each)}`);
  known.set(fact, lines);
  return lines;
}

function told(evidence: Evidence): string {
  if (evidence.kind === "commit") return `commit ${evidence.commit}, first in ${evidence.release}`;
  if (evidence.kind === "source") return `source ${evidence.where}`;
  if (evidence.kind === "news") return `release notes of ${evidence.release}`;
  return `run of ${evidence.of}`;
}
