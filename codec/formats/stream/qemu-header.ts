import type { Steps } from "../../layout/index.ts";
import { recognise } from "../recognise.ts";
import { FILE_MAGIC, FILE_VERSION, FileHeader } from "./qemu-file.ts";
import { type Reader, report } from "./qemu-reader.ts";

/** How far a file is searched for the stream it may hold behind somebody else's header. */
const FARTHEST_HEADER = 1 << 20;

/** Reads the file header, after a leading hole if there is one. Returns false for what is no stream that can be read. */
export function* readHeader(reader: Reader): Steps<boolean> {
  const { cursor, sink } = reader;
  yield* skipHole(reader);
  const offset = cursor.offset;
  yield* cursor.need(8, "FileHeader");
  const magic = cursor.view.getUint32(cursor.at);
  if (magic !== FILE_MAGIC) {
    const found = `0x${magic.toString(16).padStart(8, "0")}`;
    const like = recognise(cursor.bytes.subarray(cursor.at, cursor.end));
    const begins = like?.scattered ? -1 : yield* findHeader(reader);
    const args = { expected: "QEVM", found, looksLike: like?.name ?? "", begins };
    report(reader, { rule: "FILE_MAGIC_KNOWN", level: "error", subject: "FileHeader.magic", offset, args });
    return false;
  }
  const { version } = yield* cursor.struct(FileHeader);
  sink.event({ kind: "header", offset, version });
  if (version === FILE_VERSION) return true;
  const args = { expected: FILE_VERSION, found: version };
  report(reader, {
    rule: "FILE_VERSION_SUPPORTED",
    level: "error",
    subject: "FileHeader.version",
    offset: offset + 4,
    args,
  });
  return false;
}

/** Offset of a file header further on, -1 if there is none within reach. Consumes nothing. */
function* findHeader(reader: Reader): Steps<number> {
  const { cursor } = reader;
  const have = yield* cursor.upTo(FARTHEST_HEADER);
  for (let i = 0; i + 8 <= have; i++) {
    const at = cursor.bytes.indexOf(FILE_MAGIC >>> 24, cursor.at + i);
    if (at < 0 || at + 8 > cursor.at + have) break;
    if (cursor.view.getUint32(at) === FILE_MAGIC && cursor.view.getUint32(at + 4) === FILE_VERSION)
      return cursor.offset + at - cursor.at;
    i = at - cursor.at;
  }
  return -1;
}

/** A stream written to `file:PATH,offset=N` begins with a hole. */
function* skipHole(reader: Reader): Steps {
  const { cursor } = reader;
  const start = cursor.offset;
  while ((yield* cursor.upTo(1)) === 1 && cursor.bytes[cursor.at] === 0) {
    const from = cursor.at;
    while (cursor.at < cursor.end && cursor.bytes[cursor.at] === 0) cursor.at++;
    if (cursor.at === from) break;
  }
  const field = { kind: "bytes", length: 0, doc: "Hole before the stream." } as const;
  if (cursor.offset > start)
    cursor.trace?.({ path: "hole", start, end: cursor.offset, value: cursor.offset - start, field });
}
