import { SAVE_HEADER_SIZE, SaveHeader } from "../../codec/formats/libvirt/save-header.ts";
import { decode, encode, type SaveImage, type SaveText } from "../../codec/index.ts";
import { UsageError } from "../exit.ts";

/** What an edit of an image's head may change; what is left out stays. */
export interface HeadChange {
  readonly xml: Uint8Array | undefined;
  readonly wasRunning: number | undefined;
  readonly keepsCookie: boolean;
}

/** The bytes in front of a payload, as they are. */
export interface Head {
  readonly image: SaveImage;
  /** Header and all that its length counts. */
  readonly bytes: Uint8Array;
}

/** Bytes that the XML may have: its NUL and the cookie with another one stand in the same space. */
export function roomForXml({ dataLength, cookie }: SaveImage, keepsCookie = true): number {
  return dataLength - 1 - (cookie && keepsCookie ? cookie.length + 1 : 0);
}

/**
 * The same head with another XML or another state of the guest. The payload stays where it is, so the new XML has to fit;
 * the cookie is moved right behind it. Byte order, and words that nobody reads, are kept.
 */
export function changeHead({ image, bytes }: Head, change: HeadChange): Uint8Array<ArrayBuffer> {
  const endian = image.endian === "big" ? "be" : "le";
  const header = decode(SaveHeader, bytes.subarray(0, SAVE_HEADER_SIZE), { endian });
  const { xml = textBytes(bytes, image.xml), wasRunning = header.wasRunning, keepsCookie } = change;
  const out = new Uint8Array(bytes);
  let { cookieOffset } = header;
  if (change.xml || !keepsCookie) {
    const cookie = keepsCookie && image.cookie && textBytes(bytes, image.cookie);
    cookieOffset = cookie ? xml.length + 1 : 0;
    out.fill(0, SAVE_HEADER_SIZE);
    out.set(xml, SAVE_HEADER_SIZE);
    if (cookie) out.set(cookie, SAVE_HEADER_SIZE + cookieOffset);
  }
  out.set(encode(SaveHeader, { ...header, cookieOffset, wasRunning }, { endian }));
  return out;
}

/** Says exactly what does not fit. */
export function mustFit(image: SaveImage, xml: Uint8Array, keepsCookie: boolean): void {
  const room = roomForXml(image, keepsCookie);
  if (xml.length <= room) return;
  const cookie =
    image.cookie && keepsCookie ? `, ${image.cookie.length + 1} for the save cookie and its NUL` : "";
  throw new UsageError(
    `the XML has ${xml.length} bytes, ${xml.length - room} more than fit: the image keeps ${image.dataLength} for its texts${cookie}, 1 for the NUL behind the XML. It was not changed`,
  );
}

/** A text of a head, without its NUL. */
export function textBytes(bytes: Uint8Array, text: Pick<SaveText, "offset" | "length"> | null): Uint8Array {
  return text ? bytes.subarray(text.offset, text.offset + text.length) : bytes.subarray(0, 0);
}
