import { type Infer, size64, struct, text, u8, u16, u32, u64 } from "../../layout/index.ts";
import { COMMAND } from "./qemu-file.ts";

const SAVEVM = "QEMU migration/savevm.c";

/** MIG_CMD_* as numbered since 3.1. Release 3.0 alone had POSTCOPY_RESUME at 8 and RECV_BITMAP at 9. */
export const Command = {
  1: { name: "OPEN_RETURN_PATH", doc: "Open the return path.", since: "2.5" },
  2: { name: "PING", doc: "Answer with a PONG of the same value.", since: "2.5" },
  3: { name: "POSTCOPY_ADVISE", doc: "Postcopy may follow; page sizes to agree on.", since: "2.5" },
  4: { name: "POSTCOPY_LISTEN", doc: "Get ready to receive pages while devices load.", since: "2.5" },
  5: { name: "POSTCOPY_RUN", doc: "Start the guest.", since: "2.5" },
  6: { name: "POSTCOPY_RAM_DISCARD", doc: "Pages sent before are stale; drop them.", since: "2.5" },
  7: {
    name: "PACKAGED",
    doc: "Device state in one piece, so that the channel is free for pages.",
    since: "2.5",
  },
  8: {
    name: "ENABLE_COLO",
    doc: "The source will go on in COLO mode. Refused since 11.0.",
    since: "3.1",
    until: "10.2",
  },
  9: { name: "POSTCOPY_RESUME", doc: "Resume a paused postcopy.", since: "3.1" },
  10: { name: "RECV_BITMAP", doc: "Ask for the received-page bitmap of a RAM block.", since: "3.1" },
  11: { name: "SWITCHOVER_START", doc: "The source stops; the last device state follows.", since: "10.0" },
} as const;

export const PING = 2;
export const POSTCOPY_ADVISE = 3;
export const POSTCOPY_RAM_DISCARD = 6;
export const PACKAGED = 7;
export const ENABLE_COLO = 8;
export const POSTCOPY_RESUME = 9;
export const RECV_BITMAP = 10;

/** Payload lengths that never vary; a command of another length is refused by every release. */
export const FIXED_LENGTH: Readonly<Record<number, number>> = {
  1: 0,
  2: 4,
  4: 0,
  5: 0,
  7: 4,
  8: 0,
  9: 0,
  11: 0,
};

export const CommandHeader = struct({
  name: "CommandHeader",
  endian: "be",
  doc: "A command to the destination. It has no section id and no footer.",
  source: `${SAVEVM}, qemu_savevm_command_send(), 2.5 to 11.1`,
  fields: {
    type: u8("COMMAND.", { equals: COMMAND, format: "hex" }),
    command: u16("What to do.", { values: Command }),
    length: u16("Bytes of payload."),
  },
});
export type CommandHeader = Infer<typeof CommandHeader>;

export const PingPayload = struct({
  name: "PingPayload",
  endian: "be",
  doc: "Payload of PING.",
  source: `${SAVEVM}, qemu_savevm_send_ping(), 2.5 to 11.1`,
  fields: {
    value: u32("Comes back in the PONG. 0x42 since 10.2: the packaged state is loaded.", { format: "hex" }),
  },
});

export const AdvisePayload = struct({
  name: "AdvisePayload",
  endian: "be",
  doc: "Payload of POSTCOPY_ADVISE when postcopy-ram is on. It is empty when only dirty bitmaps go postcopy.",
  source: `${SAVEVM}, qemu_savevm_send_postcopy_advise(), 2.5 to 11.1`,
  fields: {
    pageSizes: u64("Page sizes of all RAM blocks, ORed together.", { format: "hex" }),
    targetPageSize: size64("Page size of the target.", { unit: "bytes" }),
  },
});

export const DiscardRange = struct({
  name: "DiscardRange",
  endian: "be",
  doc: "A range of a RAM block.",
  source: `${SAVEVM}, qemu_savevm_send_postcopy_ram_discard(), 2.5 to 11.1`,
  fields: {
    start: u64("First byte, from the start of the block.", { format: "hex" }),
    length: u64("Bytes.", { format: "hex" }),
  },
});

export const DiscardHeader = struct({
  name: "DiscardHeader",
  endian: "be",
  doc: "Opens the payload of POSTCOPY_RAM_DISCARD. DiscardRange entries fill the rest of the command.",
  source: `${SAVEVM}, qemu_savevm_send_postcopy_ram_discard(), 2.5 to 11.1`,
  fields: {
    version: u8("Always 0.", { equals: 0 }),
    nameLength: u8("Bytes of block."),
    block: text("RAM block.", { length: { field: "nameLength" } }),
    terminator: u8("NUL that ends the name.", { equals: 0 }),
  },
});

export const PackagedPayload = struct({
  name: "PackagedPayload",
  endian: "be",
  doc: "Payload of PACKAGED. The package itself follows outside the command's declared length.",
  source: `${SAVEVM}, qemu_savevm_send_packaged(), 2.5 to 11.1`,
  fields: { length: u32("Bytes of the package: a sequence of commands and sections.") },
});

export const RecvBitmapPayload = struct({
  name: "RecvBitmapPayload",
  endian: "be",
  doc: "Payload of RECV_BITMAP.",
  source: `${SAVEVM}, qemu_savevm_send_recv_bitmap(), 3.0 to 11.1`,
  fields: {
    nameLength: u8("Bytes of block."),
    block: text("RAM block whose bitmap is wanted.", { length: { field: "nameLength" } }),
  },
});
