export { type CaptureReader, createCaptureReader } from "./capture/capture-reader.ts";
export * from "./capture/events.ts";
export type { ChannelReader } from "./formats/channel-reader.ts";
export {
  DirtyBitmapBits,
  DirtyBitmapBuffer,
  DirtyBitmapFlag,
  DirtyBitmapFlags,
  DirtyBitmapName,
  DirtyBitmapStart,
  DirtyBitmapStartFlag,
} from "./formats/dirty-bitmap/dirty-bitmap.ts";
export * from "./formats/finding.ts";
export * from "./formats/multifd/multifd.ts";
export * from "./formats/multifd/multifd-events.ts";
export { createMultifdReader } from "./formats/multifd/multifd-reader.ts";
export type { CreateInflater, PacketInflater } from "./formats/multifd/packet-inflater.ts";
export * from "./formats/ranges.ts";
export { recognise } from "./formats/recognise.ts";
export * from "./formats/return-path/received-bitmap.ts";
export * from "./formats/return-path/return-path.ts";
export * from "./formats/return-path/return-path-events.ts";
export { createReturnPathReader } from "./formats/return-path/return-path-reader.ts";
export type { ReturnPathOptions } from "./formats/return-path/return-path-state.ts";
export * from "./formats/stream/qemu-command.ts";
export * from "./formats/stream/qemu-events.ts";
export * from "./formats/stream/qemu-file.ts";
export * from "./formats/stream/qemu-ram.ts";
export type { InflatePage } from "./formats/stream/qemu-reader.ts";
export { createStreamReader, type StreamOptions } from "./formats/stream/stream.ts";
export type { DeviceFields, FieldValue, StateSpan } from "./formats/stream/vmstate.ts";
export { applyXbzrle } from "./formats/stream/xbzrle.ts";
export { tables } from "./formats/tables.ts";
export { DecodeError, decode, encode, type Infer, read, type Span } from "./layout/index.ts";
export {
  type BitmapCollector,
  createBitmapCollector,
  type DirtyBitmap,
  type DirtyBitmapSummary,
  type Unhashed,
} from "./session/bitmaps.ts";
export type { ChannelSummary, MessageSummary } from "./session/channel-summary.ts";
export * from "./session/events.ts";
export type { Identity } from "./session/identify.ts";
export type { PostcopySummary } from "./session/postcopy.ts";
export { createSession, type Session } from "./session/session.ts";
export {
  type ConnectionSummary,
  createSessionSummariser,
  type MigrationSummary,
  type SessionSummariser,
  type SessionSummary,
} from "./session/session-summary.ts";
export type { MigrationState, StateChange } from "./session/states.ts";
export { createSummariser, type StreamSummary, type Summariser } from "./session/summary.ts";
export type { TimelineEntry } from "./session/timeline.ts";
