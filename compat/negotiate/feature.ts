import type { Mode, Scenario, ScenarioPeer, Transport } from "../check/scenario.ts";
import type { Verdict } from "../check/verdict.ts";
import type { End } from "../gate.ts";

/** A capability to switch on, or a parameter to set, and on which ends. */
export type FeatureSetting =
  | { readonly kind: "capability"; readonly name: string; readonly ends: readonly End[] }
  | {
      readonly kind: "parameter";
      readonly name: string;
      readonly value: unknown;
      readonly ends: readonly End[];
    };

/** Something that two peers may use together. */
export interface MigrationFeature {
  /** A capability's name, `parameter=value`, `transport=file`, or a mode. */
  readonly id: string;
  readonly kind: "capability" | "parameter" | "transport" | "mode";
  readonly settings: readonly FeatureSetting[];
  /** Other features that it is nothing without. */
  readonly needs: readonly string[];
  readonly mode?: Mode;
  readonly transport?: Transport;
  /** What else it takes, that nothing told here shows; it is never more than `unknown` then. */
  readonly unseen?: string;
  /** A release refuses it where something is not so that no capability or parameter makes so: that has to be done first. */
  readonly first?: true;
  /** It is about dirty bitmaps: tried with one where the peers tell of none. */
  readonly bitmaps?: boolean;
}

/** Two peers, and how they are to be judged. */
export interface Ends {
  readonly source: ScenarioPeer;
  readonly destination: ScenarioPeer;
  readonly judge: (scenario: Scenario) => Verdict;
}

export const ENDS: readonly End[] = ["source", "destination"];
