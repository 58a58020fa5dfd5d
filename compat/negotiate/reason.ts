import type { End, GateReason } from "../gate.ts";

/** Why a feature may not be used. The words of `gate`, and those for what only both ends together decide. */
export interface Reason {
  /** Null where it is about both. */
  readonly end: End | null;
  readonly why: GateReason["why"] | "clash" | "switched-off" | "verdict";
  /** The rule of `compat check` that says so. */
  readonly rule?: string;
  readonly text: string;
  readonly remedy: string | null;
}
