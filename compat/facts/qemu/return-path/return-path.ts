import type { Fact } from "../../fact.ts";

/** A message of the return path as a source knows it. */
export interface ReturnPathMessage {
  readonly type: number;
  readonly name: string;
  /** Bytes of payload; null where they vary. */
  readonly length: number | null;
}

/** The messages, each its own fact: they have no chapters, for numbers never moved. */
export const RETURN_PATH_MESSAGES: readonly Fact<ReturnPathMessage>[] = [
  {
    id: "qemu/return-path/message/shut",
    claim: "A source knows SHUT, number 1, with a payload of 4 bytes.",
    value: { type: 1, name: "SHUT", length: 4 },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5: migration/migration.c, rp_cmd_args" }],
  },
  {
    id: "qemu/return-path/message/pong",
    claim: "A source knows PONG, number 2, with a payload of 4 bytes.",
    value: { type: 2, name: "PONG", length: 4 },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5: migration/migration.c, rp_cmd_args" }],
  },
  {
    id: "qemu/return-path/message/req-pages-id",
    claim: "A source knows REQ_PAGES_ID, number 3.",
    value: { type: 3, name: "REQ_PAGES_ID", length: null },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5: migration/migration.c, rp_cmd_args" }],
  },
  {
    id: "qemu/return-path/message/req-pages",
    claim: "A source knows REQ_PAGES, number 4, with a payload of 12 bytes.",
    value: { type: 4, name: "REQ_PAGES", length: 12 },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5: migration/migration.c, rp_cmd_args" }],
  },
  {
    id: "qemu/return-path/message/recv-bitmap",
    claim: "A source knows RECV_BITMAP, number 5.",
    value: { type: 5, name: "RECV_BITMAP", length: null },
    since: "3.0",
    evidence: [
      { kind: "commit", commit: "a335debb35bb", release: "3.0" },
      { kind: "source", where: "3.0: migration/migration.c, rp_cmd_args" },
    ],
  },
  {
    id: "qemu/return-path/message/resume-ack",
    claim: "A source knows RESUME_ACK, number 6, with a payload of 4 bytes.",
    value: { type: 6, name: "RESUME_ACK", length: 4 },
    since: "3.0",
    evidence: [{ kind: "source", where: "3.0: migration/migration.c, rp_cmd_args" }],
  },
  {
    id: "qemu/return-path/message/switchover-ack",
    claim: "A source knows SWITCHOVER_ACK, number 7, without a payload.",
    value: { type: 7, name: "SWITCHOVER_ACK", length: 0 },
    since: "8.1",
    evidence: [{ kind: "source", where: "8.1: migration/migration.c, rp_cmd_args" }],
  },
];

/** MIG_RP_MSG_MAX: the first type that is refused for its number. */
export const RETURN_PATH_NUMBERS: readonly Fact<number>[] = [
  {
    id: "qemu/return-path/numbers/5",
    claim: "Types of 5 and above are refused.",
    value: 5,
    since: "2.5",
    until: "3.0",
    evidence: [{ kind: "source", where: "2.5: migration/migration.h, enum mig_rp_message_type" }],
  },
  {
    id: "qemu/return-path/numbers/7",
    claim: "Types of 7 and above are refused.",
    value: 7,
    since: "3.0",
    until: "8.1",
    evidence: [{ kind: "source", where: "3.0: migration/migration.h, enum mig_rp_message_type" }],
  },
  {
    id: "qemu/return-path/numbers/8",
    claim: "Types of 8 and above are refused.",
    value: 8,
    since: "8.1",
    evidence: [{ kind: "source", where: "8.1: migration/migration.h, enum mig_rp_message_type" }],
  },
];

