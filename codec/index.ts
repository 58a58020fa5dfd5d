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
export * from "./formats/libvirt/completeness.ts";
export { checkSaveXml } from "./formats/libvirt/domain-check.ts";
export type { DomainXml } from "./formats/libvirt/domain-xml.ts";
export * from "./formats/libvirt/padding.ts";
export * from "./formats/libvirt/save-byte-order.ts";
export type { SaveCookie } from "./formats/libvirt/save-cookie.ts";
export * from "./formats/libvirt/save-events.ts";
export * from "./formats/libvirt/save-header.ts";
export { createSaveImageReader } from "./formats/libvirt/save-reader.ts";
export type { SaveImageOptions } from "./formats/libvirt/save-state.ts";
export * from "./formats/libvirt/writer-era.ts";
export * from "./formats/multifd/multifd.ts";
export * from "./formats/multifd/multifd-events.ts";
export { createMultifdReader } from "./formats/multifd/multifd-reader.ts";
export type { CreateInflater, PacketInflater } from "./formats/multifd/packet-inflater.ts";
export * from "./formats/qcow2/qcow2-image.ts";
export type { RandomAccess, ReadRequest } from "./formats/qcow2/random-access.ts";
export { type Qcow2Options, readQcow2 } from "./formats/qcow2/read-qcow2.ts";
export type { Unmapped, VmstateExtent } from "./formats/qcow2/vmstate-extent.ts";
export { type VmstateExtents, vmstateExtents } from "./formats/qcow2/vmstate-extents.ts";
export { vmstateReach } from "./formats/qcow2/vmstate-reach.ts";
export * from "./formats/ranges.ts";
export {
  COMPRESSIONS,
  type Compression,
  compressionOf,
  type PayloadKind,
  payloadKindOf,
  recognise,
} from "./formats/recognise.ts";
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
export type { FieldDescription, StateDescription } from "./formats/stream/vmdesc-device.ts";
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
