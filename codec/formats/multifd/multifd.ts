import { flags32, type Infer, reserved, struct, text, u8, u32, u64, uuid } from "../../layout/index.ts";
import { FILE_MAGIC } from "../stream/qemu-file.ts";

const MULTIFD = "QEMU migration/multifd.c";
const RAM = "QEMU migration/ram.c";

export const MULTIFD_MAGIC = 0x11223344;
export const MULTIFD_VERSION = 1;

/**
 * Flags of a packet. All but SYNC and DEVICE_STATE are values of one field, the compression method, of which a packet has
 * one or none. That field had 3 bits up to 9.0, 4 in 9.1, and has 5 since 9.2.
 */
export const MultifdFlag = {
  0x01: { name: "SYNC", doc: "The destination waits here for the other channels.", since: "3.0" },
  0x02: { name: "ZLIB", doc: "The pages are part of a zlib stream.", since: "5.0" },
  0x04: { name: "ZSTD", doc: "The pages are part of a zstd stream.", since: "5.0" },
  0x08: { name: "QPL", doc: "The pages are compressed by Intel's QPL.", since: "9.1" },
  0x10: { name: "UADK", doc: "The pages are compressed by UADK.", since: "9.1" },
  0x20: { name: "QATZIP", doc: "The pages are compressed by QATzip.", since: "9.2" },
  0x40: { name: "DEVICE_STATE", doc: "The packet is a MultifdDeviceState.", since: "10.0" },
} as const;

export const SYNC = 0x01;
export const COMPRESSION_MASK = 0x3e;
export const DEVICE_STATE = 0x40;
export const KNOWN_MULTIFD_FLAGS = 0x7f;

/** Bytes of guest memory in a full packet, since 4.0. Divided by the target page size it is the length of the offset array. */
export const PACKET_BYTES = 524288;
/** Compressed payloads never have more: releases read them into a buffer of this size. */
export const MOST_PAYLOAD = 2 * PACKET_BYTES;
/** Largest `x-multifd-page-count` of 3.0 and 3.1. */
export const MOST_X_PAGES = 10_000;

export const INIT_LENGTH = 64;
export const X_INIT_LENGTH = 25;
export const HEADER_LENGTH = 320;
export const X_HEADER_LENGTH = 284;
export const DEVICE_STATE_LENGTH = 276;

const magic = u32("Always the same.", { equals: MULTIFD_MAGIC, format: "hex" });
const version = u32("Always 1. Every release refuses another.", {
  values: { 1: { name: "CURRENT", doc: "The only version there is." } },
});
const flags = flags32("What the packet is.", { bits: MultifdFlag });

export const MultifdInit = struct({
  name: "MultifdInit",
  endian: "be",
  doc: "The first 64 bytes of a multifd channel.",
  source: `${MULTIFD}, multifd_send_initial_packet(), 5.0 to 11.1; migration/ram.c in 4.0 to 4.2`,
  fields: {
    magic,
    version,
    uuid: uuid("UUID of the guest, zero when it has none. The destination refuses another than its own."),
    id: u8("Number of the channel, from 0. Connections may arrive in another order."),
    reserved: reserved("Zero since 5.0; 4.0 to 4.2 send what was on the stack.", { length: 39 }),
  },
});
export type MultifdInit = Infer<typeof MultifdInit>;

export const MultifdPacketHeader = struct({
  name: "MultifdPacketHeader",
  endian: "be",
  doc: "A packet of RAM. 524288 / target page size offsets follow it, whatever the counts say, then the payload.",
  source: `${MULTIFD}, multifd_send_fill_packet(), 5.0 to 11.1; migration/ram.c in 4.0 to 4.2`,
  fields: {
    magic,
    version,
    flags,
    pagesAlloc: u32("Offsets in the array; 0 in packets of SYNC alone since 9.2."),
    normalPages: u32("Pages whose content is in the payload; they have the first offsets."),
    nextPacketSize: u32(
      "Bytes of payload. Without normal pages there is none, but 5.0 to 8.1 repeat the last size.",
      {
        unit: "bytes",
      },
    ),
    packetNumber: u64("One counter for all channels. It may repeat."),
    zeroPages: u32("Pages full of zeros; their offsets come behind those of the normal pages.", {
      since: "9.0",
    }),
    reserved: reserved("Zero.", { length: 28 }),
    block: text("RAM block, ended by a NUL. Without pages up to 9.1 the block of the packet before.", {
      length: 256,
    }),
  },
});
export type MultifdPacketHeader = Infer<typeof MultifdPacketHeader>;

export const MultifdPageOffset = struct({
  name: "MultifdPageOffset",
  endian: "be",
  doc: "One entry of a packet's offset array. Entries beyond the page counts mean nothing.",
  source: `${MULTIFD}, multifd_send_fill_packet(), 5.0 to 11.1; migration/ram.c in 3.0 to 4.2`,
  fields: { offset: u64("Offset of the page in the block.", { format: "hex" }) },
});

export const MultifdDeviceState = struct({
  name: "MultifdDeviceState",
  endian: "be",
  doc: "A packet with a piece of a device's state, shorter than one of RAM. The payload follows.",
  source: "QEMU migration/multifd-device-state.c, multifd_device_state_fill_packet(), 10.0 to 11.1",
  fields: {
    magic,
    version,
    flags,
    idstr: text("Device, ended by a NUL.", { length: 256 }),
    instanceId: u32("Tells equal devices apart."),
    nextPacketSize: u32("Bytes of payload. A destination refuses an empty one.", { unit: "bytes" }),
  },
});

export const XMultifdInit = struct({
  name: "XMultifdInit",
  endian: "be",
  doc: "The first 25 bytes of a multifd channel while multifd was experimental.",
  source: `${RAM}, multifd_send_initial_packet(), 3.0 to 3.1`,
  fields: {
    magic,
    version,
    uuid: uuid("UUID of the guest, zero when it has none."),
    id: u8("Number of the channel, from 0."),
  },
});

export const XMultifdPacketHeader = struct({
  name: "XMultifdPacketHeader",
  endian: "be",
  doc: "A packet of RAM while multifd was experimental. `size` offsets follow it, then the pages as they are.",
  source: `${RAM}, multifd_send_fill_packet(), 3.0 to 3.1`,
  fields: {
    magic,
    version,
    flags,
    size: u32("Offsets in the array: x-multifd-page-count, alike on both sides."),
    used: u32("Pages in the payload; they have the first offsets."),
    packetNumber: u64("One counter for all channels."),
    block: text("RAM block, ended by a NUL.", { length: 256 }),
  },
});

/** Whether these bytes open as proposed in 2019: an init packet before the QEVM header of the main channel. */
export function isMainInitProposal(head: Uint8Array): boolean {
  if (head.length < INIT_LENGTH + 4) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return view.getUint32(0) === MULTIFD_MAGIC && view.getUint32(INIT_LENGTH) === FILE_MAGIC;
}
