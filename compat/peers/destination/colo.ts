import type { Steps } from "../../../codec/layout/index.ts";
import { ERRNOS } from "../../errno.ts";
import { say } from "../../facts/error-text.ts";
import { valueAt } from "../../facts/fact.ts";
import { COLO_BEGINS, COLO_MESSAGE_MISSING, COLO_NEEDS_RETURN_PATH } from "../../facts/qemu/postcopy/colo.ts";
import { capable } from "../peer.ts";
import { shut } from "../postcopy/return-path.ts";
import { number } from "../qemu-file.ts";
import type { Connection } from "./connection.ts";
import { exit, type Machine } from "./machine.ts";

const ABORT = -6;

/** COLO's CHECKPOINT_READY. */
const READY = Uint8Array.of(0, 0, 0, 0);

/** Whether a process that has loaded goes on as the secondary of a COLO pair. */
export function isSecondary({ load, peer }: Machine): boolean {
  if (load.listening) return false;
  const begins = valueAt(COLO_BEGINS, peer.version, "later");
  return begins === "capability" ? capable(peer, "x-colo") : begins === "command" && load.colo === true;
}

/** The secondary waits for the first message of COLO's; what follows one is not modelled. */
export function* followPrimary(machine: Machine, { file }: Connection): Steps {
  const { load, host, peer } = machine;
  host.become("colo");
  const assertion = valueAt(COLO_NEEDS_RETURN_PATH, peer.version, "later");
  if (assertion !== undefined && !load.hasReturnPath) {
    exit(machine, ABORT, assertion);
    return;
  }
  // The second of two messages to a peer that is gone fails without a word.
  const unheard = assertion !== undefined && file.error !== null;
  if (assertion !== undefined) shut(load, 0);
  if (unheard) return;
  host.reply(READY);
  yield* number(file, 4, "ColoMessage");
  if (!file.error) {
    machine.unknown ??= "what a message of COLO's does is not modelled";
    return;
  }
  const said = say(COLO_MESSAGE_MISSING, peer.version, ERRNOS.EIO.text);
  if (said) host.print(said.text);
}
