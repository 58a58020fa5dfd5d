import { evidenceOfAll } from "../check/evidence.ts";
import type { VerdictFinding } from "../check/verdict.ts";
import type { CheckWording } from "../check/wording.ts";
import type { Fact } from "../facts/fact.ts";
import { INVENTORY_WORDINGS } from "./wording.ts";

export type InventoryRule = keyof typeof INVENTORY_WORDINGS;

/** A finding about how a peer was described. */
export function inventoryFinding(
  rule: InventoryRule,
  level: VerdictFinding["level"],
  args: Parameters<CheckWording["message"]>[0],
  facts: readonly Fact<unknown>[] = [],
): VerdictFinding {
  const wording: CheckWording = INVENTORY_WORDINGS[rule];
  return {
    rule,
    level,
    message: wording.message(args),
    remedy: wording.remedy(args) ?? null,
    evidence: evidenceOfAll(facts),
  };
}
