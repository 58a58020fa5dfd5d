import { MULTIFD_MAGIC } from "../../../codec/formats/multifd/multifd.ts";
import { FILE_MAGIC } from "../../../codec/formats/stream/qemu-file.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import {
  EXTRA_CONNECTION,
  MULTIFD_OFF_ASSERTION,
  PEEK_FAILED,
  SECOND_MAIN,
  UNKNOWN_MAGIC,
} from "../../facts/qemu/multifd/channel-errors.ts";
import { type Gate, until } from "../multifd/gate.ts";
import { told } from "../multifd/text.ts";
import { hasAllChannels, hasMainAndMultifd, mapping, peeks } from "./channel-needs.ts";
import { type Connection, drop } from "./connection.ts";
import { exit, type Machine, stopAt } from "./machine.ts";
import { openMain, openMultifd, openPreempt } from "./open.ts";
import { refuseChannel } from "./refuse-channel.ts";

const ABORT = -6;
const MAGIC = 4;

/** The main loop takes a connection, and makes a channel of it. */
export function* accept(machine: Machine, connection: Connection, gate: Gate): Steps {
  const { version } = machine.peer;
  if (machine.peer.parameters?.["tls-creds"]) {
    machine.unknown ??= "what a TLS session carries";
    return;
  }
  if (hasAllChannels(machine)) {
    const text = told(EXTRA_CONNECTION, version);
    if (text) machine.lines.push(text);
    stopAt(machine, { connection: connection.number, offset: 0, path: "connection" });
    drop(connection);
    return;
  }
  if (!peeks(machine)) {
    if (machine.main === undefined) openMain(machine, connection);
    else if (machine.channels && !hasMainAndMultifd(machine)) yield* openMultifd(machine, connection);
    else openPreempt(machine, connection);
    return;
  }
  const magic = yield* peek(machine, connection, gate);
  if (magic !== undefined) yield* byMagic(machine, connection, magic);
}

function* peek(machine: Machine, { file, number }: Connection, gate: Gate): Steps<number | undefined> {
  const { cursor } = file;
  if ((yield* cursor.upTo(1)) === 0) {
    refuseChannel(machine, told(PEEK_FAILED, machine.peer.version));
    return undefined;
  }
  if ((yield* cursor.upTo(MAGIC)) < MAGIC) {
    yield* until(gate, () => false);
    return undefined;
  }
  file.offset = cursor.offset;
  file.path = number === 0 ? "QemuFileHeader.magic" : "MultifdInit.magic";
  return cursor.view.getUint32(cursor.at);
}

function* byMagic(machine: Machine, connection: Connection, magic: number): Steps {
  const { version } = machine.peer;
  const { channels, main, status } = machine;
  const here = { connection: connection.number, offset: 0, path: connection.file.path };
  if (magic === FILE_MAGIC) {
    const assertion = main && told(SECOND_MAIN, version);
    if (assertion) {
      stopAt(machine, here);
      exit(machine, ABORT, assertion);
    } else if (main) {
      machine.secondMain = true;
      drop(connection);
    } else openMain(machine, connection);
  } else if (mapping(machine) === "peek-if-multifd") yield* openMultifd(machine, connection);
  else if (magic === MULTIFD_MAGIC) {
    if (channels) {
      yield* openMultifd(machine, connection);
    } else {
      stopAt(machine, here);
      exit(machine, ABORT, told(MULTIFD_OFF_ASSERTION, version));
    }
  } else if (!main && status === "postcopy-paused") openMain(machine, connection);
  else {
    stopAt(machine, here);
    refuseChannel(machine, told(UNKNOWN_MAGIC, version, magic));
  }
}
