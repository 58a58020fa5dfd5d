import type { Stop } from "../peers/ending.ts";
import type { Outcome } from "../proposal/outcome.ts";
import type { Change } from "../proposal/schema.ts";

/** What a change of the protocol keeps: the old reader parses on; the state it ends with is right; and so is the way back. */
export type Promised = "BITSTREAM" | "STATE" | "ROUNDTRIP";

export type Remedy =
  | "both-ends"
  | "capability"
  | "parameter-off"
  | "compat-property"
  | "distinct-magic"
  | "transport-keepalive"
  | "order"
  | "reserved-space"
  | "new-message"
  | "peek";

/** How a released peer took a change, as rules see it. */
export interface Observed {
  readonly change: Change;
  /** The peer's release. */
  readonly version: string;
  /** Declared length of the payload, of a message or a command. */
  readonly declared: number | null;
  readonly side: "source" | "destination" | "libvirt";
  readonly state: string;
  readonly outcome: Outcome;
  readonly stop: Pick<Stop, "path" | "offset"> | null;
}

/** A promise that a proposal can break, and what would keep it. */
export interface Rule {
  readonly id: string;
  /** Begins "Checks that". */
  readonly purpose: string;
  readonly promise: Promised;
  readonly level: "error" | "warning";
  /** Where in QEMU or libvirt the receiver decides this. */
  readonly reference: string;
  /** The proposal in proposals/ that breaks it, by its id. */
  readonly witness: string;
  readonly remedies: readonly Remedy[];
  readonly isBroken: (observed: Observed) => boolean;
}

/** Whether it stops in this field, whatever prefix the path has. */
export function stopsIn({ stop }: Observed, ...fields: readonly string[]): boolean {
  return stop !== null && fields.some((field) => stop.path === field || stop.path.endsWith(`.${field}`));
}

/** The outcomes after which a migration, or a restore, is not what it was. */
export function isHarm(outcome: Outcome): boolean {
  return outcome === "refused" || outcome === "aborts" || outcome === "hangs" || outcome === "misread";
}
