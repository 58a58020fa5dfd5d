import {
  type CaptureLimits,
  type CaptureSink,
  type CaptureSummary,
  type Connection,
  createCaptureReader,
  type Finding,
  type Span,
} from "../codec/index.ts";
import { concat } from "../codec/layout/index.ts";
import { type Captured, pcapFile } from "./capture-files.ts";
import { ACK, ethernet, FIN, ip, type Segment, SYN } from "./packets.ts";

/** A connection to talk on: makes the packets of either side. */
export interface Talk {
  readonly isn: number;
  /** Segment of the client from `offset` of its stream. */
  up(offset: number, data: Uint8Array, more?: Partial<Segment>): Segment;
  down(offset: number, data: Uint8Array, more?: Partial<Segment>): Segment;
  /** The three packets that open it. */
  open(): Segment[];
  close(upLength: number, downLength: number): Segment[];
}

const LOOP = [127, 0, 0, 1];
const NONE = new Uint8Array(0);

export function talk(port = 40000, isn = 1000, answer = 5000, from = LOOP, to = LOOP): Talk {
  const client = { from, to, sourcePort: port, destinationPort: 4444 };
  const server = { from: to, to: from, sourcePort: 4444, destinationPort: port };
  const up: Talk["up"] = (offset, data, more = {}) => ({
    ...client,
    sequence: isn + 1 + offset,
    acknowledgement: answer + 1,
    flags: ACK,
    data,
    ...more,
  });
  const down: Talk["down"] = (offset, data, more = {}) => ({
    ...server,
    sequence: answer + 1 + offset,
    acknowledgement: isn + 1,
    flags: ACK,
    data,
    ...more,
  });
  return {
    isn,
    up,
    down,
    open: () => [
      up(-1, NONE, { flags: SYN, acknowledgement: 0, options: 20 }),
      down(-1, NONE, { flags: SYN | ACK, options: 20 }),
      up(0, NONE),
    ],
    close: (upLength, downLength) => {
      const acknowledged = { acknowledgement: isn + 1 + upLength + 1 };
      return [
        up(upLength, NONE, { flags: FIN | ACK }),
        down(downLength, NONE, { flags: FIN | ACK, ...acknowledged }),
        up(upLength + 1, NONE, { acknowledgement: answer + 1 + downLength + 1 }),
      ];
    },
  };
}

/** An Ethernet capture of these segments. */
export function captureOf(segments: readonly Segment[], cut?: number): Uint8Array<ArrayBuffer> {
  const packets: Captured[] = segments.map((segment) => ({
    data: ethernet(ip(segment)),
    ...(cut === undefined ? {} : { cut }),
  }));
  return pcapFile(packets);
}

/** What a reader told of one connection; gaps are filled with nothing and listed. */
export interface Heard {
  readonly connection: Connection;
  readonly up: Uint8Array;
  readonly down: Uint8Array;
  /** All that happened, in order, and bytes only by their number. */
  readonly log: readonly string[];
}

export interface HeardCapture {
  readonly heard: readonly Heard[];
  readonly findings: readonly Finding[];
  readonly rules: readonly string[];
  readonly spans: readonly Span[];
  readonly summary: CaptureSummary;
}

interface Listening {
  readonly connection: Connection;
  readonly parts: { readonly up: Uint8Array[]; readonly down: Uint8Array[] };
  readonly log: string[];
  ended: boolean;
}

export interface Hearing {
  readonly chunk?: number;
  readonly limits?: Partial<CaptureLimits>;
  readonly spans?: boolean;
  /** Bytes of the file, before the byte at `at`, that are missing. */
  readonly lose?: { readonly at: number; readonly count: number };
}

const short = { "client-to-server": "up", "server-to-client": "down" } as const;

/** Reads a capture and checks that each connection is announced, and ends once. */
export function hear(
  data: Uint8Array,
  { chunk = data.length, limits = {}, spans, lose }: Hearing = {},
): HeardCapture {
  const all = new Map<Connection, Listening>();
  const findings: Finding[] = [];
  const traced: Span[] = [];
  const of = (connection: Connection): Listening => {
    const found = all.get(connection);
    if (!found || found.ended) throw new Error(`connection ${connection.id} is not open`);
    return found;
  };
  const sink: CaptureSink = {
    connection: (connection) => {
      if (connection.id !== all.size) throw new Error(`connection ${connection.id} comes as ${all.size}`);
      all.set(connection, { connection, parts: { up: [], down: [] }, log: [], ended: false });
    },
    established: (connection, time) => of(connection).log.push(`established ${time}`),
    bytes: (connection, direction, bytes) => {
      if (bytes.length === 0) throw new Error("no bytes");
      const { parts, log } = of(connection);
      parts[short[direction]].push(bytes.slice());
      const before = log.at(-1)?.split(" ") ?? [];
      if (before[0] === "bytes" && before[1] === short[direction]) log.pop();
      else before[2] = "0";
      log.push(`bytes ${short[direction]} ${Number(before[2]) + bytes.length}`);
    },
    gap: (connection, direction, length, _, why) => {
      if (!(length > 0 && Number.isSafeInteger(length))) throw new Error(`a gap of ${length}`);
      of(connection).log.push(`gap ${short[direction]} ${length} ${why}`);
    },
    fin: (connection, direction) => of(connection).log.push(`fin ${short[direction]}`),
    end: (connection, _, how, by) => {
      const listening = of(connection);
      listening.log.push(`end ${how}${by ? ` ${short[by]}` : ""}`);
      listening.ended = true;
    },
    finding: (finding) => findings.push(finding),
    ...(spans ? { span: (span) => traced.push(span) } : {}),
  };
  const reader = createCaptureReader(sink, limits);
  for (let at = 0; at < data.length; ) {
    if (lose?.at === at) reader.lose(lose.count);
    const stop = lose && lose.at > at ? lose.at : data.length;
    const piece = data.slice(at, Math.min(at + chunk, stop));
    reader.push(piece);
    at += piece.length;
    piece.fill(0x7e);
  }
  reader.finish();
  const heard = [...all.values()].map(({ connection, parts, log, ended }) => {
    if (!ended) throw new Error(`connection ${connection.id} does not end`);
    return { connection, up: concat(parts.up), down: concat(parts.down), log };
  });
  const rules = findings.map(({ rule }) => rule);
  return { heard, findings, rules, spans: traced, summary: reader.summary() };
}

/** The bytes 0, 1, 2 and so on, of a period that is prime. */
export function numbered(length: number, from = 0): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (from + i) % 251);
}
