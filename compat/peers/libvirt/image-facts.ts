import type { Finding, StreamSummary } from "../../../codec/index.ts";

/** Bytes kept from the start of an image: what a libvirt of any release looks at before it hands over to QEMU. */
export const KEPT_HEAD = 4 << 20;

/** A save image as far as its restore depends on it. */
export interface SaveImageFacts {
  /** Bytes of the file. */
  readonly size: number;
  /** Its first bytes, at most `KEPT_HEAD`: the header, XML and cookie as they are. */
  readonly head: Uint8Array;
  /** Absent when the file ends before the payload, or where the header does not tell. */
  readonly payload?: SavePayloadFacts;
}

/** What begins at `92 + data_len`. */
export interface SavePayloadFacts {
  readonly offset: number;
  /** Its first bytes, at most 16. */
  readonly first: Uint8Array;
  /** What its first bytes say it is. */
  readonly kind: "empty" | "qevm" | "gzip" | "bzip2" | "xz" | "lzop" | "zstd" | "unknown";
  /** How its decompression went wrong: the text and exit status of the program libvirt runs, where known. */
  readonly problem?: { readonly program: string; readonly status: number | null; readonly text: string };
  /** The stream in it. Absent when nothing was decompressed or nothing is there. */
  readonly stream?: {
    /** Bytes of the stream, decompressed. */
    readonly bytes: number;
    /** Its first bytes, 9 or more if there are as many. Where the payload is the stream, those of the payload will do. */
    readonly first?: Uint8Array;
    readonly summary: StreamSummary;
    readonly findings: readonly Finding[];
  };
}
