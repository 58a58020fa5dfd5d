import { valueAt } from "../../facts/fact.ts";
import { CHANNEL_ERROR_TOLD } from "../../facts/qemu/multifd/channel-errors.ts";
import type { PeerProcess, Seen, SilentLoss } from "../ending.ts";
import type { QemuPeer } from "../peer.ts";
import { otherEndings } from "./alternatives.ts";
import { createConnection, keep } from "./connection.ts";
import { createJournal } from "./journal.ts";
import { createMachine, type Machine } from "./machine.ts";
import { isStuck, settle } from "./settle.ts";

/** No socket holds as much: a sender would have waited. Files of channels that are read in turn may be that far apart. */
const MOST_QUEUED = 1 << 26;

/** A QEMU that waits for an incoming migration. */
export function createDestination(peer: QemuPeer): PeerProcess {
  const machine = createMachine(peer);
  const journal = createJournal();
  const life = live(machine);
  return {
    connect() {
      journal.note({ what: "connect" });
      return life.connect();
    },
    push(connection, chunk) {
      journal.note({ what: "push", connection, chunk });
      life.push(connection, chunk);
    },
    close(connection) {
      journal.note({ what: "close", connection });
      life.close(connection);
    },
    seen: () => seenOf(machine),
    stopped: () => machine.stop,
    alternatives: () =>
      otherEndings(seenOf(machine), machine, (flipped) => {
        const other = createMachine(peer, flipped);
        return journal.replay(live(other)) ? seenOf(other) : undefined;
      }),
    replies: () => machine.replies.view().slice(),
    losses: () => lossesOf(machine),
    unknown: () => machine.unknown,
  };
}

function live(machine: Machine): Pick<PeerProcess, "connect" | "push" | "close"> {
  return {
    connect() {
      const connection = createConnection(machine.connections.length);
      machine.connections.push(connection);
      if (isOver(machine)) connection.dropped = true;
      else machine.pending.push(connection);
      settle(machine);
      return connection.number;
    },
    push(number, chunk) {
      const connection = machine.connections[number];
      if (!connection || connection.dropped || connection.closed || isOver(machine) || chunk.length === 0)
        return;
      if (machine.load.stuck && connection === machine.main) return;
      connection.queue.push(chunk);
      connection.queued += chunk.length;
      settle(machine);
      if (connection.dropped || isOver(machine)) return;
      if (connection.queued > MOST_QUEUED)
        machine.unknown = `more than ${MOST_QUEUED} bytes came on a connection that is not read`;
      else keep(connection, chunk);
    },
    close(number) {
      const connection = machine.connections[number];
      if (!connection || connection.closed) return;
      connection.closed = true;
      settle(machine);
    },
  };
}

function isOver({ exit, unknown }: Machine): boolean {
  return exit !== null || unknown !== null;
}

function seenOf(machine: Machine): Seen {
  const { exit, lines, channels, peer } = machine;
  const alive = exit === null;
  const monitorDead = alive && isStuck(machine);
  const status = alive && !monitorDead ? machine.status : null;
  const tells = status !== null && valueAt(CHANNEL_ERROR_TOLD, peer.version, "later") === true;
  return {
    status,
    errorDesc: tells ? (channels?.error ?? null) : null,
    stderr: lines.join("\n"),
    exit,
    alive,
    monitorDead,
  };
}

/** A loader that gives up says little or nothing, and loads the rest. */
function lossesOf({ channels, load }: Machine): SilentLoss[] {
  const ignored = channels?.ignoredZeroPages ?? 0;
  const why = `${ignored} pages that became zero keep what they held: multifd packets with zero pages are not understood`;
  return [
    ...(ignored > 0 ? [{ what: "memory" as const, why }] : []),
    ...(load.bitmaps?.lost ? [{ what: "bitmaps" as const, why: "all dirty bitmaps are dropped" }] : []),
  ];
}
