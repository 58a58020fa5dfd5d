import type { VmstateFinding } from "../../../compat/vmstate/finding.ts";

/** A comparison one way. */
export interface Direction {
  readonly from: string;
  readonly to: string;
  readonly findings: readonly VmstateFinding[];
}
