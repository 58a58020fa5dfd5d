import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text with which any assertion ends a process; those that are known by name have facts of their own. */
export const ASSERTION: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/assertion",
    claim: "A condition that its authors took for certain does not hold, and the process aborts.",
    value: { template: "%s:%d: %s: Assertion `%s' failed.", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: crafted dirty bitmaps and multifd connections" },
    ],
    notes: "The words are glibc's. Line numbers differ between releases and builds.",
  },
];
