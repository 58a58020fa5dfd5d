import type { MigrationStatus } from "../peers/ending.ts";
import type { Rule } from "../rules/rule.ts";
import type { Outcome } from "./outcome.ts";

/** Why a statement may be believed: what was sent, and where and how it ends. */
export interface Proof {
  /** The bytes that are new, in hex; of a long run the first ones. */
  readonly bytes: string;
  /** Connection and offset where they begin. */
  readonly connection: number;
  readonly offset: number;
  /** Where the peer stops; null where it takes everything. */
  readonly stop: { readonly connection: number; readonly offset: number; readonly path: string } | null;
  /** What it says, or why nothing is known. */
  readonly text: string;
  /** `query-migrate` while the connection is open, and afterwards; of libvirt null. */
  readonly status: MigrationStatus | null;
  readonly endStatus: MigrationStatus | null;
  readonly exit: number | null;
  /** The process is still there; of libvirt its daemon. */
  readonly alive: boolean;
  readonly monitorDead: boolean;
  /** Other statuses and texts that the same bytes have where threads race. */
  readonly alternatives: readonly string[];
}

/** What one released peer makes of one change in one state. */
export interface Result {
  /** `qemu-7.2.22`. */
  readonly peer: string;
  /** Number of the change in the proposal. */
  readonly change: number;
  readonly side: "source" | "destination" | "libvirt";
  readonly state: string;
  /** Whether the gate lets the bytes out; `none` where there is no gate. */
  readonly gate: "none" | "off" | "on";
  readonly outcome: Outcome;
  readonly rule: Rule | null;
  /** It happens to a user who set nothing. */
  readonly breaks: boolean;
  readonly proof: Proof | null;
}
