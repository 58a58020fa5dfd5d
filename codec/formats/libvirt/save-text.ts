import { createByteBuilder, decodeText, type Steps } from "../../layout/index.ts";
import type { SaveText } from "./save-events.ts";
import { find, SAMPLE, type Save, traceRaw, windowOf } from "./save-state.ts";

/** Longest text that is kept; libvirt has no bound but the 4 GiB of its length. */
export const LONGEST_SAVE_TEXT = 4 << 20;

const RULES = { xml: "SAVE_XML_TERMINATED", cookie: "SAVE_COOKIE_TERMINATED" } as const;
const NAMES = { xml: "the XML", cookie: "the save cookie" } as const;

/** Reads a C string that ends before the absolute offset `end`, and its NUL. Text that is cut off is not kept. */
export function* readText(save: Save, name: "xml" | "cookie", end: number): Steps<SaveText> {
  const { cursor } = save;
  const offset = cursor.offset;
  const lost = save.lost;
  const kept = createByteBuilder();
  let terminated = false;
  while (!terminated) {
    const window = yield* windowOf(save, end);
    if (window.length === 0) break;
    const nul = window.indexOf(0);
    const text = nul < 0 ? window : window.subarray(0, nul);
    if (cursor.offset - offset + text.length <= LONGEST_SAVE_TEXT) kept.append(text);
    cursor.at += text.length;
    terminated = nul >= 0;
  }
  const length = cursor.offset - offset;
  const ends = terminated || cursor.offset === end;
  const whole = ends && kept.length === length && save.lost === lost;
  const text = whole ? decodeText(kept.view()) : null;
  traceRaw(save, name, offset, text);
  if (terminated) {
    cursor.at++;
    traceRaw(save, `${name}End`, cursor.offset - 1, null);
  } else if (ends) find(save, RULES[name], "warning", `SaveImage.${name}`, end, { length });
  if (length > LONGEST_SAVE_TEXT) {
    const args = { what: NAMES[name], expected: LONGEST_SAVE_TEXT, found: length };
    find(save, "SAVE_TEXT_BOUNDED", "warning", `SaveImage.${name}`, offset, args);
  }
  return { offset, length, terminated, text };
}

/** Bytes that should be zero. */
export interface Filler {
  readonly offset: number;
  /** Bytes there are; fewer than announced where the input ends. */
  readonly length: number;
  /** Offset of the first byte that is not zero, and the first few from there on. */
  readonly stain: { readonly offset: number; readonly bytes: Uint8Array } | null;
}

/** Steps over what should be zeros, up to the absolute offset `end`. */
export function* readFiller(save: Save, name: string, end: number): Steps<Filler> {
  const { cursor } = save;
  const offset = cursor.offset;
  const sample = createByteBuilder();
  let stained = -1;
  while (true) {
    const window = yield* windowOf(save, end);
    if (window.length === 0) break;
    const first = stained < 0 ? window.findIndex((byte) => byte !== 0) : 0;
    if (stained < 0 && first >= 0) stained = cursor.offset + first;
    if (stained >= 0) sample.append(window.subarray(first, first + SAMPLE - sample.length));
    cursor.at += window.length;
  }
  traceRaw(save, name, offset, null);
  const stain = stained < 0 ? null : { offset: stained, bytes: sample.view() };
  return { offset, length: cursor.offset - offset, stain };
}
