import type { Checked } from "../../../compat/proposal/check.ts";
import { spans } from "../../../compat/proposal/groups.ts";
import { breakagesOf, describeChange } from "../../../compat/proposal/summary.ts";

/** `compat breaking --format json`. */
export function breakingDocument(file: string, checked: Checked) {
  const { proposal, gating, breaks, peers, results } = checked;
  return {
    format: "migwire/breaking@1",
    input: { name: file },
    proposal: {
      id: proposal.id,
      title: proposal.title,
      reference: proposal.reference,
      conclusion: proposal.conclusion ?? null,
      gate: { kind: gating.kind, name: gating.name, sendsByDefault: gating.sendsByDefault },
      changes: proposal.changes.map((change) => ({ kind: change.kind, text: describeChange(change) })),
    },
    breaks,
    peers,
    findings: breakagesOf(checked).map(({ rule, level, peers: broken, remedies }) => ({
      rule: rule.id,
      level,
      promise: rule.promise,
      purpose: rule.purpose,
      reference: rule.reference,
      message: `${rule.id} is broken in ${spans(broken)}`,
      peers: broken,
      remedies,
    })),
    results: results.map(({ rule, ...result }) => ({ ...result, rule: rule?.id ?? null })),
  };
}
