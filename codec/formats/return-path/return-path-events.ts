import type { Span } from "../../layout/index.ts";
import type { Finding } from "../finding.ts";
import type { RangeList } from "../ranges.ts";

/** What REQ_PAGES_ID and REQ_PAGES ask for. */
export interface PageRequest {
  /** The block it names, or that was named last; `null` if none was, or if that was in bytes that are missing. */
  readonly block: string | null;
  /** The message itself names the block. */
  readonly named: boolean;
  /** First byte within the block, in decimal. */
  readonly start: string;
  /** Bytes. */
  readonly length: number;
}

/** Which pages of a block the destination has. `received`, `missing` and `uncertain` pages never overlap. */
export interface ReceivedBitmap {
  /** `null` if the name is in bytes that are missing. */
  readonly block: string | null;
  /** Bytes of bitmap as announced, in decimal; `null` where that is missing. */
  readonly size: string | null;
  /** Bytes that one bit stands for. */
  readonly pageSize: number;
  /** Pages of the block; `null` where neither the caller nor the bitmap tells, because its end is padded. */
  readonly pages: number | null;
  readonly received: number;
  readonly missing: number;
  /** Pages nothing is known of: their bits are missing from the input, or may be padding. */
  readonly uncertain: number;
  /** What is missing for certain, in bytes of the block. */
  readonly missingRanges: RangeList;
  /** The bitmap is whole and its end mark is right. */
  readonly complete: boolean;
}

interface Head {
  readonly kind: "message";
  /** Offset of the message's type. */
  readonly offset: number;
  readonly type: number;
  /** Bytes of payload, as declared. The bitmap behind RECV_BITMAP is not among them. */
  readonly length: number;
}

/** One message. `value` is `null` where it has none, or where its payload is damaged or missing. */
export type ReturnPathMessage = Head &
  (
    | { readonly name: "SHUT" | "PONG" | "RESUME_ACK"; readonly value: number | null }
    | { readonly name: "REQ_PAGES_ID" | "REQ_PAGES"; readonly value: PageRequest | null }
    | { readonly name: "RECV_BITMAP"; readonly value: ReceivedBitmap | null }
    | { readonly name: "SWITCHOVER_ACK" | "KEEPALIVE" | `UNKNOWN_${number}`; readonly value: null }
  );

/** What a return path holds, in the order of its bytes. */
export type ReturnPathEvent =
  | ReturnPathMessage
  | { readonly kind: "finding"; readonly finding: Finding }
  | {
      readonly kind: "return-path-end";
      readonly offset: number;
      readonly reason: "eof" | "truncated" | "error";
      readonly messages: number;
      /** Findings by rule that were counted but not told, because there were too many alike. */
      readonly untold: Readonly<Record<string, number>>;
    };

/** What a return-path reader tells. Spans are only produced for those who ask. */
export interface ReturnPathSink {
  event(event: ReturnPathEvent): void;
  /** Every byte that is there, once and in order. */
  span?(span: Span): void;
}
