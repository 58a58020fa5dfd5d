import { explain } from "../../compat/explain.ts";
import type { ReplayAnswer } from "../../compat/replay/answer.ts";
import { findingDocument } from "../findings.ts";

/** An answer with its findings as all documents show them. */
export function answerDocument(answer: ReplayAnswer) {
  const findings = answer.findings.map((finding) =>
    findingDocument({ finding, channel: null }, explain(finding)),
  );
  return { ...answer, findings };
}
