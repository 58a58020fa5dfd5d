import type { Span } from "../../layout/index.ts";
import type { Finding } from "../finding.ts";
import type { CreateInflater } from "./packet-inflater.ts";

/** What the main channel of a migration tells about RAM. */
export interface MultifdRam {
  readonly pageSize: number;
  block(idstr: string): { readonly usedLength: number } | undefined;
}

export interface MultifdOptions {
  /** Absolute offset of the first byte that will be pushed. */
  readonly offset?: number;
  /** What the main channel has told by now; undefined before it did. */
  readonly ram?: () => MultifdRam | undefined;
  /** Without them compressed payloads are stepped over, neither verified nor delivered. */
  readonly inflaters?: { readonly zlib?: CreateInflater; readonly zstd?: CreateInflater };
  /** Target page size, where it is known. */
  readonly pageSize?: number;
}

/** How the pages of a packet are packed; `unknown` is a method that no release has. */
export type MultifdCompression = "none" | "zlib" | "zstd" | "qpl" | "uadk" | "qatzip" | "unknown";

export type MultifdEndReason = "eof" | "truncated" | "error";

export type MultifdEvent =
  | {
      readonly kind: "multifd-init";
      readonly offset: number;
      /** 64, or 25 in 3.0 and 3.1. */
      readonly length: number;
      readonly version: number;
      readonly uuid: string;
      readonly id: number;
      readonly reservedZero: boolean;
    }
  | {
      readonly kind: "multifd-packet";
      readonly offset: number;
      /** `null` where the capture lacks it. */
      readonly packetNumber: string | null;
      readonly sync: boolean;
      readonly compression: MultifdCompression;
      /** `null` in packets without pages, and where the capture lacks it. */
      readonly block: string | null;
      readonly normal: number;
      /** 0 where the capture lacks it. */
      readonly zero: number;
      /** Bytes behind the offset array. */
      readonly payload: number;
      readonly pageSize: number;
      /** Bytes of the header or the offset array are missing from the capture. */
      readonly partial?: true;
    }
  | {
      readonly kind: "multifd-device-state";
      readonly offset: number;
      readonly idstr: string;
      readonly instance: number;
      /** Bytes of state. */
      readonly length: number;
      readonly sync: boolean;
    }
  | { readonly kind: "finding"; readonly finding: Finding }
  | {
      readonly kind: "multifd-end";
      readonly offset: number;
      readonly reason: MultifdEndReason;
      /** Packets of RAM and of device state, and those of them with SYNC. */
      readonly packets: number;
      readonly syncs: number;
      /** Findings by rule that were counted but not told, because there were too many alike. */
      readonly untold: Readonly<Record<string, number>>;
    };

/** What a multifd reader tells. Page data and spans are only produced for those who ask. */
export interface MultifdSink {
  event(event: MultifdEvent): void;
  /**
   * One page, whose place is certain. `data` is valid during the call: the page, inflated if it was compressed, or one zero
   * byte for zero pages.
   */
  page?(block: string, offset: number, kind: "normal" | "zero", data: Uint8Array, pageSize: number): void;
  /** Every byte of the channel that was understood, once and in order; payloads as one span each. */
  span?(span: Span): void;
}
