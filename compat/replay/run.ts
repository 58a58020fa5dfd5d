import { createDestination } from "../peers/destination/destination.ts";
import type { PeerProcess } from "../peers/ending.ts";
import { hasCapability } from "../peers/main-channel/capability-names.ts";
import { notStarted } from "../peers/not-started.ts";
import { capable, type PeerOptions, type Phase, qemuPeer } from "../peers/peer.ts";
import { createSource } from "../peers/source/source.ts";
import { answerOf, type ReplayAnswer } from "./answer.ts";

/** One peer that is given what was captured of a migration, in the order in which it came. */
export interface ReplayRun {
  readonly peer: string;
  readonly side: "source" | "destination";
  /** The other side connects; only a destination is connected to. */
  connect(): number;
  push(connection: number, chunk: Uint8Array): void;
  /** Bytes are missing here, 0 for those before the capture began, so that nothing sure can be said of what follows. */
  lose(connection: number, count: number): void;
  close(connection: number): void;
  /** What the migration is in from here on; only a source minds. */
  become(phase: Exclude<Phase, "incoming"> | "recovery"): void;
  /** Closes what is still open, and says what came of it. */
  finish(): ReplayAnswer;
}

/** Starts a run. Throws a RangeError for a release that does not exist. */
export function startRun(peer: string, side: ReplayRun["side"], options: PeerOptions): ReplayRun {
  const asked = qemuPeer(peer, options);
  const lacking = Object.keys(asked.capabilities ?? {}).filter(
    (name) => capable(asked, name) && !hasCapability(name, asked.version),
  );
  const off = Object.fromEntries(lacking.map((name) => [name, false]));
  const described = { ...asked, capabilities: { ...asked.capabilities, ...off } };
  const none = notStarted(described);
  const source = side === "source" && !none ? createSource(described, { phase: "precopy" }) : undefined;
  const process: PeerProcess = none ?? source ?? createDestination(described);
  const open = new Set<number>(side === "source" ? [0] : []);
  let lost: { readonly connection: number; readonly count: number } | undefined;
  return {
    peer,
    side,
    connect() {
      const connection = process.connect();
      open.add(connection);
      return connection;
    },
    push(connection, chunk) {
      if (!lost) process.push(connection, chunk);
    },
    lose(connection, count) {
      if (process.stopped() === null) lost ??= { connection, count };
    },
    close(connection) {
      if (open.delete(connection) && !lost) process.close(connection);
    },
    become: (phase) => source?.become(phase),
    finish() {
      const whileOpen = process.seen();
      if (!lost) for (const connection of open) process.close(connection);
      const found = answerOf({ id: peer, peer, side }, process, whileOpen);
      const answer = lacking.length === 0 || none ? found : withoutCapabilities(found, lacking);
      if (!lost) return answer.accepts && answer.exit !== null ? notToTheEnd(answer) : answer;
      const { connection, count } = lost;
      const why =
        count === 0
          ? `the capture begins after connection ${connection} did`
          : `${count} bytes are missing in the capture on connection ${connection}`;
      const args = { peer, why };
      return {
        ...answer,
        accepts: false,
        findings: [...answer.findings, { rule: "PEER_MODELLED", level: "warning", subject: "", args }],
      };
    },
  };
}

/** What the other side was set up with is not to be had from this release. */
function withoutCapabilities(answer: ReplayAnswer, lacking: readonly string[]): ReplayAnswer {
  const args = { peer: answer.id, capabilities: lacking.join(", ") };
  const finding = { rule: "PEER_KNOWS_CAPABILITIES", level: "warning", subject: "", args } as const;
  return { ...answer, findings: [...answer.findings, finding] };
}

/** It took all bytes there are, and wanted more. */
function notToTheEnd(answer: ReplayAnswer): ReplayAnswer {
  const { id: peer, stderr, exit } = answer;
  const args = { peer, said: stderr.split("\n").at(-1) ?? "", exit: exit ?? "", connection: 0 };
  const finding = { rule: "PEER_ACCEPTS", level: "error", subject: "", args } as const;
  return { ...answer, accepts: false, findings: [...answer.findings, finding] };
}
