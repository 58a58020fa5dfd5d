import type { Checked } from "../../../compat/proposal/check.ts";
import { spans } from "../../../compat/proposal/groups.ts";
import { breakagesOf } from "../../../compat/proposal/summary.ts";
import { VERSION } from "../../version.ts";

/** A SARIF 2.1.0 log: a result for each rule that is broken. */
export function breakingSarif(file: string, checked: Checked) {
  const breakages = breakagesOf(checked);
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "migwire",
            version: VERSION,
            rules: breakages.map(({ rule }) => ({
              id: rule.id,
              shortDescription: { text: rule.purpose },
              help: { text: rule.reference },
              defaultConfiguration: { level: rule.level },
              properties: { promise: rule.promise },
            })),
          },
        },
        results: breakages.map(({ rule, level, peers, remedies }, ruleIndex) => ({
          ruleId: rule.id,
          ruleIndex,
          level,
          message: {
            text: [`Breaks ${spans(peers)}.`, rule.purpose, ...remedies.map(({ text }) => text)].join(" "),
          },
          locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
          properties: { peers },
        })),
      },
    ],
  };
}

function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
