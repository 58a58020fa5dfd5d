import { INIT_LENGTH, isMainInitProposal, MULTIFD_MAGIC } from "../formats/multifd/multifd.ts";
import { Command, FIXED_LENGTH } from "../formats/stream/qemu-command.ts";
import { COMMAND, FILE_MAGIC } from "../formats/stream/qemu-file.ts";
import { CONTINUE, EOS, KNOWN_FLAGS, PAGE, ZERO } from "../formats/stream/qemu-ram.ts";
import type { Channel, Role } from "./events.ts";

/** What the first bytes of one direction say it is. */
export interface Identity {
  readonly role: Role;
  readonly begins: Channel["begins"];
}

/** No beginning needs more bytes to be told. */
const ENOUGH = 272;
/** Length of each return-path message by type, -1 where it varies; with the KEEPALIVE that was only proposed. */
const MESSAGE_LENGTHS = [undefined, 4, 4, -1, 12, -1, 4, 0, 0];
const LONGEST_MESSAGE = 512;

const is = (role: Role, begins: Channel["begins"] = null): Identity => ({ role, begins });

/**
 * Says what a direction is by its first bytes; undefined while there are too few of them. `whole` says that no more will
 * come, `answers` that the other direction is a main channel.
 */
export function identify(head: Uint8Array, whole: boolean, answers: boolean): Identity | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (head.length < 4) return whole ? is("unknown") : undefined;
  const magic = view.getUint32(0);
  if (magic === FILE_MAGIC) return is("main");
  if (magic === MULTIFD_MAGIC) {
    if (head.length < INIT_LENGTH + 4) return whole ? is("multifd") : undefined;
    return isMainInitProposal(head) ? is("main", "proposal") : is("multifd");
  }
  if (isTls(head)) return is("tls");
  if (answers || isMessage(view)) return is("return-path");
  if (head[0] === COMMAND && head.length < 5) return whole ? is("unknown") : undefined;
  if (isCommand(view)) return is("main", "recovery");
  const record = isBareRecord(view, head);
  if (record) return is("postcopy-preempt");
  return record === false || whole || head.length >= ENOUGH ? is("unknown") : undefined;
}

/** A TLS record: handshake, alert or application data, of SSL 3.0 to TLS 1.3. */
function isTls([type = 0, major, minor = 0xff]: Uint8Array): boolean {
  return type >= 0x15 && type <= 0x17 && major === 3 && minor <= 4;
}

function isMessage(view: DataView): boolean {
  const length = view.getUint16(2);
  const expected = MESSAGE_LENGTHS[view.getUint16(0)];
  return expected === length || (expected === -1 && length > 0 && length <= LONGEST_MESSAGE);
}

/** A recovery begins with commands: there is no file header. */
function isCommand(view: DataView): boolean {
  if (view.getUint8(0) !== COMMAND) return false;
  const command = view.getUint16(1);
  const fixed = FIXED_LENGTH[command];
  return (
    Object.hasOwn(Command, command) && (fixed === undefined || fixed === view.getUint16(3) || command === 9)
  );
}

/** The first record of the preempt channel names its block. Undefined while that cannot be said. */
function isBareRecord(view: DataView, head: Uint8Array): boolean | undefined {
  if (view.getUint16(0) !== 0) return false;
  if (head.length < 8) return undefined;
  const flags = view.getUint32(4) & KNOWN_FLAGS;
  if ((view.getUint32(4) & 0xff) === EOS && view.getUint32(0) === 0) return view.getUint32(4) === EOS;
  if ((flags & CONTINUE) !== 0 || ((flags & 0xff) !== PAGE && (flags & 0xff) !== ZERO)) return false;
  const length = head[8];
  if (length === undefined || head.length < 9 + length) return length === 0 ? false : undefined;
  return length > 0 && head.subarray(9, 9 + length).every((byte) => byte >= 0x20 && byte < 0x7f);
}
