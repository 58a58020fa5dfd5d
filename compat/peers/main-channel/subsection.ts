import { SUBSECTION } from "../../../codec/formats/stream/qemu-file.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { terminated } from "../postcopy/terminated.ts";
import type { QemuFile } from "../qemu-file.ts";

/** The head of a subsection that stands next: its name, and the bytes up to its version. */
export interface Subsection {
  readonly idstr: string;
  readonly length: number;
}

/**
 * Looks whether a subsection of `parent` follows, as QEMU does: without consuming anything, and by the beginning of its
 * name. What it waits for in vain is an error of the file, as any read beyond its end.
 */
export function* nextSubsection(file: QemuFile, parent: string): Steps<Subsection | undefined> {
  if (!(yield* peek(file, 1, "SubsectionHeader.type"))) return undefined;
  const { cursor } = file;
  if (cursor.bytes[cursor.at] !== SUBSECTION) return undefined;
  if (!(yield* peek(file, 2, "SubsectionHeader.idLength"))) return undefined;
  const length = cursor.bytes[cursor.at + 1] ?? 0;
  if (length < parent.length + 1) return undefined;
  if (!(yield* peek(file, 2 + length, "SubsectionHeader.idstr"))) return undefined;
  const idstr = terminated(cursor.bytes.subarray(cursor.at + 2, cursor.at + 2 + length));
  if (!idstr.startsWith(parent)) return undefined;
  file.offset = cursor.offset + 2;
  file.path = "SubsectionHeader.idstr";
  return { idstr, length: 2 + length };
}

function* peek(file: QemuFile, count: number, path: string): Steps<boolean> {
  const have = yield* file.cursor.upTo(count);
  if (have >= count) return true;
  file.error = "EIO";
  file.offset = file.cursor.offset;
  file.path = path;
  return false;
}
