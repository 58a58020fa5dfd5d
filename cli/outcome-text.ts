import { DANGEROUS, type Verdict } from "../compat/check/verdict.ts";
import type { Paint } from "./output.ts";

/** Outcomes that are no place's: nothing went wrong, it is not known, or its name says where. */
const PLACELESS: readonly Verdict["outcome"][] = ["completes", "unknown", "cannot-start"];

/** What a migration comes to, where, and what else it may: `guest-lost at switchover, which the source calls a success`. */
export function outcomeText(
  {
    outcome,
    alternatives,
    stage,
    source,
  }: Pick<Verdict, "outcome" | "alternatives" | "stage"> & {
    readonly source: Pick<Verdict["source"], "state">;
  },
  paint: Paint,
): string {
  const at = PLACELESS.includes(outcome) ? "" : ` at ${stage}`;
  const lies = DANGEROUS.has(outcome) && source.state === "completed";
  const warning = lies ? ", which the source calls a success" : "";
  const otherwise = alternatives.length === 0 ? "" : `, or ${alternatives.join(" or ")}: it is a race`;
  const isSure = alternatives.length === 0;
  const colour =
    outcome === "unknown" ? "yellow" : outcome === "completes" ? (isSure ? "green" : "yellow") : "red";
  return `${paint(colour, `${outcome}${at}`)}${warning}${otherwise}`;
}
