/** Which side has to have a capability or parameter set, for the two to get along. */
export type Sides =
  /** Only what the source has counts. */
  | "source"
  /** Only what the destination has counts. */
  | "destination"
  /** Both alike. */
  | "both"
  /** The destination needs it where the source has it; the other way round is fine. */
  | "source-needs-destination"
  /** They find out from each other. */
  | "negotiated"
  /** Each for itself. */
  | "each";

/** A capability of migration. All are off unless set. */
export interface Capability {
  /** As migrate-set-capabilities has it. */
  readonly name: string;
  readonly stage: "experimental" | "stable" | "deprecated";
  readonly sides: Sides;
  /** What it puts on the wire; null: nothing. */
  readonly wire: string | null;
}

/** Capabilities that cannot be set together, or not alone, with what migrate-set-capabilities answers. */
export interface CapabilityRule {
  readonly capability: string;
  readonly conflictsWith?: readonly string[];
  readonly needs?: string;
  /** Something else than capabilities that the rule looks at. */
  readonly when?: string;
  readonly template: string;
  /** Where the text goes: the answer of the command, or stderr. */
  readonly to: "error" | "stderr";
  /** What is done: the command is refused, or the capability is switched off and the command succeeds. */
  readonly effect: "refused" | "switched-off";
}
