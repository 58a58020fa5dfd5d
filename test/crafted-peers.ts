import { existsSync, readFileSync } from "node:fs";
import { hexBytes } from "../codec/layout/index.ts";
import type { Seen } from "../compat/peers/ending.ts";
import type { ReplayAnswer } from "../compat/replay/answer.ts";
import { type ReplayCase, replayCase } from "../compat/replay/case.ts";

/** What was seen of a real QEMU, in one of the runs of a case. */
export interface Observed {
  readonly status?: string;
  readonly errorDesc?: string;
  readonly stderr?: string;
  readonly exit?: number;
  readonly statusWhileOpen?: string;
  readonly aliveWhileOpen?: boolean;
  readonly monitorDead?: boolean;
}

/** Bytes in hex, with so many zeros behind them, or in the pieces in which they were sent. */
interface RecordedConnection {
  readonly hex?: string;
  readonly zeros?: number;
  readonly parts?: readonly string[];
  readonly close: boolean;
}

export interface CraftedRecord extends Omit<ReplayCase, "connections"> {
  readonly connections: readonly RecordedConnection[];
  readonly observed: readonly Observed[];
}

/** Records of a file beside the project, or none where it is absent. */
export function recordsOf(url: URL): readonly CraftedRecord[] {
  if (!existsSync(url)) return [];
  return readFileSync(url, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): CraftedRecord => JSON.parse(line));
}

function answerTo({ observed: _, connections, ...rest }: CraftedRecord): ReplayAnswer {
  return replayCase({
    ...rest,
    connections: connections.map((connection) => ({ bytes: bytesOf(connection), close: connection.close })),
  });
}

/** What was sent on a connection. */
export function bytesOf({ hex = "", zeros = 0, parts = [] }: RecordedConnection): Uint8Array {
  return hexBytes(`${hex}${parts.join("")}${"00".repeat(zeros)}`);
}

/** How well an answer agrees with what was seen: exactly, as one of its alternatives, or not at all. */
export function agreement(record: CraftedRecord): "exact" | "alternative" | "none" {
  const answer = answerTo(record);
  const seen = (one: Seen) =>
    record.observed.some((observed) => isSame(one, observed) && isDescribed(record, one, observed));
  if (seen(answer)) return "exact";
  return answer.alternatives.some(seen) ? "alternative" : "none";
}

function isSame({ status, stderr, exit }: Seen, observed: Observed): boolean {
  return (
    (observed.status ?? null) === status &&
    (observed.stderr ?? "") === stderr &&
    (observed.exit ?? null) === exit
  );
}

/** The recordings asked sources alone for the error. */
function isDescribed({ side }: CraftedRecord, { errorDesc }: Seen, observed: Observed): boolean {
  return side === "destination" || (observed.errorDesc ?? null) === errorDesc;
}
