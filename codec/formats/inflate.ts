export { type CreateInflater, InflateError, type PacketInflater } from "./multifd/packet-inflater.ts";
export { createZlibInflater } from "./multifd/zlib-packets.ts";
export { zstdInflaters } from "./multifd/zstd-packets.ts";
export { inflatePage } from "./stream/zlib-page.ts";
