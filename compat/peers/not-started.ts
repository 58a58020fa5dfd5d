import { say } from "../facts/error-text.ts";
import { MACHINE_HELP, MACHINE_UNSUPPORTED } from "../facts/qemu/machines/start.ts";
import type { PeerProcess, Seen } from "./ending.ts";
import type { QemuPeer } from "./peer.ts";
import { hasMachine } from "./qemu-load/machine.ts";

/** A field of no table: what the peer was started with. */
export const MACHINE_OPTION = "machine";

/** Types whose name tells since when they are: others may be of any architecture. */
const DATED = /^pc-|-\d+\.\d+$/;

/** The process of a QEMU that does not come up, because it lacks the machine type; undefined where it comes up. */
export function notStarted({ machine, version }: QemuPeer): PeerProcess | undefined {
  if (machine === undefined || !DATED.test(machine) || hasMachine(machine, version) !== false)
    return undefined;
  const lines = [MACHINE_UNSUPPORTED, MACHINE_HELP].map((text) => say(text, version, machine)?.text);
  const seen: Seen = {
    status: null,
    errorDesc: null,
    stderr: lines.filter((line) => line !== undefined).join("\n"),
    exit: 1,
    alive: false,
    monitorDead: false,
  };
  let connections = 0;
  return {
    connect: () => connections++,
    push: () => {},
    close: () => {},
    seen: () => seen,
    stopped: () => ({ connection: 0, offset: 0, path: MACHINE_OPTION }),
    alternatives: () => [],
    replies: () => new Uint8Array(0),
    losses: () => [],
    unknown: () => null,
  };
}
