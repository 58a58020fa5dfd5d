import { DecodeError, type Steps, uuidText } from "../../layout/index.ts";
import { type ChannelReader, drive } from "../channel-reader.ts";
import { findingOf } from "../finding.ts";
import { untoldFindings } from "../finding-counts.ts";
import { FILE_MAGIC } from "../stream/qemu-file.ts";
import {
  INIT_LENGTH,
  MULTIFD_MAGIC,
  MULTIFD_VERSION,
  MultifdInit,
  X_INIT_LENGTH,
  XMultifdInit,
} from "./multifd.ts";
import type { MultifdEndReason, MultifdOptions, MultifdSink } from "./multifd-events.ts";
import { isPlausibleHead } from "./multifd-head.ts";
import { readPacket } from "./multifd-packet.ts";
import { settleBounds } from "./multifd-place.ts";
import { resume } from "./multifd-resume.ts";
import {
  createMultifd,
  dropInflater,
  find,
  findOnce,
  type Multifd,
  report,
  reportDamage,
  skipRaw,
} from "./multifd-state.ts";

const GAP = "bytes are missing from the capture";

/** Reads one multifd channel and tells `sink` what it finds. Throws only for mistakes of migwire's own. */
export function createMultifdReader(sink: MultifdSink, options: MultifdOptions = {}): ChannelReader {
  const multifd = createMultifd(sink, options);
  return drive(multifd.cursor, readChannel(multifd));
}

function* readChannel(multifd: Multifd): Steps {
  const { cursor, sink } = multifd;
  let reason: MultifdEndReason = "eof";
  let offset: number | undefined;
  try {
    offset = (yield* readInit(multifd)) ? yield* readPackets(multifd) : cursor.offset;
    if (offset !== undefined) reason = "error";
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    report(multifd, findingOf(error));
    reason = "truncated";
    offset = cursor.inputEnd;
  }
  settleBounds(multifd);
  const { packets, syncs } = multifd;
  const untold = untoldFindings(multifd.findings);
  sink.event({ kind: "multifd-end", offset: offset ?? cursor.offset, reason, packets, syncs, untold });
}

/** Reads packets to the end of the channel. Returns the offset of damage that nothing came after. */
function* readPackets(multifd: Multifd): Steps<number | undefined> {
  const { cursor } = multifd;
  for (;;) {
    const { offset } = cursor;
    multifd.index = multifd.packets;
    try {
      const outcome = yield* readPacket(multifd);
      if (outcome === "end") return undefined;
      if (outcome === "read") continue;
      dropInflater(multifd, GAP);
      yield* skipRaw(multifd, Math.min(1, yield* cursor.upTo(1)), "damaged");
      if (!(yield* resume(multifd, offset))) yield* cursor.need(1, `packets[${multifd.index}]`);
    } catch (error) {
      if (!(error instanceof DecodeError) || error.code === "truncated") throw error;
      if (multifd.packets === 0 && isMain(multifd)) return offset;
      reportDamage(multifd, error);
      dropInflater(multifd, "bytes of the channel are damaged");
      yield* skipRaw(multifd, 1, "damaged");
      if (!(yield* resume(multifd, offset))) return offset;
    }
  }
}

/** Whether a migration stream begins where the first packet should. */
function isMain(multifd: Multifd): boolean {
  const { cursor } = multifd;
  if (!cursor.has(4) || cursor.view.getUint32(cursor.at) !== FILE_MAGIC) return false;
  find(multifd, "MAIN_INIT_PROPOSED", "warning", cursor.offset);
  return true;
}

/** Reads the init packet. A capture that began later has none; then packets are looked for. False when there are none. */
function* readInit(multifd: Multifd): Steps<boolean> {
  const { cursor } = multifd;
  const { offset } = cursor;
  const have = yield* cursor.upTo(X_INIT_LENGTH + 8);
  const gap = cursor.lost > 0;
  if (have < X_INIT_LENGTH && !gap) yield* cursor.need(INIT_LENGTH, "init");
  if (have < X_INIT_LENGTH) return yield* withoutInit(multifd, offset, "nothing");
  const { view, at } = cursor;
  const magic = view.getUint32(at);
  const packet =
    isPlausibleHead(view, at, have, false) && view.getUint32(at + 8) + view.getUint32(at + 12) > 0;
  if (packet || magic !== MULTIFD_MAGIC)
    return yield* withoutInit(
      multifd,
      offset,
      packet ? "a packet" : `0x${magic.toString(16).padStart(8, "0")}`,
    );
  multifd.old =
    have >= X_INIT_LENGTH + 4
      ? view.getUint32(at + X_INIT_LENGTH) === MULTIFD_MAGIC
      : have === X_INIT_LENGTH && !gap;
  const length = multifd.old ? X_INIT_LENGTH : INIT_LENGTH;
  const whole = yield* cursor.intact(length, "init");
  tellInit(multifd, length, Math.min(length, cursor.end - cursor.at));
  if (!whole) yield* skipRaw(multifd, length, "init");
  else if (multifd.old) yield* cursor.struct(XMultifdInit);
  else yield* cursor.struct(MultifdInit);
  return true;
}

function tellInit(multifd: Multifd, length: number, have: number): void {
  const { cursor, sink } = multifd;
  const { offset, view, bytes, at } = cursor;
  const version = view.getUint32(at + 4);
  const init = { subject: "init", offset } as const;
  if (version !== MULTIFD_VERSION)
    report(multifd, { ...init, rule: "MULTIFD_VERSION_SUPPORTED", level: "error", args: { found: version } });
  const reservedZero = bytes.subarray(at + X_INIT_LENGTH, at + have).every((byte) => byte === 0);
  if (!reservedZero) report(multifd, { ...init, rule: "MULTIFD_RESERVED_ZERO", level: "note", args: {} });
  const uuid = uuidText(bytes.subarray(at + 8, at + 24));
  const id = view.getUint8(at + 24);
  sink.event({ kind: "multifd-init", offset, length, version, uuid, id, reservedZero });
}

function* withoutInit(multifd: Multifd, offset: number, found: string): Steps<boolean> {
  dropInflater(multifd, "the beginning of the channel is missing");
  const resumed = yield* resume(multifd, offset);
  findOnce(multifd, "MULTIFD_INIT_PRESENT", resumed ? "warning" : "error", offset, { found });
  return resumed;
}
