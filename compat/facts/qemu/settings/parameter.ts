import type { Sides } from "./capability.ts";

/** A parameter of migration. */
export interface Parameter {
  /** As migrate-set-parameters has it. */
  readonly name: string;
  readonly kind: "integer" | "boolean" | "string" | "enumeration" | "list";
  /** Null: unset. */
  readonly default: number | boolean | string | null;
  readonly min?: number;
  readonly max?: number;
  /** Of a number that is no count. */
  readonly unit?: string;
  readonly values?: readonly string[];
  readonly deprecated?: true;
  readonly sides: Sides;
}
