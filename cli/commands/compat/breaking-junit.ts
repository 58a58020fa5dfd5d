import type { Checked } from "../../../compat/proposal/check.ts";
import type { Result } from "../../../compat/proposal/result.ts";
import { describeChange } from "../../../compat/proposal/summary.ts";
import { printable } from "../../printable.ts";
import { junit, type TestCase, type TestProblem } from "../../verify/junit.ts";

/** JUnit XML: a test case for each released peer, which fails once for each state in which it breaks. */
export function breakingJunit({ proposal, results }: Checked): string {
  const peers = new Map<string, Result[]>();
  for (const result of results) peers.set(result.peer, [...(peers.get(result.peer) ?? []), result]);
  const cases = [...peers].map(([peer, own]): TestCase => {
    const words = (result: Result) => {
      const change = proposal.changes[result.change];
      const gate = result.gate === "none" ? "" : `, gate ${result.gate}`;
      return `${change ? describeChange(change) : ""}: ${result.outcome} (${result.side}, ${result.state}${gate})`;
    };
    const problem = (result: Result): TestProblem => ({
      type: result.rule?.id ?? result.outcome,
      message: printable(words(result)),
      text: result.proof ? `bytes ${result.proof.bytes}\n${printable(result.proof.text)}` : "",
    });
    return {
      name: `${proposal.id} against ${peer}`,
      failures: own.filter(({ breaks }) => breaks).map(problem),
      remarks: own
        .filter(({ breaks }) => !breaks)
        .map((result) => printable(words(result)))
        .join("\n"),
    };
  });
  return junit(cases, "compat breaking");
}
