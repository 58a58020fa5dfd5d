/** What a scenario comes to, in the words of verdicts. */
export type Outcome =
  | "completes"
  | "cannot-start"
  | "refused"
  | "fails"
  | "guest-lost"
  | "guest-stuck"
  | "corrupts"
  | "loses-bitmaps"
  | "pauses"
  | "hangs"
  | "source-crashes";

/** A mistake of some releases. The fact's since and until are the range affected; open where it is not known to be mended. */
export interface Erratum {
  /** Which side has to be of an affected release. */
  readonly side: "source" | "destination" | "either";
  /** What has to come together for it to show. */
  readonly trigger: string;
  /** What it comes to, the likeliest first. */
  readonly outcomes: readonly Outcome[];
  /** The releases that have the repair, the first of each line, where that is known. */
  readonly fixedIn: readonly string[];
  /** Null: none is known but another release. */
  readonly workaround: string | null;
}
