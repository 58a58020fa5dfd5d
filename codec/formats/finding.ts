import type { DecodeError } from "../layout/index.ts";

export type Level = "error" | "warning" | "note";

/** Everything that may be remarked on an input. Wording belongs to `compat/wording`. */
export type FindingRule =
  | "CAPTURE_BEGINS_LATE"
  | "CAPTURE_CONNECTIONS_KEPT"
  | "CAPTURE_FILE_COMPLETE"
  | "CAPTURE_FILE_SOUND"
  | "CAPTURE_GAP"
  | "CAPTURE_LINK_TYPE_READ"
  | "CAPTURE_ONE_SIDED"
  | "CAPTURE_PACKETS_READ"
  | "CAPTURE_PACKETS_WHOLE"
  | "CHANNEL_COMPLETE"
  | "CHANNEL_RECOGNISED"
  | "COMMAND_KNOWN"
  | "COMMAND_LENGTH_FIXED"
  | "COMPRESSED_PAGE_INFLATES"
  | "CONFIGURATION_SUBSECTION_KNOWN"
  | "CONTAINER_SOUND"
  | "DATA_ENDS_WITH_STREAM"
  | "DEVICE_FITS_VMDESC"
  | "DIRTY_BITMAP_BUFFER_BOUNDED"
  | "DIRTY_BITMAP_BUFFER_FITS"
  | "DIRTY_BITMAP_COMPLETED"
  | "DIRTY_BITMAP_CONTIGUOUS"
  | "DIRTY_BITMAP_FLAGS_KNOWN"
  | "DIRTY_BITMAP_GRANULARITY_SOUND"
  | "DIRTY_BITMAP_KEPT"
  | "DIRTY_BITMAP_NAMED"
  | "DIRTY_BITMAP_OPEN"
  | "DIRTY_BITMAP_RANGE_SOUND"
  | "DIRTY_BITMAP_STARTED"
  | "DIRTY_BITMAP_START_FLAGS_KNOWN"
  | "DIRTY_BITMAP_UNIQUE"
  | "DIRTY_BITMAP_VERSION_SUPPORTED"
  | "FILE_MAGIC_KNOWN"
  | "FILE_VERSION_SUPPORTED"
  | "IP_FRAGMENTS_AGREE"
  | "IP_FRAGMENTS_COMPLETE"
  | "MAIN_CHANNEL_FIRST"
  | "MAIN_CHANNEL_SEEN"
  | "MAIN_INIT_PROPOSED"
  | "MAPPED_RAM_BITMAP_KEPT"
  | "MAPPED_RAM_HEADER_SOUND"
  | "MIGRATION_COMPLETES"
  | "MIGRATION_IN_CAPTURE"
  | "MULTIFD_BLOCK_KNOWN"
  | "MULTIFD_COMPRESSION_CONSTANT"
  | "MULTIFD_COUNTS_SOUND"
  | "MULTIFD_DEVICE_STATE_SOUND"
  | "MULTIFD_FLAGS_KNOWN"
  | "MULTIFD_ID_IN_RANGE"
  | "MULTIFD_ID_UNIQUE"
  | "MULTIFD_INIT_PRESENT"
  | "MULTIFD_OFFSET_IN_BLOCK"
  | "MULTIFD_PAYLOADS_VERIFIED"
  | "MULTIFD_PAYLOAD_EXACT"
  | "MULTIFD_PAYLOAD_LENGTH"
  | "MULTIFD_RESERVED_ZERO"
  | "MULTIFD_RESUMED"
  | "MULTIFD_UUID_AGREES"
  | "MULTIFD_VERSION_SUPPORTED"
  | "PACKAGE_LENGTH_EXACT"
  | "POSTCOPY_PAUSED"
  | "POSTCOPY_REQUESTS_ANSWERED"
  | "PROTOCOL_ORDER_KEPT"
  | "RAM_BLOCK_KNOWN"
  | "RAM_BLOCK_LIST_UNAMBIGUOUS"
  | "RAM_BLOCK_REBUILT"
  | "RAM_BLOCK_UNIQUE"
  | "RAM_OFFSET_IN_BLOCK"
  | "RAM_PAGES_CAPTURED"
  | "RAM_PAGES_IN_STREAM"
  | "RAM_PAGE_SIZE_ANNOUNCED"
  | "RAM_VERSION_SUPPORTED"
  | "RECEIVED_BITMAP_ENDS"
  | "RECEIVED_BITMAP_IN_BLOCK"
  | "RECEIVED_BITMAP_SIZE_EXACT"
  | "RETURN_PATH_ABANDONED"
  | "RETURN_PATH_BLOCK_NAMED"
  | "RETURN_PATH_COMPLETE"
  | "RETURN_PATH_ENDS_WITH_SHUT"
  | "RETURN_PATH_LENGTH_BOUNDED"
  | "RETURN_PATH_LENGTH_EXACT"
  | "RETURN_PATH_LENGTH_FIXED"
  | "RETURN_PATH_MESSAGE_KNOWN"
  | "RETURN_PATH_MESSAGE_RELEASED"
  | "RETURN_PATH_REQUEST_ALIGNED"
  | "RETURN_PATH_REQUEST_IN_BLOCK"
  | "RETURN_PATH_RESUMED"
  | "RETURN_PATH_RESUME_ACCEPTED"
  | "RETURN_PATH_SHUT_CLEAN"
  | "SECTION_ID_UNIQUE"
  | "STREAM_COMPLETE"
  | "STREAM_NOT_RESUMED"
  | "STREAM_RESUMED"
  | "STREAM_WELL_FORMED"
  | "TCP_OVERLAP_AGREES"
  | "TLS_OPAQUE"
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
