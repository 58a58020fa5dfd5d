import type { Address, Flow, FlowList } from "./tcp-flow.ts";

/** Flows that share a hash beyond this many push out the oldest: only made-up traffic gets there. */
const LONGEST_CHAIN = 64;

/** All flows known, found by addresses and ports; those idle for longest are given up first, closed and empty ones before. */
export interface FlowTable {
  readonly chains: Map<number, Flow>;
  readonly closed: FlowList;
  readonly empty: FlowList;
  readonly busy: FlowList;
  size: number;
}

export function createFlowTable(): FlowTable {
  const list = (): FlowList => ({ oldest: null, newest: null });
  return { chains: new Map(), closed: list(), empty: list(), busy: list(), size: 0 };
}

/** The same for both directions. */
export function hashOf(
  source: Address,
  destination: Address,
  sourcePort: number,
  destinationPort: number,
): number {
  return (mix(source, sourcePort) + mix(destination, destinationPort)) | 0;
}

function mix({ a, b, c, d }: Address, port: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 16) ^ d, 0x165667b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ port, 0x9e3779b1);
  return hash ^ (hash >>> 16);
}

/** Whether the flow goes between these ends, one way or the other. */
export function isForward(flow: Flow, source: Address, sourcePort: number): boolean {
  return flow.clientPort === sourcePort && same(flow.clientAddress, source);
}

export function isBetween(
  flow: Flow,
  v6: boolean,
  source: Address,
  destination: Address,
  sourcePort: number,
  destinationPort: number,
): boolean {
  if (flow.v6 !== v6) return false;
  if (flow.clientPort === sourcePort && flow.serverPort === destinationPort)
    if (same(flow.clientAddress, source) && same(flow.serverAddress, destination)) return true;
  return (
    flow.clientPort === destinationPort &&
    flow.serverPort === sourcePort &&
    same(flow.clientAddress, destination) &&
    same(flow.serverAddress, source)
  );
}

function same(x: Address, y: Address): boolean {
  return x.d === y.d && x.c === y.c && x.b === y.b && x.a === y.a;
}

export function addFlow(table: FlowTable, flow: Flow): void {
  flow.chain = table.chains.get(flow.hash) ?? null;
  table.chains.set(flow.hash, flow);
  table.size++;
  append(table.empty, flow);
}

export function removeFlow(table: FlowTable, flow: Flow): void {
  let before: Flow | null = null;
  let found = table.chains.get(flow.hash) ?? null;
  while (found && found !== flow) {
    before = found;
    found = found.chain;
  }
  if (!found) return;
  if (before) before.chain = flow.chain;
  else if (flow.chain) table.chains.set(flow.hash, flow.chain);
  else table.chains.delete(flow.hash);
  flow.chain = null;
  table.size--;
  unlink(flow);
}

/** Makes the flow the latest of `list`, where it may be already or not. */
export function moveTo(list: FlowList, flow: Flow): void {
  if (list.newest === flow) return;
  unlink(flow);
  append(list, flow);
}

/** The flow to give up for a new one with this hash, if the table has no room for it. */
export function victimFor(table: FlowTable, hash: number, limit: number): Flow | null {
  let length = 0;
  let last: Flow | null = null;
  for (let flow = table.chains.get(hash) ?? null; flow; flow = flow.chain) {
    last = flow;
    length++;
  }
  if (length >= LONGEST_CHAIN) return last;
  if (table.size < limit) return null;
  return table.closed.oldest ?? table.empty.oldest ?? table.busy.oldest;
}

function append(list: FlowList, flow: Flow): void {
  flow.list = list;
  flow.older = list.newest;
  if (list.newest) list.newest.newer = flow;
  else list.oldest = flow;
  list.newest = flow;
}

function unlink(flow: Flow): void {
  const { list, older, newer } = flow;
  if (!list) return;
  if (older) older.newer = newer;
  else list.oldest = newer;
  if (newer) newer.older = older;
  else list.newest = older;
  flow.list = null;
  flow.older = null;
  flow.newer = null;
}
