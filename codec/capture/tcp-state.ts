import type { CaptureState } from "./capture-state.ts";
import type { Address, Flow, Stream } from "./tcp-flow.ts";
import { createFlowTable, type FlowTable } from "./tcp-flow-table.ts";
import { createHistory, type History } from "./tcp-history.ts";

/** State of the reassembly of all connections. */
export interface TcpState {
  readonly capture: CaptureState;
  readonly table: FlowTable;
  readonly history: History<Stream>;
  /** Directions with a hole, in the order in which they got it. */
  readonly waiting: Map<Stream, Flow>;
  /** What all parts behind holes cost together. */
  heldCost: number;
  /** The flow of the latest packet: the next one most often belongs to it too. */
  last: Flow | null;
  evicted: number;
  /** Addresses of the packet being read. */
  readonly source: Address;
  readonly destination: Address;
}

export function createTcpState(capture: CaptureState): TcpState {
  const nowhere = () => ({ a: 0, b: 0, c: 0, d: 0 });
  return {
    capture,
    table: createFlowTable(),
    history: createHistory(),
    waiting: new Map(),
    heldCost: 0,
    last: null,
    evicted: 0,
    source: nowhere(),
    destination: nowhere(),
  };
}
