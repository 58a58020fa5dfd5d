import type { Span } from "../../layout/index.ts";
import type { Finding } from "../finding.ts";

/** What the first 16 bytes say; `zeroed` is the mark of a save in progress that was proposed in 2011. */
export type SaveMagic = "complete" | "partial" | "zeroed" | "other";

/** `save_image_format` of libvirt's qemu.conf, by the number in the header. */
export const SAVE_FORMATS = ["raw", "gzip", "bzip2", "xz", "lzop", "zstd", "sparse"] as const;
export type SaveFormat = (typeof SAVE_FORMATS)[number];

/** A C string of the region behind the header, up to its NUL. */
export interface SaveText {
  /** Absolute. */
  readonly offset: number;
  /** Bytes up to the NUL, or to the end of the region where there is none. */
  readonly length: number;
  /** Ends with a NUL inside its region. */
  readonly terminated: boolean;
  /** The text, byte for byte (see `layout/text.ts`); null where it is longer than what is kept, or cut off. */
  readonly text: string | null;
}

/** A save image up to its payload. */
export interface SaveImage {
  readonly magic: SaveMagic;
  /** The 16 bytes in hex. */
  readonly magicBytes: string;
  readonly endian: "little" | "big";
  readonly version: number;
  /** Bytes from the header to the payload, as the header says. */
  readonly dataLength: number;
  /** The number in the header; anything but 0 runs the guest after a restore. */
  readonly wasRunning: number;
  /** The number in the header; null in versions 0 and 1, which have no such field and are always raw. */
  readonly format: number | null;
  /** Null for a number that no release knows. */
  readonly compression: SaveFormat | null;
  /** Relative to the end of the header; 0 where there is no cookie. */
  readonly cookieOffset: number;
  readonly xml: SaveText | null;
  readonly cookie: SaveText | null;
  /** What is left between the last NUL and the payload. */
  readonly padding: { readonly offset: number; readonly length: number; readonly zero: boolean } | null;
  /** 92 + dataLength; the file may end before it. */
  readonly payloadOffset: number;
}

export type SaveImageEvent =
  | {
      /** Told before the first byte of the payload, or at the end of an input that has none. */
      readonly kind: "save-image";
      readonly image: SaveImage;
    }
  | { readonly kind: "finding"; readonly finding: Finding }
  | {
      readonly kind: "end";
      readonly offset: number;
      /** `truncated`: the input ends before the payload begins. */
      readonly reason: "eof" | "truncated" | "error";
    };

export interface SaveImageSink {
  event(event: SaveImageEvent): void;
  /** The payload as it is in the file, in order. `chunk` is a view valid during the call. Without it the payload is skippable. */
  payload?(chunk: Uint8Array, offset: number): void;
  /** Every byte in front of the payload, once and in order. */
  span?(span: Span): void;
}
