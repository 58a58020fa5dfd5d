import { concat, decodeText, encode, encodeText, read } from "../../layout/index.ts";
import { byteOrderOf } from "./save-byte-order.ts";
import { SAVE_HEADER_SIZE, SAVE_MAGIC, SAVE_MAGIC_PARTIAL, SaveHeaderProposed } from "./save-header.ts";
import { SAVE_MAGIC_SIZE } from "./save-magic.ts";

/** What a scheme can say of an image. `unknown`: there is no mark, as its writer knew of none. */
export type SaveState = "done" | "in-progress" | "unknown" | "not-an-image";

/** One way to tell a save image that was finished from one that was not. Headers are 92 bytes, in either byte order. */
export interface SaveScheme {
  readonly name: "complete-word" | "zeroed-magic" | "partial-magic";
  readonly doc: string;
  /** The header to write before the stream. */
  begin(header: Uint8Array): Uint8Array<ArrayBuffer>;
  /** The header to write over it once the stream is whole. */
  finish(header: Uint8Array): Uint8Array<ArrayBuffer>;
  state(header: Uint8Array): SaveState;
}

const IN_PROGRESS = 1;
const DONE = 2;
const STATES: readonly SaveState[] = ["unknown", "in-progress", "done"];
const ZEROED = "\0".repeat(SAVE_MAGIC_SIZE);

/**
 * The proposal that takes a word from the unused ones, behind `compressed`. It is swapped with the other numbers. Since
 * 3.5.0 that word is `cookieOffset`: marks would be taken for a cookie one or two bytes into the XML, and the cookies of
 * today for marks without a meaning.
 */
export const completeWord: SaveScheme = {
  name: "complete-word",
  doc: "A word of the header says 0 (unknown), 1 (in progress) or 2 (done). Proposed in August 2011, never merged.",
  begin: (header) => withWord(header, IN_PROGRESS),
  finish: (header) => withWord(header, DONE),
  state(header) {
    if (magicIn(header) !== SAVE_MAGIC || !byteOrderOf(header).known) return "not-an-image";
    return STATES[wordIn(header).complete] ?? "unknown";
  },
};

/** The proposal that writes the magic last. */
export const zeroedMagic: SaveScheme = {
  name: "zeroed-magic",
  doc: "The magic is zero until the stream is whole. Proposed in August 2011, never merged.",
  begin: (header) => withMagic(header, ZEROED),
  finish: (header) => withMagic(header, SAVE_MAGIC),
  state: (header) => stateByMagic(header, ZEROED),
};

/** What was merged: commit 55d88def95, released with 0.9.5. */
export const partialMagic: SaveScheme = {
  name: "partial-magic",
  doc: "The magic is LibvirtQemudPart until the stream is whole. libvirt since 0.9.5, commit 55d88def95.",
  begin: (header) => withMagic(header, SAVE_MAGIC_PARTIAL),
  finish: (header) => withMagic(header, SAVE_MAGIC),
  state: (header) => stateByMagic(header, SAVE_MAGIC_PARTIAL),
};

/** The three schemes of the thread of August 2011. */
export const SAVE_SCHEMES: readonly SaveScheme[] = [completeWord, zeroedMagic, partialMagic];

function stateByMagic(header: Uint8Array, unfinished: string): SaveState {
  if (header.length < SAVE_HEADER_SIZE) return "not-an-image";
  const magic = magicIn(header);
  if (magic === SAVE_MAGIC) return "done";
  return magic === unfinished ? "in-progress" : "not-an-image";
}

function magicIn(header: Uint8Array): string | null {
  return header.length < SAVE_HEADER_SIZE ? null : decodeText(header.subarray(0, SAVE_MAGIC_SIZE));
}

function withMagic(header: Uint8Array, magic: string): Uint8Array<ArrayBuffer> {
  return concat([encodeText(magic), header.subarray(SAVE_MAGIC_SIZE, SAVE_HEADER_SIZE)]);
}

function wordIn(header: Uint8Array) {
  return read(SaveHeaderProposed, header, byteOrderOf(header)).value;
}

function withWord(header: Uint8Array, complete: number): Uint8Array<ArrayBuffer> {
  const { endian } = byteOrderOf(header);
  return encode(SaveHeaderProposed, { ...wordIn(header), complete }, { endian });
}
