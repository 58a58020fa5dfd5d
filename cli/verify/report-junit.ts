import type { Finding } from "../../codec/index.ts";
import { explain } from "../../compat/explain.ts";
import type { Output } from "../output.ts";
import { printable } from "../printable.ts";
import type { Judgement, Reporter } from "./judgement.ts";
import { junit, type TestCase, type TestProblem } from "./junit.ts";

/** JUnit XML: a test case for each input, which fails once for each finding at error level. */
export function junitReporter(output: Output): Reporter {
  const cases: TestCase[] = [];
  return {
    judged(judgement) {
      cases.push(caseOf(judgement));
    },
    refused(error) {
      const name = "path" in error && typeof error.path === "string" ? error.path : error.message;
      const problem = { type: "not-read", message: printable(error.message), text: "" };
      cases.push({ name: printable(name), failures: [], error: problem, remarks: "" });
      output.err(`migwire: ${error.message}\n`);
    },
    end() {
      output.out(junit(cases));
    },
  };
}

function caseOf({ name, verdict, remarks, unjudged }: Judgement): TestCase {
  const findings = remarks.map(({ finding }) => finding);
  const failures = findings.filter(({ level }) => level === "error").map(problemOf);
  const verdictOnly: TestProblem = { type: verdict, message: `the input is ${verdict}`, text: "" };
  const others = findings.filter(({ level }) => level !== "error").map(lineOf);
  return {
    name: printable(name),
    failures: failures.length === 0 && verdict !== "whole" ? [verdictOnly] : failures,
    ...(unjudged
      ? { error: { type: "not-judged", message: "the payload could not be judged", text: "" } }
      : {}),
    remarks: others.join("\n"),
  };
}

function problemOf(finding: Finding): TestProblem {
  const { message, hint = "" } = explain(finding);
  const at = finding.offset === undefined ? "" : `at offset ${finding.offset}\n`;
  return { type: finding.rule, message: printable(message), text: `${at}${hint}` };
}

function lineOf(finding: Finding): string {
  const { message } = explain(finding);
  return `${finding.level}: ${printable(message)} [${finding.rule}]`;
}
