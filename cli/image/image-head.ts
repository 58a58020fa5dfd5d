import { SAVE_HEADER_SIZE } from "../../codec/formats/libvirt/save-header.ts";
import { createSaveImageReader } from "../../codec/formats/libvirt/save-reader.ts";
import { type Finding, recognise, type SaveImage } from "../../codec/index.ts";
import { concat } from "../../codec/layout/index.ts";
import { LONGEST_EDIT } from "../durable/journal.ts";
import { UsageError } from "../exit.ts";
import { closeInput, type Input, readAll } from "../io.ts";
import { printable } from "../printable.ts";
import { allocatedBytes } from "./holes.ts";

/** Bytes looked at to see what a payload is. */
const FIRST = 16;

/** Thrown where nothing more need be read. */
const ENOUGH = new Error("enough was read");

/** An image as far as its payload begins. */
export interface ImageHead {
  readonly name: string;
  /** Bytes of the image; null where it comes through a pipe or is compressed as a whole. */
  readonly size: number | null;
  /** Bytes that the file takes on the disk. */
  readonly allocated: number | null;
  /** Null where the file is not a save image, or ends before the header does. */
  readonly image: SaveImage | null;
  readonly findings: readonly Finding[];
  /** The first bytes of the payload. */
  readonly first: Uint8Array;
  /** Everything before the payload, up to what an edit may be long. */
  readonly bytes: Uint8Array;
}

/** Reads what stands before the payload, and nothing behind it: as fast for a large image as for a small one. */
export async function readHead(input: Input): Promise<ImageHead> {
  const findings: Finding[] = [];
  const parts: Uint8Array[] = [];
  const images: SaveImage[] = [];
  let first: Uint8Array = new Uint8Array(0);
  let ended = false;
  let kept = 0;
  const allocated = allocatedBytes(input);
  const size = input.compression === null ? (input.size ?? null) : null;
  const reader = createSaveImageReader(
    {
      event(event) {
        if (event.kind === "finding") findings.push(event.finding);
        if (event.kind === "save-image") images.push(event.image);
        if (event.kind === "end") ended = true;
      },
      payload(chunk) {
        if (first.length < FIRST) first = concat([first, chunk.subarray(0, FIRST - first.length)]);
      },
    },
    size === null ? {} : { size },
  );
  try {
    await readAll(input, (chunk) => {
      if (kept < LONGEST_EDIT) parts.push(chunk.slice());
      kept += chunk.length;
      reader.push(chunk);
      if (ended || first.length === FIRST) throw ENOUGH;
    });
    reader.finish();
  } catch (error) {
    if (error !== ENOUGH) throw error;
  } finally {
    closeInput(input);
  }
  const image = images[0] ?? null;
  const length = image ? SAVE_HEADER_SIZE + image.dataLength : 0;
  return {
    name: input.name,
    size,
    allocated,
    image,
    findings,
    first,
    bytes: concat(parts).subarray(0, length),
  };
}

/** The image of a head; throws where there is none, and says what is there instead. */
export function mustBeImage({ name, image, findings }: ImageHead, beginning: Uint8Array): SaveImage {
  if (image) return image;
  const isEmpty = beginning.length === 0;
  const isShort = findings.some(({ rule }) => rule === "SAVE_HEADER_COMPLETE");
  const looks = recognise(beginning)?.name;
  const what = looks ? `it looks like ${looks}` : "its magic is unknown";
  const why = isEmpty ? "it is empty" : isShort ? "it ends within its header" : what;
  throw new UsageError(`${printable(name)} is not a save image that can be worked on: ${why}`);
}
