import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for a compressed page without the capability. */
export const COMPRESSED_UNEXPECTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/compressed-unexpected",
    claim: "A compressed page is refused without the capability.",
    value: { template: "Received an unexpected compressed page", to: "stderr" },
    since: "2.10",
    until: "9.1",
    evidence: [
      { kind: "source", where: "2.10.0 to 9.0.0: migration/ram.c, ram_load(), ram_load_precopy()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
];

/** The text for a compressed page of impossible length. */
export const COMPRESSED_LENGTH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/compressed-length",
    claim: "No compressed page is longer than zlib makes it.",
    value: { template: "Invalid compressed data length: %d", to: "stderr" },
    since: "2.5",
    until: "9.1",
    evidence: [{ kind: "source", where: "2.5.0 to 9.0.0: migration/ram.c, ram_load(), ram_load_precopy()" }],
  },
];

/** The text for a zero page that is filled with something else. */
export const ZERO_PAGE_VALUE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/zero-page-value",
    claim: "A zero page must be filled with zero.",
    value: { template: "Found a zero page with value %d", to: "stderr" },
    since: "8.2",
    evidence: [{ kind: "source", where: "8.2.0 to 11.1.0: migration/ram.c, ram_load(), ram_load_precopy()" }],
  },
];

/** The text for a compressed page that cannot be unpacked. */
export const DECOMPRESSION_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/decompression-failed",
    claim: "A page that cannot be unpacked is an error of machine types after 2.12 (decompress-error-check).",
    value: { template: "decompress data failed", to: "stderr" },
    since: "3.0",
    until: "9.1",
    evidence: [
      {
        kind: "source",
        where: "3.0.0 to 9.0.0: migration/ram.c (later ram-compress.c), do_data_decompress()",
      },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
];

/** The text for a page of differences in an unknown encoding. */
export const XBZRLE_KIND: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/xbzrle-kind",
    claim: "The encoding is 1.",
    value: { template: "Failed to load XBZRLE page - wrong compression!", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0: migration/ram.c, load_xbzrle()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The text for differences that are longer than a page. */
export const XBZRLE_LENGTH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/xbzrle-length",
    claim: "Differences are not longer than a page.",
    value: { template: "Failed to load XBZRLE page - len overflow!", to: "stderr" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0: migration/ram.c, load_xbzrle()" }],
  },
];

/** The text for differences that cannot be applied. */
export const XBZRLE_CONTENT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/xbzrle-content",
    claim: "Differences must stay within the page.",
    value: { template: "Failed to load XBZRLE page - decode error!", to: "stderr" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0: migration/ram.c, load_xbzrle()" }],
  },
];

/** What is printed behind each of these. */
export const XBZRLE_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/ram/xbzrle-failed",
    claim: "The page is printed too.",
    value: { template: "Failed to decompress XBZRLE page at %llx", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0: migration/ram.c, ram_load(), ram_load_precopy()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];
