import type { DomainXml, SaveCookie } from "../../codec/formats/libvirt/domain-xml.ts";
import type { SaveImage } from "../../codec/formats/libvirt/save-events.ts";
import type { Compression, Finding, PayloadKind, StreamSummary } from "../../codec/index.ts";
import type { SaveImageFacts } from "../../compat/peers/libvirt/image-facts.ts";
import type { PayloadProblem } from "../payload/delivery.ts";
import type { Reading } from "../read-stream.ts";

/** What stands behind the header, XML and cookie of a save image. */
export interface PayloadReading {
  /** What its first bytes say it is. */
  readonly kind: PayloadKind;
  /** What it was decompressed as. */
  readonly format: Compression | null;
  /** Where it begins in the file, and its bytes there. */
  readonly offset: number;
  readonly length: number;
  /** Bytes of the stream, decompressed. */
  readonly bytes: number;
  /** Offsets in the stream count in the file. */
  readonly isPlain: boolean;
  readonly problem?: PayloadProblem;
}

/** What stands before the payload of an image. */
export interface ImageTexts {
  /** Null for what is no save image, or ends within its header. */
  readonly image: SaveImage | null;
  readonly xml: DomainXml | null;
  readonly cookie: SaveCookie | null;
  /** About the header, the texts and the payload; offsets count in the image. */
  readonly findings: readonly Finding[];
}

/** How a save image went. */
export interface ImageReading extends ImageTexts {
  readonly name: string;
  /** Bytes of the file, or of what came through the pipe. */
  readonly size: number;
  /** What the file is compressed with as a whole. */
  readonly compression: Compression | null;
  readonly facts: SaveImageFacts;
  /** Null where the image ends before it. */
  readonly payload: PayloadReading | null;
  /** Null where nothing came out of the payload. Offsets count as `payload.isPlain` says. */
  readonly stream: Reading | null;
  readonly summary: StreamSummary | null;
  /** Bytes that the file takes on the disk; null where that is not known. */
  readonly allocated: number | null;
}
