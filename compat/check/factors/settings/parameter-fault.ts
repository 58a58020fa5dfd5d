import type { Problem } from "../../factor.ts";
import type { Refused } from "./settle.ts";

/** Something that migrate-set-parameters is refused for. */
export interface ParameterFault extends Refused {
  readonly kind: "unknown" | "type" | "word" | "range" | "mapping" | "zero-copy" | "assertion";
  readonly parameter: string;
  /** What is said instead where that is left to chance. */
  readonly others?: readonly string[];
  readonly args: Problem["args"];
}
