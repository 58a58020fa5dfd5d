import { expect, it } from "vitest";
import { createFlow, type Flow } from "./tcp-flow.ts";
import {
  addFlow,
  createFlowTable,
  hashOf,
  isBetween,
  isForward,
  moveTo,
  removeFlow,
  victimFor,
} from "./tcp-flow-table.ts";

const at = (d: number) => ({ a: 0, b: 0, c: 0, d });

function flowOf(port: number, hash: number): Flow {
  const client = { address: "", port };
  const server = { address: "", port: 1 };
  const connection = { id: port, client, server, midstream: false, opened: 0, established: null };
  return createFlow(connection, hash, false, at(port), at(0));
}

it("hashes both directions alike, and ends apart", () => {
  const hashes = new Set<number>();
  for (let port = 0; port < 20_000; port++) {
    const hash = hashOf(at(1), at(2), port, 4444);
    expect(hashOf(at(2), at(1), 4444, port)).toBe(hash);
    hashes.add(hash);
    hashes.add(hashOf(at(port + 3), at(2), 1, 4444));
  }
  expect(hashes.size).toBeGreaterThan(39_990);
});

it("tells directions", () => {
  const flow = flowOf(5, 0);
  expect([isForward(flow, at(5), 5), isForward(flow, at(0), 1)]).toEqual([true, false]);
  expect(isBetween(flow, false, at(5), at(0), 5, 1)).toBe(true);
  expect(isBetween(flow, false, at(0), at(5), 1, 5)).toBe(true);
  expect(isBetween(flow, true, at(5), at(0), 5, 1)).toBe(false);
  expect(isBetween(flow, false, at(0), at(5), 5, 1)).toBe(false);
});

it("gives up the longest idle flow: closed ones first, then those without bytes", () => {
  const table = createFlowTable();
  const flows = Array.from({ length: 9 }, (_, i) => flowOf(i, i));
  for (const flow of flows) addFlow(table, flow);
  const [a, b, c, d] = flows;
  if (!a || !b || !c || !d) throw new Error("no flows");
  moveTo(table.busy, a);
  moveTo(table.closed, c);
  moveTo(table.empty, b);
  expect(victimFor(table, 99, 10)).toBe(null);
  const gone: number[] = [];
  for (let flow = victimFor(table, 99, 1); flow; flow = victimFor(table, 99, 1)) {
    gone.push(flow.clientPort);
    removeFlow(table, flow);
  }
  expect(gone).toEqual([2, 3, 4, 5, 6, 7, 8, 1, 0]);
  expect([table.size, table.chains.size]).toEqual([0, 0]);
});

it("keeps few flows of one hash", () => {
  const table = createFlowTable();
  for (let port = 0; port < 5000; port++) {
    const victim = victimFor(table, 7, 1e6);
    if (victim) removeFlow(table, victim);
    addFlow(table, flowOf(port, 7));
  }
  expect(table.size).toBe(64);
  expect(table.chains.get(7)?.clientPort).toBe(4999);
  removeFlow(table, flowOf(1, 7));
  expect(table.size).toBe(64);
});
