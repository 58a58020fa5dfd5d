import { createHash } from "node:crypto";
import {
  bytes,
  concat,
  DecodeError,
  encode,
  type Infer,
  read,
  size64,
  struct,
  u32,
  u64,
} from "../../codec/layout/index.ts";

/** Longest edit: far more than any XML. */
export const LONGEST_EDIT = 64 << 20;
const DIGEST_SIZE = 32;

/** An edit in place, as it is written beside the image before the image is touched. */
export const EditJournal = struct({
  name: "EditJournal",
  endian: "be",
  doc: "What an edit in place replaces in a file, followed by the SHA-256 of all that.",
  source: "migwire",
  fields: {
    magic: u64('"migwireJ"', { equals: 0x6d69_6777_6972_654an, format: "hex" }),
    version: u32("Always 1.", { equals: 1 }),
    inode: u64("Inode of the file. Its device is not told: numbers of devices change when a host boots."),
    size: size64("Length of the file, which the edit keeps.", { unit: "bytes" }),
    offset: size64("Where the edit begins.", { unit: "bytes" }),
    length: u32("Bytes replaced.", { unit: "bytes" }),
    around: bytes(
      "SHA-256 of the ends of the file without these bytes: a later save of the same size is not it.",
      {
        length: DIGEST_SIZE,
      },
    ),
    old: bytes("What was there.", { length: { field: "length" } }),
    fresh: bytes("What shall be there.", { length: { field: "length" } }),
  },
});
export type EditJournal = Infer<typeof EditJournal>;

const HEAD_SIZE = 8 + 4 + 8 + 8 + 8 + 4 + DIGEST_SIZE;
/** No sound journal is longer. */
export const LONGEST_JOURNAL = HEAD_SIZE + 2 * LONGEST_EDIT + DIGEST_SIZE;

export function journalBytes(journal: Omit<EditJournal, "magic" | "version">): Uint8Array<ArrayBuffer> {
  const body = encode(EditJournal, { magic: 0x6d69_6777_6972_654an, version: 1, ...journal });
  return concat([body, digestOf(body)]);
}

/** Reads a journal back; undefined when it is not one to its last byte. */
export function readJournal(data: Uint8Array): EditJournal | undefined {
  const body = data.subarray(0, Math.max(0, data.length - DIGEST_SIZE));
  const digest = data.subarray(body.length);
  try {
    const { value, end } = read(EditJournal, body);
    const sound =
      end === body.length && value.length <= LONGEST_EDIT && value.offset + value.length <= value.size;
    return sound && same(digest, digestOf(body)) ? value : undefined;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function digestOf(body: Uint8Array): Uint8Array {
  return createHash("sha256").update(body).digest();
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Whether every byte is either the one before the edit or the one after it: what a torn write leaves behind. */
export function isTorn(found: Uint8Array, { old, fresh }: Pick<EditJournal, "old" | "fresh">): boolean {
  return found.length === old.length && found.every((byte, i) => byte === old[i] || byte === fresh[i]);
}
