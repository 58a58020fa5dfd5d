/** Where a release stops, in the order in which it looks. */
export type Stage =
  | "header-read"
  | "partial-magic"
  | "magic"
  | "version"
  | "format"
  | "length"
  | "cookie-offset"
  | "xml-read"
  | "cookie-read"
  | "xml"
  | "domain"
  | "cookie"
  | "owner"
  | "machine"
  | "decompress"
  | "load";

/** Why an image is not restored. */
export interface Failure {
  readonly stage: Stage;
  readonly outcome: "fails" | "hangs" | "daemon-aborts" | "unknown";
  /** As `virsh` shows it behind `error: `. Absent where it is not known, or there is none. */
  readonly error?: string;
  /** The text is not all: an ellipsis stands for what depends on more than the image and the release. */
  readonly partial?: true;
}

/** A refusal in libvirt's own words. */
export function refuse(stage: Stage, error: string): Failure {
  return { stage, outcome: "fails", error: `operation failed: ${error}` };
}

/** A failure whose words are not known. */
export function failsSomehow(stage: Stage): Failure {
  return { stage, outcome: "fails" };
}

/** libvirt formats the numbers of the header as signed. */
export function signed(number: number): string {
  return String(number > 0x7fff_ffff ? number - 0x1_0000_0000 : number);
}
