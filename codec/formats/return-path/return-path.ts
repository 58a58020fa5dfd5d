import { struct, text, u8, u16, u32, u64 } from "../../layout/index.ts";

const MIGRATION = "QEMU migration/migration.c";

/** MIG_RP_MSG_*: what the destination says to the source. Numbers never moved. */
export const ReturnPathType = {
  1: { name: "SHUT", doc: "The destination will send nothing more.", since: "2.5" },
  2: { name: "PONG", doc: "Answer to a PING, with its value.", since: "2.5" },
  3: { name: "REQ_PAGES_ID", doc: "Pages of a RAM block are wanted now.", since: "2.5" },
  4: { name: "REQ_PAGES", doc: "Pages of the block named last are wanted now.", since: "2.5" },
  5: {
    name: "RECV_BITMAP",
    doc: "Which pages of a RAM block have arrived; the bitmap follows.",
    since: "3.0",
  },
  6: { name: "RESUME_ACK", doc: "The destination is ready to go on with a paused postcopy.", since: "3.0" },
  7: { name: "SWITCHOVER_ACK", doc: "A device of the destination agrees to the switchover.", since: "8.1" },
  8: {
    name: "KEEPALIVE",
    doc: "Proposed in January 2025 (postcopy-rp-keepalive-period), never merged. 8 was the next free number then; what it carries is not known.",
  },
} as const;

export const SHUT = 1;
export const PONG = 2;
export const REQ_PAGES_ID = 3;
export const REQ_PAGES = 4;
export const RECV_BITMAP_REPLY = 5;
export const RESUME_ACK = 6;
export const KEEPALIVE = 8;

/** Payload lengths that never vary; a source refuses another. */
export const RETURN_PATH_LENGTH: Readonly<Record<number, number>> = { 1: 4, 2: 4, 4: 12, 6: 4, 7: 0 };

/** Longest payload that a source reads, in every release. */
export const LONGEST_RETURN_PATH_PAYLOAD = 512;

/** The one value of RESUME_ACK that a source accepts. */
export const RESUME_ACK_VALUE = 1;

/** Values of PONG that mean something to the source. */
export const PongValue = {
  0x42: {
    name: "PACKAGED_LOADED",
    doc: "The destination has loaded the packaged device state.",
    since: "10.2",
  },
} as const;

export const ReturnPathHeader = struct({
  name: "ReturnPathHeader",
  endian: "be",
  doc: "A message from the destination to the source.",
  source: `${MIGRATION}, migrate_send_rp_message(), 2.5 to 11.1`,
  fields: {
    type: u16("What it says.", { values: ReturnPathType }),
    length: u16("Bytes of payload; at most 512, or the source refuses it."),
  },
});

export const ShutPayload = struct({
  name: "ShutPayload",
  endian: "be",
  doc: "Payload of SHUT.",
  source: `${MIGRATION}, migrate_send_rp_shut(), 2.5 to 11.1`,
  fields: { status: u32("0 if the destination read the stream without error.") },
});

export const PongPayload = struct({
  name: "PongPayload",
  endian: "be",
  doc: "Payload of PONG.",
  source: `${MIGRATION}, migrate_send_rp_pong(), 2.5 to 11.1`,
  fields: { value: u32("Value of the PING.", { format: "hex", values: PongValue }) },
});

export const ReqPagesPayload = struct({
  name: "ReqPagesPayload",
  endian: "be",
  doc: "Payload of REQ_PAGES.",
  source: `${MIGRATION}, migrate_send_rp_req_pages(), 2.5 to 11.1`,
  fields: {
    start: u64("First byte wanted, from the start of the block.", { format: "hex" }),
    length: u32("Bytes wanted: whole host pages.", { format: "hex" }),
  },
});

export const ReqPagesIdPayload = struct({
  name: "ReqPagesIdPayload",
  endian: "be",
  doc: "Payload of REQ_PAGES_ID.",
  source: `${MIGRATION}, migrate_send_rp_req_pages(), 2.5 to 11.1`,
  fields: {
    start: u64("First byte wanted, from the start of the block.", { format: "hex" }),
    length: u32("Bytes wanted: whole host pages.", { format: "hex" }),
    nameLength: u8("Bytes of block."),
    block: text("RAM block, of this request and of REQ_PAGES that follow.", {
      length: { field: "nameLength" },
    }),
  },
});

export const RecvBitmapReply = struct({
  name: "RecvBitmapReply",
  endian: "be",
  doc: "Payload of RECV_BITMAP. The bitmap itself follows outside the message's declared length.",
  source: `${MIGRATION}, migrate_send_rp_recv_bitmap(), 3.0 to 11.1`,
  fields: {
    nameLength: u8("Bytes of block."),
    block: text("RAM block.", { length: { field: "nameLength" } }),
  },
});

export const ResumeAckPayload = struct({
  name: "ResumeAckPayload",
  endian: "be",
  doc: "Payload of RESUME_ACK.",
  source: `${MIGRATION}, migrate_send_rp_resume_ack(), 3.0 to 11.1`,
  fields: { value: u32("Always 1; a source refuses another.") },
});
