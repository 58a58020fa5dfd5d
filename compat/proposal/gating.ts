import type { ProposedGate } from "./schema.ts";

/** What a proposal's gate does to its bytes. */
export interface Gating {
  readonly kind: "nothing" | "capability" | "parameter" | "compat-property" | "stream-version";
  readonly name: string;
  /** The bytes are sent to a released peer by a user who set nothing. */
  readonly sendsByDefault: boolean;
  /** A user can keep them from being sent, or have them sent. */
  readonly canBeOff: boolean;
}

export function gatingOf(gate: ProposedGate): Gating {
  if (gate === "nothing") return { kind: "nothing", name: "", sendsByDefault: true, canBeOff: false };
  if ("capability" in gate)
    return {
      kind: "capability",
      name: gate.capability,
      sendsByDefault: gate.default,
      canBeOff: true,
    };
  if ("parameter" in gate)
    return {
      kind: "parameter",
      name: gate.parameter,
      sendsByDefault: gate.default !== gate.off,
      canBeOff: true,
    };
  // Both sides of a migration have one machine type, and the released side's is older than the property.
  if ("property" in gate)
    return { kind: "compat-property", name: gate.property, sendsByDefault: false, canBeOff: true };
  // Nothing is negotiated before it is read.
  return {
    kind: "stream-version",
    name: String(gate.streamVersion),
    sendsByDefault: true,
    canBeOff: false,
  };
}
