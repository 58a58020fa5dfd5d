/** One input as a test case. */
export interface TestCase {
  readonly name: string;
  /** One a finding at error level; `type` is the rule. */
  readonly failures: readonly TestProblem[];
  /** Why the input could not be judged. */
  readonly error?: TestProblem;
  /** Everything else that was remarked. */
  readonly remarks: string;
}

export interface TestProblem {
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

/** JUnit XML, as continuous integration reads it, of what a verb of the command line found. */
export function junit(cases: readonly TestCase[], verb = "verify"): string {
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const errors = cases.filter(({ error }) => error !== undefined).length;
  const counts = `tests="${cases.length}" failures="${failed}" errors="${errors}"`;
  const name = `name="migwire ${verb}"`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites ${name} ${counts}>`,
    `  <testsuite ${name} ${counts} skipped="0">`,
    ...cases.flatMap((test) => linesOf(test, verb.replaceAll(" ", "."))),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function linesOf({ name, failures, error, remarks }: TestCase, verb: string): string[] {
  const begin = `    <testcase classname="migwire.${verb}" name="${escaped(name)}"`;
  const lines = [
    ...failures.map((failure) => problem("failure", failure)),
    ...(error ? [problem("error", error)] : []),
    ...(remarks === "" ? [] : [`      <system-out>${escapedText(remarks)}</system-out>`]),
  ];
  return lines.length === 0 ? [`${begin}/>`] : [`${begin}>`, ...lines, "    </testcase>"];
}

function problem(tag: string, { type, message, text }: TestProblem): string {
  return `      <${tag} type="${escaped(type)}" message="${escaped(message)}">${escapedText(text)}</${tag}>`;
}

/** Between tags, lines stay lines. */
function escapedText(text: string): string {
  return text.split("\n").map(escaped).join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
};

/** What XML 1.0 cannot hold, not even as a reference, is left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"\t\n]/g, (character) => ENTITIES[character] ?? "");
}