/** Longest payload that is read. */
export const RETURN_PATH_BUFFER: readonly Fact<number>[] = [
  {
    id: "qemu/return-path/buffer",
    claim: "A payload of more than 512 bytes is refused, whatever its type.",
    value: 512,
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5 to 11.1: migration/migration.c, source_return_path_thread()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** What the end of the return path looks like to its reader. */
export const RETURN_PATH_END: readonly Fact<"message-zero" | "error">[] = [
  {
    id: "qemu/return-path/end/message-zero",
    claim: "The end of the return path is taken for a message of type 0.",
    value: "message-zero",
    since: "2.5",
    until: "2.12",
    evidence: [{ kind: "source", where: "2.5, 2.11: migration/migration.c, source_return_path_thread()" }],
  },
  {
    id: "qemu/return-path/end/error",
    claim: "The end of the return path is an error of the channel, seen before the type is.",
    value: "error",
    since: "2.12",
    evidence: [
      { kind: "source", where: "2.12: migration/migration.c, source_return_path_thread()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** How the end of a page request is compared with the block. */
export const REQUEST_CHECK: readonly Fact<"end" | "last-byte">[] = [
  {
    id: "qemu/return-path/request-check/end",
    claim: "A request may end where the block ends; one of no bytes is taken anywhere within.",
    value: "end",
    since: "2.5",
    until: "6.1",
    evidence: [{ kind: "source", where: "2.5, 5.2: migration/ram.c, ram_save_queue_pages()" }],
  },
  {
    id: "qemu/return-path/request-check/last-byte",
    claim: "The last byte of a request must be in the block; for one of no bytes that is the byte before it.",
    value: "last-byte",
    since: "6.1",
    evidence: [
      { kind: "commit", commit: "542147f4e570", release: "6.1" },
      { kind: "source", where: "6.1: migration/ram.c, ram_save_queue_pages()" },
    ],
  },
];

/** A page request before RAM was set up crashes the source. */
export const REQUEST_NEEDS_RAM: readonly Fact[] = [
  {
    id: "qemu/return-path/request-needs-ram",
    claim: "A page request that comes before RAM was set up uses a null pointer.",
    value: true,
    since: "2.10",
    evidence: [
      { kind: "source", where: "2.10 to 11.1: migration/ram.c, ram_save_queue_pages()" },
      { kind: "run", of: "5.2.0, 7.2.22, 11.1.3" },
    ],
    notes: "A race: only in the moment between the opening of the return path and the setup of RAM.",
  },
];

/** The PONG by which a destination says that it loaded the package. */
export const PACKAGE_LOADED_PONG: readonly Fact<number>[] = [
  {
    id: "qemu/return-path/package-loaded",
    claim: "PONG with the value 0x42 says that the destination has loaded the package.",
    value: 0x42,
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "7b842fe354c6", release: "10.2" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** What a SWITCHOVER_ACK does. */
export const SWITCHOVER_ACKS: readonly Fact<"flag" | "count">[] = [
  {
    id: "qemu/return-path/switchover-acks/flag",
    claim: "One SWITCHOVER_ACK allows the switchover; more change nothing, and none needs to be expected.",
    value: "flag",
    since: "8.1",
    until: "11.1",
    evidence: [
      { kind: "source", where: "8.1, 10.0: migration/migration.c, source_return_path_thread()" },
      { kind: "run", of: "10.0.13" },
    ],
  },
  {
    id: "qemu/return-path/switchover-acks/count",
    claim: "Each SWITCHOVER_ACK is counted; one more than are awaited is an error.",
    value: "count",
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "de0a1aed07", release: "11.1" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** The newest machine types with which one SWITCHOVER_ACK stands for all devices. */
export const SWITCHOVER_ACK_LEGACY: readonly Fact<string>[] = [
  {
    id: "qemu/return-path/switchover-ack-legacy",
    claim: "With machine types up to 11.0 one SWITCHOVER_ACK is awaited, whatever the capability.",
    value: "11.0",
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "de0a1aed07", release: "11.1" },
      { kind: "source", where: "11.1: hw/core/machine.c, hw_compat_11_0" },
    ],
  },
];

/** The word behind a bitmap. */
export const RECEIVED_BITMAP_END: readonly Fact<string>[] = [
  {
    id: "qemu/return-path/bitmap-end",
    claim: "A bitmap ends in the word 0x0123456789abcdef.",
    value: "0123456789abcdef",
    since: "3.0",
    evidence: [{ kind: "commit", commit: "a335debb35bb", release: "3.0" }],
  },
];
