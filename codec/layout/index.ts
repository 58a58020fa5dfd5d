export { type Steps, StreamCursor } from "./cursor.ts";
export { type DecodeOptions, decode, read, type Span } from "./decode.ts";
export { type EncodeOptions, encode } from "./encode.ts";
export { DecodeError, type DecodeErrorCode, type DecodeErrorDetail } from "./errors.ts";
export * from "./fields.ts";
export type { Context } from "./resolve.ts";
export { fixedSize, type Infer, minimumSize, type StructValue, struct, type Value } from "./struct.ts";
export { decodeText, encodeText } from "./text.ts";
export { hexBytes, hexText, uuidBytes, uuidText } from "./uuid.ts";
