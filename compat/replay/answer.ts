import type { Finding } from "../../codec/index.ts";
import type { MigrationStatus, PeerProcess, Seen, Stop } from "../peers/ending.ts";

/** What one peer does with the bytes it is given, as `design.md` has it. */
export interface ReplayAnswer extends Seen {
  readonly format: "migwire/replay@1";
  readonly id: string;
  /** It is known to take all of them, and to lose nothing. What it lacks in the end is another matter. */
  readonly accepts: boolean;
  readonly stoppedAt: Stop | null;
  /** What query-migrate told last: of a process that died when the other side closed, before that. */
  readonly status: MigrationStatus | null;
  /** Before the other side closed what was still open. */
  readonly statusWhileOpen: MigrationStatus | null;
  readonly aliveWhileOpen: boolean;
  /** How the same bytes end otherwise, where threads race. */
  readonly alternatives: readonly Seen[];
  readonly findings: readonly Finding[];
}

/** What a process came to, after the other side closed; `whileOpen` is what was seen before. */
export function answerOf(
  { id, peer, side }: { readonly id: string; readonly peer: string; readonly side: "source" | "destination" },
  process: PeerProcess,
  whileOpen: Seen,
): ReplayAnswer {
  // Only a destination may live until the other side closes, and tell a status before it dies of that.
  const before = side === "destination" ? whileOpen.status : null;
  const last = toldLast(process.seen(), whileOpen.alive ? before : null, whileOpen.monitorDead);
  const stoppedAt = process.stopped();
  return {
    format: "migwire/replay@1",
    id,
    accepts: stoppedAt === null && process.unknown() === null && process.losses().length === 0,
    stoppedAt,
    ...last,
    statusWhileOpen: whileOpen.status,
    aliveWhileOpen: whileOpen.alive,
    alternatives: process.alternatives().map((seen) => toldLast(seen, before, whileOpen.monitorDead)),
    findings: findingsOf(peer, process),
  };
}

/** Of a process that is gone, or whose monitor is dead, what it told before. */
function toldLast(seen: Seen, before: MigrationStatus | null, wasDead: boolean): Seen {
  const { errorDesc, stderr, exit, alive } = seen;
  const monitorDead = seen.monitorDead || wasDead;
  return {
    status: alive && !monitorDead ? seen.status : before,
    errorDesc,
    stderr,
    exit,
    alive,
    monitorDead,
  };
}

function findingsOf(peer: string, process: PeerProcess): Finding[] {
  const stop = process.stopped();
  const why = process.unknown();
  const { stderr, errorDesc, exit, monitorDead } = process.seen();
  const findings: Finding[] = [];
  if (stop) {
    const said = errorDesc ?? (stderr.split("\n")[0] || "");
    const args = { peer, said, exit: exit ?? "", connection: stop.connection };
    findings.push({ rule: "PEER_ACCEPTS", level: "error", subject: stop.path, offset: stop.offset, args });
  }
  if (monitorDead)
    findings.push({ rule: "PEER_ANSWERS_MONITOR", level: "error", subject: "", args: { peer } });
  for (const { what, why } of process.losses()) {
    const rule = what === "memory" ? "PEER_KEEPS_MEMORY" : "PEER_KEEPS_BITMAPS";
    findings.push({ rule, level: "error", subject: "", args: { peer, why } });
  }
  if (why !== null)
    findings.push({ rule: "PEER_MODELLED", level: "warning", subject: "", args: { peer, why } });
  return findings;
}
