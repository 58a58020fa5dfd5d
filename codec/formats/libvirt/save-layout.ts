import type { Infer, Steps } from "../../layout/index.ts";
import type { SaveImage } from "./save-events.ts";
import { SAVE_HEADER_SIZE, type SaveHeader } from "./save-header.ts";
import { find, type Save, shown } from "./save-state.ts";
import { type Filler, readFiller, readText } from "./save-text.ts";

/** What stands between the header and the payload. */
export type SaveLayout = Pick<SaveImage, "xml" | "cookie" | "padding"> & {
  /** Where the input ends too early; `null` if it does not. */
  readonly cut: "the XML" | "the save cookie" | "the padding" | null;
};

/** Reads XML, cookie and padding, by the lengths of the header. */
export function* readLayout(save: Save, header: Infer<typeof SaveHeader>): Steps<SaveLayout> {
  const { dataLength, cookieOffset } = header;
  const start = save.base + SAVE_HEADER_SIZE;
  const end = start + dataLength;
  if (dataLength === 0) return { xml: null, cookie: null, padding: null, cut: null };
  const hasCookie = cookieOffset > 0 && cookieOffset < dataLength;
  const xmlEnd = hasCookie ? start + cookieOffset : end;
  const xml = yield* readText(save, "xml", xmlEnd);
  if (isCut(save, xmlEnd, xml.terminated)) return { xml, cookie: null, padding: null, cut: "the XML" };
  if (cookieOffset === dataLength) findCookie(save, "a cookie at it, or 0 without one", cookieOffset);
  if (!hasCookie) {
    const padding = yield* readFiller(save, "padding", end);
    const follows = padding.stain?.offset === padding.offset;
    checkPadding(save, padding, end, follows ? "SAVE_XML_TRAILING" : "SAVE_PADDING_ZERO");
    return { xml, cookie: null, ...paddingOf(padding, end) };
  }
  const gap = yield* readFiller(save, "xmlRest", xmlEnd);
  if (gap.offset + gap.length < xmlEnd) return { xml, cookie: null, padding: null, cut: "the XML" };
  if (gap.stain) findStain(save, gap.stain, "SAVE_XML_TRAILING", "xml");
  else if (gap.length > 0) findCookie(save, `${gap.offset - start}, right behind the XML`, cookieOffset);
  const cookie = yield* readText(save, "cookie", end);
  if (isCut(save, end, cookie.terminated)) return { xml, cookie, padding: null, cut: "the save cookie" };
  const padding = yield* readFiller(save, "padding", end);
  checkPadding(save, padding, end, "SAVE_PADDING_ZERO");
  return { xml, cookie, ...paddingOf(padding, end) };
}

function isCut(save: Save, end: number, terminated: boolean): boolean {
  return !terminated && save.cursor.offset < end;
}

function paddingOf({ offset, length, stain }: Filler, end: number): Pick<SaveLayout, "padding" | "cut"> {
  const padding = { offset, length: end - offset, zero: stain === null };
  return { padding, cut: offset + length < end ? "the padding" : null };
}

function checkPadding(
  save: Save,
  { offset, length, stain }: Filler,
  end: number,
  rule: "SAVE_XML_TRAILING" | "SAVE_PADDING_ZERO",
): void {
  // With a wrong length, what is taken for padding may be the stream.
  const certain = !save.misled && offset + length === end;
  if (stain && certain) findStain(save, stain, rule, rule === "SAVE_XML_TRAILING" ? "xml" : "padding");
  if (offset === end)
    find(save, "SAVE_PADDING_ROOM", "note", "SaveImage.padding", end, { expected: "zeros", found: 0 });
}

function findStain(
  save: Save,
  { offset, bytes }: NonNullable<Filler["stain"]>,
  rule: "SAVE_XML_TRAILING" | "SAVE_PADDING_ZERO",
  name: "xml" | "padding",
): void {
  find(save, rule, "note", `SaveImage.${name}`, offset, { expected: "zeros", found: shown(bytes) });
}

function findCookie(save: Save, expected: string, found: number): void {
  const offset = save.base + 32;
  find(save, "SAVE_COOKIE_OFFSET_SOUND", "note", "SaveHeader.cookieOffset", offset, { expected, found });
}
