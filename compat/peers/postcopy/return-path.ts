import { PONG, RESUME_ACK, RESUME_ACK_VALUE, SHUT } from "../../../codec/formats/return-path/return-path.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import {
  ACKS_SWITCHOVER,
  PING_WITHOUT_RETURN_PATH,
  RETURN_PATH_OPEN,
} from "../../facts/qemu/postcopy/command-errors.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { capable } from "../peer.ts";
import { number, type QemuFile } from "../qemu-file.ts";
import { refuse, report } from "./refuse.ts";

const SWITCHOVER_ACK = 7;

/** OPEN_RETURN_PATH. */
export function openReturnPath(load: Load): undefined {
  if (load.hasReturnPath) {
    report(load, RETURN_PATH_OPEN);
    return;
  }
  load.hasReturnPath = true;
  const { peer } = load.host;
  if (capable(peer, "switchover-ack") && valueAt(ACKS_SWITCHOVER, peer.version, "later"))
    send(load, SWITCHOVER_ACK, []);
}

/** PING. */
export function* answerPing(load: Load, file: QemuFile): Steps<LoadFailure | undefined> {
  const value = yield* number(file, 4, "PingPayload.value");
  if (!load.hasReturnPath) return refuse(load, file, "EPERM", PING_WITHOUT_RETURN_PATH, value);
  send(load, PONG, bigEndian(value));
  return undefined;
}

/** RESUME_ACK. */
export function acknowledgeResume(load: Load): void {
  send(load, RESUME_ACK, bigEndian(RESUME_ACK_VALUE));
}

/** SHUT, the last message: 1 if the main channel was not read without an error. */
export function shut(load: Load, status: 0 | 1): void {
  send(load, SHUT, bigEndian(status));
}

/** A message on the return path, if there is one. */
export function send(load: Load, type: number, payload: readonly number[]): void {
  if (!load.hasReturnPath) return;
  const { length } = payload;
  load.host.reply(
    Uint8Array.of(Math.floor(type / 256), type % 256, Math.floor(length / 256), length % 256, ...payload),
  );
}

function bigEndian(value: number): number[] {
  return [3, 2, 1, 0].map((byte) => Math.floor(value / 256 ** byte) % 256);
}
