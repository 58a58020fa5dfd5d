import type { Span } from "../../layout/index.ts";
import type { Finding } from "../finding.ts";
import type { MappedRamHeader } from "./qemu-ram.ts";
import type { StateDescription } from "./vmdesc-device.ts";
import type { DeviceFields, StateSpan } from "./vmstate.ts";

export type SectionKind = "start" | "part" | "end" | "full";

/** How well a section's payload was understood; `cut` is what the input ends in. */
export type Understanding = "decoded" | "delimited" | "damaged" | "cut";

export interface Section {
  readonly kind: SectionKind;
  readonly id: number;
  readonly idstr: string;
  readonly instance: number;
  readonly version: number;
  /** Offset of the section's type byte. */
  readonly offset: number;
  /** Bytes from the type byte to the end of the footer. */
  readonly length: number;
  readonly footer: boolean;
  readonly payloadOffset: number;
  readonly payloadLength: number;
  readonly understood: Understanding;
}

/** Records by kind. A page that was sent twice counts twice. */
export interface PageCounts {
  normal: number;
  zero: number;
  xbzrle: number;
  compressed: number;
}

export interface RamBlock {
  readonly idstr: string;
  /** Place in the block list; -1 for a block that only records name. */
  readonly index: number;
  /** Bytes. */
  readonly usedLength: number;
  /** Page size of the block's backing, where the stream tells it. */
  readonly pageSize?: number;
  readonly address?: bigint;
  mapped?: MappedRamHeader;
  readonly pages: PageCounts;
}

export type PageKind = "normal" | "zero" | "xbzrle" | "compressed";

export interface Device {
  readonly idstr: string;
  readonly instance: number;
  readonly version: number;
  /** Offset and length of the state, without header and footer. */
  readonly offset: number;
  readonly length: number;
  /** `null` when the stream does not describe the device or its state was too large to keep. */
  readonly fields: DeviceFields | null;
}

export interface VmdescTraits {
  readonly offset: number;
  /** Bytes of JSON. */
  readonly length: number;
  /** Written with spaces, as up to 5.2. */
  readonly spaced: boolean;
  /** Describes the configuration section too, as since 8.2. */
  readonly configuration: boolean;
}

/** What a chunk of the dirty-bitmap section holds. */
export type DirtyBitmapContent =
  | {
      readonly what: "start";
      /** Bytes of disk that one bit stands for. */
      readonly granularity: number;
      readonly enabled: boolean;
      readonly persistent: boolean;
      /** Ignored by every release. */
      readonly autoload: boolean;
    }
  | ({ readonly what: "zeroes" } & DirtyBitmapSectors)
  | ({
      readonly what: "bits";
      /** In hex; bit i stands for granule i of the sectors. `null` when bits are missing or do not fit the sectors. */
      readonly bits: string | null;
    } & DirtyBitmapSectors)
  | { readonly what: "complete" };

interface DirtyBitmapSectors {
  /** In sectors of 512 bytes. */
  readonly startSector: bigint;
  readonly sectorCount: number;
  /** Whether the sectors have a place in the bitmap as it was started. */
  readonly placed: boolean;
}

export type DirtyBitmapChunk = {
  readonly kind: "dirty-bitmap-chunk";
  readonly offset: number;
  /** Device name, node name or alias: the stream does not tell which. */
  readonly node: string;
  /** Name of the bitmap, or its alias. */
  readonly bitmap: string;
} & DirtyBitmapContent;

export type EndReason = "eof" | "truncated" | "error" | "paused";

export type StreamEvent =
  | {
      /** The packet proposed in 2019 for the main channel; `id` is the number of multifd channels. */
      readonly kind: "identification";
      readonly offset: number;
      readonly version: number;
      readonly uuid: string;
      readonly id: number;
    }
  | { readonly kind: "header"; readonly offset: number; readonly version: number }
  | {
      readonly kind: "configuration";
      readonly offset: number;
      readonly length: number;
      readonly machine: string;
      readonly capabilities: readonly string[];
      readonly uuid: string | null;
      readonly targetPageBits: number | null;
    }
  | { readonly kind: "section"; readonly section: Section }
  | {
      readonly kind: "command";
      readonly offset: number;
      readonly command: number;
      readonly name: string;
      readonly length: number;
      readonly value: CommandValue;
    }
  | {
      readonly kind: "ram-blocks";
      readonly offset: number;
      readonly totalBytes: number;
      readonly blocks: readonly RamBlock[];
      readonly reading: BlockListReading;
    }
  | DirtyBitmapChunk
  | { readonly kind: "device"; readonly device: Device }
  | { readonly kind: "vmdesc"; readonly vmdesc: VmdescTraits }
  | { readonly kind: "finding"; readonly finding: Finding }
  | {
      readonly kind: "end";
      readonly offset: number;
      readonly reason: EndReason;
      /** Target page size, passes over memory and MULTIFD_FLUSH records, as known by now. */
      readonly pageSize: number;
      readonly rounds: number;
      readonly flushes: number;
      /** Findings by rule that were counted but not told, because there were too many alike. */
      readonly untold: Readonly<Record<string, number>>;
    };

export type CommandValue =
  | number
  | string
  | null
  | { readonly [name: string]: CommandValue | readonly CommandValue[] };

/** Which optional fields a block list was read with. */
export interface BlockListReading {
  readonly ignoreShared: boolean;
  readonly ignoreSharedFlag: boolean;
  readonly postcopyPageSize: boolean;
  readonly mappedRam: boolean;
}

/** What a stream reader tells. Page data and spans are only produced for those who ask. */
export interface StreamSink {
  event(event: StreamEvent): void;
  /**
   * One page record, or one page of a mapped-ram file. `data` is a view valid during the call: the page itself, its
   * XBZRLE encoding, or one fill byte for zero pages. Compressed pages come inflated, and only if they can be.
   */
  page?(block: RamBlock, offset: number, kind: PageKind, data: Uint8Array, pageSize: number): void;
  /** Every page record, after it was read, whatever its kind. May come and go during a stream. */
  place?: ((block: RamBlock, offset: number) => void) | undefined;
  /** Every byte of the stream that was understood, once and in order; device states as one span each. */
  span?(span: Span): void;
  /** The fields of device states, when the vmdescription at the end of the stream has explained them. */
  stateSpan?(span: StateSpan): void;
  /** A device that the vmdescription explains, before its event: how, and its state, which is only lent. */
  state?(device: Device, description: StateDescription, payload: Uint8Array): void;
}
