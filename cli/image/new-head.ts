import {
  SAVE_FORMATS,
  SAVE_HEADER_SIZE,
  SAVE_MAGIC_PARTIAL,
  SAVE_VERSION,
  type SaveFormat,
  SaveHeader,
} from "../../codec/index.ts";
import { encode } from "../../codec/layout/index.ts";

/** NULs that libvirt leaves behind the texts since 6.3.0, so that the XML can be edited. */
const PADDING = 65_536;

/** What a new image says in front of its stream. */
export interface NewHead {
  readonly xml: Uint8Array;
  readonly cookie: Uint8Array | undefined;
  readonly format: SaveFormat;
  readonly wasRunning: boolean;
}

/** Header, XML, cookie and padding as libvirt writes them since 6.3.0, marked as unfinished. */
export function newHead({ xml, cookie, format, wasRunning }: NewHead): Uint8Array<ArrayBuffer> {
  const cookieOffset = cookie ? xml.length + 1 : 0;
  const dataLength = xml.length + 1 + (cookie ? cookie.length + 1 : 0) + PADDING;
  const out = new Uint8Array(SAVE_HEADER_SIZE + dataLength);
  const header = {
    magic: SAVE_MAGIC_PARTIAL,
    version: SAVE_VERSION,
    dataLength,
    wasRunning: wasRunning ? 1 : 0,
    format: SAVE_FORMATS.indexOf(format),
    cookieOffset,
  };
  out.set(encode(SaveHeader, header));
  out.set(xml, SAVE_HEADER_SIZE);
  if (cookie) out.set(cookie, SAVE_HEADER_SIZE + cookieOffset);
  return out;
}
