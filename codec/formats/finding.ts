import type { DecodeError } from "../layout/index.ts";

export type Level = "error" | "warning" | "note";

/** Everything that may be remarked on a stream. Wording belongs to `compat/explain.ts`. */
export type FindingRule =
  | "COMMAND_KNOWN"
  | "COMMAND_LENGTH_FIXED"
  | "COMPRESSED_PAGE_INFLATES"
  | "CONFIGURATION_SUBSECTION_KNOWN"
  | "CONTAINER_SOUND"
  | "DATA_ENDS_WITH_STREAM"
  | "DEVICE_FITS_VMDESC"
  | "FILE_MAGIC_KNOWN"
  | "FILE_VERSION_SUPPORTED"
  | "MAPPED_RAM_BITMAP_KEPT"
  | "MAPPED_RAM_HEADER_SOUND"
  | "PACKAGE_LENGTH_EXACT"
  | "RAM_BLOCK_KNOWN"
  | "RAM_BLOCK_LIST_UNAMBIGUOUS"
  | "RAM_BLOCK_REBUILT"
  | "RAM_BLOCK_UNIQUE"
  | "RAM_OFFSET_IN_BLOCK"
  | "RAM_PAGE_SIZE_ANNOUNCED"
  | "RAM_PAGES_IN_STREAM"
  | "RAM_VERSION_SUPPORTED"
  | "SECTION_ID_UNIQUE"
  | "STREAM_COMPLETE"
  | "STREAM_RESUMED"
  | "STREAM_WELL_FORMED"
  | "VMDESC_WELL_FORMED"
  | "XBZRLE_PAGE_DECODES"
  | "ZERO_PAGE_FILL_ZERO";

/** The input is suspicious, or wrong. `subject` is a path; `args` are what the wording needs. */
export interface Finding {
  readonly rule: FindingRule;
  readonly level: Level;
  readonly subject: string;
  readonly offset?: number;
  readonly args: Readonly<Record<string, string | number>>;
}

/** A DecodeError as a finding: truncation, or bytes that are not what the format says. */
export function findingOf(error: DecodeError): Finding {
  const { code, path, offset, need, have, expected, found } = error;
  const truncated = code === "truncated";
  const detail = truncated
    ? { need: need ?? 0, have: have ?? 0 }
    : { expected: expected ?? "", found: found ?? "" };
  const rule = truncated ? "STREAM_COMPLETE" : "STREAM_WELL_FORMED";
  return { rule, level: "error", subject: path, offset, args: { code, ...detail } };
}
