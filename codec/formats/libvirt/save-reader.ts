import { DecodeError, hexText, type Steps } from "../../layout/index.ts";
import { type ChannelReader, drive } from "../channel-reader.ts";
import { byteOrderOf, LIKELY_DATA_LENGTH, readHeader } from "./save-byte-order.ts";
import { SAVE_FORMATS, type SaveImage, type SaveImageEvent, type SaveImageSink } from "./save-events.ts";
import { SAVE_HEADER_SIZE, SAVE_VERSION, SaveHeader } from "./save-header.ts";
import { checkHeader } from "./save-header-check.ts";
import { readLayout, type SaveLayout } from "./save-layout.ts";
import { checkMagic, magicOf, SAVE_BEGINNING, SAVE_MAGIC_SIZE } from "./save-magic.ts";
import { createSave, find, type Save, type SaveImageOptions, traceRaw, windowOf } from "./save-state.ts";

type End = Extract<SaveImageEvent, { kind: "end" }>["reason"];

/** More than any file has. */
const ALL = 2 ** 52;

/** Reads a libvirt save image: header, XML, cookie and padding; the payload is handed on as it is, or stepped over. */
export function createSaveImageReader(sink: SaveImageSink, options: SaveImageOptions = {}): ChannelReader {
  const save = createSave(sink, options);
  return drive(save.cursor, readSave(save));
}

function* readSave(save: Save): Steps {
  const reason = yield* readImage(save);
  save.sink.event({ kind: "end", offset: save.cursor.offset, reason });
}

function* readImage(save: Save): Steps<End> {
  const { cursor, base } = save;
  const have = yield* cursor.upTo(SAVE_BEGINNING);
  const head = cursor.bytes.slice(cursor.at, cursor.at + have);
  if (!checkMagic(save, head)) return "error";
  if (have < SAVE_HEADER_SIZE) return readShort(save, have);
  const order = byteOrderOf(head, save.room);
  const header = readHeader(head, order.endian);
  yield* cursor.struct(SaveHeader, { endian: order.endian });
  for (const finding of checkHeader(header, order, save.room, base)) {
    save.sink.event({ kind: "finding", finding });
    if (finding.rule === "SAVE_DATA_LENGTH_SOUND") save.misled ||= finding.level === "error";
  }
  const layout = yield* readLayout(save, header);
  if (layout.cut !== null) reportCut(save, layout.cut, header.dataLength);
  const image = imageOf(save, head, order.endian === "le" ? "little" : "big", header, layout);
  save.sink.event({ kind: "save-image", image });
  if (header.dataLength === 0) return "error";
  if (layout.cut !== null) return "truncated";
  yield* readPayload(save);
  return "eof";
}

function readShort(save: Save, have: number): End {
  const { cursor, base } = save;
  const lost = cursor.lost > 0;
  cursor.at += have;
  traceRaw(save, "header", base, null);
  const args = { need: SAVE_HEADER_SIZE, have };
  find(save, "SAVE_HEADER_COMPLETE", "error", "SaveHeader", base + have, args);
  return lost ? "error" : "truncated";
}

function reportCut(save: Save, what: NonNullable<SaveLayout["cut"]>, need: number): void {
  if (save.misled) return;
  const have = save.cursor.offset - save.base - SAVE_HEADER_SIZE;
  const { offset } = save.cursor;
  if (need <= LIKELY_DATA_LENGTH) {
    find(save, "SAVE_DATA_COMPLETE", "error", "SaveImage", offset, { what, need, have });
    return;
  }
  const args = { expected: `at most ${have}, as the file ends there`, found: need };
  find(save, "SAVE_DATA_LENGTH_SOUND", "error", "SaveHeader.dataLength", save.base + 20, args);
}

function imageOf(
  save: Save,
  head: Uint8Array,
  endian: SaveImage["endian"],
  header: ReturnType<typeof readHeader>,
  { xml, cookie, padding }: SaveLayout,
): SaveImage {
  const { version, dataLength, wasRunning, cookieOffset } = header;
  const format = version < SAVE_VERSION ? null : header.format;
  return {
    magic: magicOf(head),
    magicBytes: hexText(head.subarray(0, SAVE_MAGIC_SIZE)),
    endian,
    version,
    dataLength,
    wasRunning,
    format,
    compression: SAVE_FORMATS[format ?? 0] ?? null,
    cookieOffset,
    xml,
    cookie,
    padding,
    payloadOffset: save.base + SAVE_HEADER_SIZE + dataLength,
  };
}

function* readPayload(save: Save): Steps {
  const { cursor, sink } = save;
  if (!sink.payload) {
    yield* stepOver(save);
    return;
  }
  while (true) {
    const window = yield* windowOf(save, Number.POSITIVE_INFINITY);
    if (window.length === 0) return;
    const { offset } = cursor;
    cursor.at += window.length;
    sink.payload(window, offset);
  }
}

function* stepOver({ cursor }: Save): Steps {
  try {
    yield* cursor.skip(ALL, "SaveImage.payload");
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
}
