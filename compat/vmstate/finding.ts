/** One thing that a comparison, or the reading of a dump, found. */
export interface VmstateFinding {
  readonly rule: string;
  readonly level: "error" | "warning" | "note";
  /** Where: type of device, then descriptions, fields and subsections. */
  readonly path: string;
  /** Fills the wording of the rule. */
  readonly args: Readonly<Record<string, string | number | boolean>>;
}
