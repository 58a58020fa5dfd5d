/** What can be wrong with bytes, as a closed list. */
export type DecodeErrorCode =
  | "truncated"
  | "lost"
  | "constant-mismatch"
  | "length-out-of-bounds"
  | "number-too-large"
  | "tag-unknown"
  | "value-unknown"
  | "trailing-bytes";

export interface DecodeErrorDetail {
  readonly code: DecodeErrorCode;
  /** Field path from the outermost container, such as `sections[12].SectionHeader.idstr`. */
  readonly path: string;
  /** Absolute offset of the first byte that could not be understood. */
  readonly offset: number;
  /** Bytes wanted and bytes left at `offset`, for lengths. */
  readonly need?: number | undefined;
  readonly have?: number | undefined;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
}

/** The input is wrong. Never thrown for a mistake in migwire or in the caller's code. */
export class DecodeError extends Error implements DecodeErrorDetail {
  override readonly name = "DecodeError";
  readonly code: DecodeErrorCode;
  readonly path: string;
  readonly offset: number;
  readonly need: number | undefined;
  readonly have: number | undefined;
  readonly expected: string | undefined;
  readonly found: string | undefined;

  constructor(detail: DecodeErrorDetail) {
    super(describe(detail));
    this.code = detail.code;
    this.path = detail.path;
    this.offset = detail.offset;
    this.need = detail.need;
    this.have = detail.have;
    this.expected = detail.expected;
    this.found = detail.found;
  }
}

function describe(detail: DecodeErrorDetail): string {
  const where = `${detail.path} at 0x${detail.offset.toString(16)}`;
  if (detail.code === "truncated") return `${where}: needs ${detail.need} bytes, ${detail.have} left`;
  if (detail.code === "lost")
    return `${where}: needs ${detail.need} bytes, ${detail.have} before those missing`;
  const parts = [
    detail.expected === undefined ? "" : `expected ${detail.expected}`,
    detail.found === undefined ? "" : `found ${detail.found}`,
  ].filter((part) => part !== "");
  return `${where}: ${parts.join(", ") || detail.code}`;
}
