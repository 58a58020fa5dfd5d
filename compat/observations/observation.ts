import type { Mode, ScenarioPeer, Transport } from "../check/scenario.ts";
import type { Outcome } from "../check/verdict.ts";

/** What two ends were set to, whatever their releases and machine types. */
export interface ObservedSetup {
  readonly source: Omit<ScenarioPeer, "qemu" | "machine">;
  readonly destination: Omit<ScenarioPeer, "qemu" | "machine">;
  readonly transport: Transport;
  readonly mode: Mode;
}

/** One side as it was seen. */
export interface ObservedSide {
  /** `status` of query-migrate. */
  readonly state?: string;
  /** Place of its text in the table of texts. */
  readonly error?: number;
}

/** A migration that was run, once or several times. */
export interface ObservedRun {
  /** Place of its setup in the table of setups. */
  readonly setup: number;
  /** Versions and machine types: `7.2.22 pc-q35-5.2 > 10.0.13 pc-q35-5.2`. */
  readonly ends: string;
  /** What the guest did meanwhile, where that was told. */
  readonly workload?: string;
  /** Every outcome that was seen. */
  readonly outcomes: readonly Outcome[];
  readonly source?: ObservedSide;
  readonly destination?: ObservedSide;
}

/** What was recorded, as `scripts/observations.mjs` writes it. */
export interface Recorded {
  readonly setups: readonly ObservedSetup[];
  readonly texts: readonly string[];
  readonly runs: readonly ObservedRun[];
}
