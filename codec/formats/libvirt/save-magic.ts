import { byteOrderOf } from "./save-byte-order.ts";
import type { SaveMagic } from "./save-events.ts";
import { SAVE_HEADER_SIZE, SAVE_MAGIC, SAVE_MAGIC_PARTIAL } from "./save-header.ts";
import { find, type Save, shown } from "./save-state.ts";

/** Bytes of the magic: it has no NUL. */
export const SAVE_MAGIC_SIZE = 16;
/** What a domain XML begins with: enough to know a save image whose magic is gone. */
const DOMAIN = "<domain";
/** Bytes that show whether a file is a save image. */
export const SAVE_BEGINNING = SAVE_HEADER_SIZE + DOMAIN.length;

/** What the first bytes of a file say. Fewer than 16 count as the magic that they may become; none as `other`. */
export function magicOf(head: Uint8Array): SaveMagic {
  const magic = head.subarray(0, SAVE_MAGIC_SIZE);
  if (magic.length === 0) return "other";
  if (magic.every((byte) => byte === 0)) return "zeroed";
  if (begins(magic, SAVE_MAGIC)) return "complete";
  return begins(magic, SAVE_MAGIC_PARTIAL) ? "partial" : "other";
}

/** Says what is wrong with the magic, and whether this is a save image all the same. */
export function checkMagic(save: Save, head: Uint8Array): boolean {
  const magic = magicOf(head);
  if (head.length === 0 || magic === "complete") return true;
  const short = head.length < SAVE_HEADER_SIZE;
  if (short && magic === "zeroed") return true;
  const like = isLikeImage(head);
  const marked = magic === "partial" || (magic === "zeroed" && like);
  const rule = marked ? "SAVE_IMAGE_FINISHED" : "SAVE_MAGIC_KNOWN";
  const args = { expected: SAVE_MAGIC, found: shown(head.subarray(0, SAVE_MAGIC_SIZE)), have: like ? 1 : 0 };
  find(save, rule, "error", "SaveHeader.magic", save.base, args);
  return marked || like;
}

function begins(magic: Uint8Array, text: string): boolean {
  return magic.every((byte, i) => byte === text.charCodeAt(i));
}

function isLikeImage(head: Uint8Array): boolean {
  if (head.length < SAVE_BEGINNING || !byteOrderOf(head).known) return false;
  return begins(head.subarray(SAVE_HEADER_SIZE, SAVE_BEGINNING), DOMAIN);
}
