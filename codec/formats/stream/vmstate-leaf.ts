import { hexText } from "../../layout/index.ts";

/** Long bytes, shown by their beginning. */
export type LongBytes = { bytes: number; head: string };

/** Longest bytes that are shown whole, and how many are shown of longer ones. */
const LONGEST_SHOWN = 1 << 16;
const HEAD_SHOWN = 256;

/** QEMU migration/vmstate.c: a null pointer in an array is one byte, an ASCII digit so as to differ from a zero. */
const NULL_POINTER = 0x30;
/** QEMU 11.1 puts a marker before each element of some arrays, null or not. */
const VALID_POINTER = 0x31;

interface Integer {
  readonly size: number;
  readonly signed?: true;
}

/**
 * Integers among QEMU's VMStateInfo, migration/vmstate-types.c. All are big-endian: "le" is "less or equal". What QEMU
 * calls "int64 equal" is vmstate_info_uint64_equal.
 */
const INTEGERS: Readonly<Record<string, Integer>> = {
  int8: { size: 1, signed: true },
  int16: { size: 2, signed: true },
  int32: { size: 4, signed: true },
  "int32 equal": { size: 4, signed: true },
  "int32 le": { size: 4, signed: true },
  int64: { size: 8, signed: true },
  uint8: { size: 1 },
  "uint8 equal": { size: 1 },
  uint16: { size: 2 },
  "uint16 equal": { size: 2 },
  uint32: { size: 4 },
  "uint32 equal": { size: 4 },
  uint64: { size: 8 },
  "int64 equal": { size: 8 },
  "uint64 equal": { size: 8 },
};

/** The value of a field that is not a struct, or what would have been expected of its bytes. */
export function leafOf(
  type: string,
  bytes: Uint8Array,
): { value: number | string | boolean | null | LongBytes } | { expected: string } {
  const integer = Object.hasOwn(INTEGERS, type) ? INTEGERS[type] : undefined;
  if (integer?.size === bytes.length) return { value: integerOf(bytes, integer.signed ?? false) };
  if (type === "bool" && bytes.length === 1) return { value: bytes[0] !== 0 };
  if (type !== "nullptr" && type !== "ptr-marker") return { value: bytesOf(bytes) };
  if (bytes[0] === NULL_POINTER && bytes.length === 1) return { value: null };
  if (type === "nullptr") return { expected: "0x30" };
  return bytes[0] === VALID_POINTER && bytes.length === 1 ? { value: true } : { expected: "0x30 or 0x31" };
}

/** A number up to 32 bits, a decimal string for 64. */
function integerOf(bytes: Uint8Array, signed: boolean): number | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (bytes.length) {
    case 1:
      return signed ? view.getInt8(0) : view.getUint8(0);
    case 2:
      return signed ? view.getInt16(0) : view.getUint16(0);
    case 4:
      return signed ? view.getInt32(0) : view.getUint32(0);
    default:
      return String(signed ? view.getBigInt64(0) : view.getBigUint64(0));
  }
}

function bytesOf(bytes: Uint8Array): string | LongBytes {
  if (bytes.length <= LONGEST_SHOWN) return hexText(bytes);
  return { bytes: bytes.length, head: hexText(bytes.subarray(0, HEAD_SHOWN)) };
}
