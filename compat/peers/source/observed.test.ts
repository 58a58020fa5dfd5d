import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { qemuPeer } from "../peer.ts";
import { createSource } from "./source.ts";
import type { SourcePhase } from "./state.ts";

interface Observation {
  /** That were seen at the time, as far as they lasted. */
  readonly statuses?: readonly string[];
  readonly status?: string | null;
  readonly errorDesc?: string | null;
  readonly stderr?: string;
  readonly exit?: number | null;
}
interface Connection {
  readonly hex?: string;
  readonly zeros?: number;
  readonly parts?: readonly string[];
  readonly close?: boolean;
}
interface Recorded {
  readonly id: string;
  readonly side: string;
  readonly peer: string;
  readonly phase: SourcePhase;
  readonly machine?: string;
  readonly capabilities: Record<string, boolean>;
  readonly connections: readonly Connection[];
  readonly observed: readonly Observation[];
}

/** Of the records: threads race in more ways than any list has. */
const TOLERATED = 0.02;

const FILES = [
  new URL("../../../../shared/lab/crafted-peers.ndjson", import.meta.url),
  new URL("../../../fixtures/peers/crafted.ndjson", import.meta.url),
  new URL("../../../fixtures/peers/more-source.ndjson", import.meta.url),
];

function sourceRecords(file: URL): Recorded[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Recorded).filter(({ side }) => side === "source");
}

/** Of postcopy cases, runs in which precopy was over before postcopy could begin say nothing. */
function isMissed({ phase }: Recorded, { statuses, stderr = "" }: Observation): boolean {
  if (phase !== "postcopy" || statuses === undefined || stderr.includes("postcopy_start")) return false;
  return !statuses.some((status) => status.startsWith("postcopy"));
}

function view({ status = null, errorDesc = null, stderr = "", exit = null }: Observation): string {
  return JSON.stringify([status, errorDesc, stderr.trim(), exit]);
}

function predict({ peer, machine, capabilities, phase, connections }: Recorded): string[] {
  const source = createSource(
    qemuPeer(peer, { ...(machine ? { machine } : {}), capabilities, memoryMiB: 32 }),
    { phase },
  );
  for (const { hex = "", zeros = 0, parts = [hex], close } of connections) {
    for (const part of parts) source.push(0, Uint8Array.from(Buffer.from(part, "hex")));
    source.push(0, new Uint8Array(zeros));
    if (close) source.close(0);
  }
  source.close(0);
  return [source.seen(), ...source.alternatives()].map(view);
}

function compare(records: readonly Recorded[]): {
  count: number;
  exact: number;
  among: number;
  wrong: string[];
} {
  let count = 0;
  let exact = 0;
  let among = 0;
  const wrong: string[] = [];
  for (const record of records) {
    const predicted = predict(record);
    const observed = record.observed.filter((one) => !isMissed(record, one)).map(view);
    if (observed.length === 0) continue;
    count += 1;
    if (observed.includes(predicted[0] ?? "")) exact += 1;
    if (observed.every((one) => predicted.includes(one))) among += 1;
    else wrong.push(`${record.id} ${record.phase}\n  ${observed.join("\n  ")}\n  model ${predicted[0]}`);
  }
  return { count, exact, among, wrong };
}

describe("sources that were run", () => {
  for (const file of FILES) {
    const records = sourceRecords(file);
    it.skipIf(records.length === 0)(`end as the model says: ${file.pathname.split("/").at(-1)}`, () => {
      const { count, exact, among, wrong } = compare(records);
      expect(among).toBe(count - wrong.length);
      expect(wrong.slice(Math.floor(count * TOLERATED))).toEqual([]);
      expect(count).toBeGreaterThan(records.length * 0.9);
      expect(exact / count).toBeGreaterThan(0.7);
    });
  }
});
