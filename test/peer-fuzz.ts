import { concat } from "../codec/layout/bytes.ts";
import { hexBytes, hexText } from "../codec/layout/index.ts";
import { createDestination } from "../compat/peers/destination/destination.ts";
import type { PeerProcess, Seen, Stop } from "../compat/peers/ending.ts";
import { type PeerOptions, qemuPeer } from "../compat/peers/peer.ts";
import { createSource } from "../compat/peers/source/source.ts";
import { atLeast, versionsOf } from "../compat/releases.ts";
import { type CraftedRecord, recordsOf } from "./crafted-peers.ts";
import { mutate } from "./mutate.ts";

/** What is done to a peer. */
export type Act =
  | { readonly what: "connect" }
  | { readonly what: "push"; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly what: "close"; readonly connection: number }
  | { readonly what: "become"; readonly phase: "precopy" | "postcopy" | "recovery" };

export interface Script {
  readonly version: string;
  readonly side: "source" | "destination";
  readonly options: PeerOptions;
  readonly acts: readonly Act[];
  /** Connections speak in turns: what is there when decides who is first, so that pieces may end otherwise than the whole. */
  readonly mixed: boolean;
}

/** All that a peer tells of itself, before and after what is open is closed. */
export interface Told {
  readonly open: Seen;
  readonly closed: Seen;
  readonly stopped: Stop | null;
  readonly unknown: string | null;
  readonly alternatives: readonly Seen[];
  readonly replies: string;
}

type Random = () => number;

const VERSIONS = versionsOf("qemu").filter((version) => atLeast(version, "2.5"));
const CAPABILITIES = [
  "multifd",
  "x-multifd",
  "postcopy-ram",
  "postcopy-preempt",
  "return-path",
  "dirty-bitmaps",
  "mapped-ram",
  "x-ignore-shared",
  "validate-uuid",
  "compress",
  "xbzrle",
  "switchover-ack",
  "x-colo",
  "rdma-pin-all",
];
const PHASES = ["precopy", "postcopy", "recovery"] as const;
const MOST_CONNECTIONS = 8;

/** Everything that was recorded of real peers, each once. */
export function seeds(): readonly CraftedRecord[] {
  const files = ["crafted", "more-destination", "more-source", "commands", "dirty-bitmaps"];
  const records = files.flatMap((file) =>
    recordsOf(new URL(`../fixtures/peers/${file}.ndjson`, import.meta.url)),
  );
  const key = ({ side, phase, connections }: CraftedRecord) => JSON.stringify([side, phase, connections]);
  return [...new Map(records.map((record) => [key(record), record])).values()];
}

/** A seed, damaged, put together with others, for any release and settings. */
export function scriptOf(records: readonly CraftedRecord[], random: Random): Script {
  const below = (limit: number) => Math.floor(random() * limit);
  const seed = pick(records, random);
  const likes = (record: CraftedRecord) => record.side === seed.side;
  const other = pick(records, random);
  const lists = [seed, ...(likes(other) && below(3) === 0 ? [other] : [])];
  const streams = lists.flatMap(({ connections }) => connections.map(bytesOf)).slice(0, MOST_CONNECTIONS);
  const settled = below(4) === 0 ? {} : { [pick(CAPABILITIES, random)]: below(3) > 0 };
  const options: PeerOptions = {
    ...(seed.machine === undefined || below(10) === 0 ? {} : { machine: seed.machine }),
    ...(below(4) === 0 ? {} : { memoryMiB: pick([1, 32, 4096, 2 ** 30], random) }),
    ...(seed.nodes ? { nodes: seed.nodes } : {}),
    capabilities: { ...seed.capabilities, ...settled },
    ...(seed.parameters ? { parameters: seed.parameters } : {}),
  };
  const version = below(2) === 0 ? seed.peer.slice("qemu-".length) : pick(VERSIONS, random);
  const damaged = streams.map((bytes) => (below(4) === 0 ? bytes : mutate(bytes, random)));
  const mixed = below(2) === 0;
  return { version, side: seed.side, options, acts: actsOf(damaged, seed, mixed, random), mixed };
}

function bytesOf({ hex = "", zeros = 0, parts = [] }: CraftedRecord["connections"][number]): Uint8Array {
  return hexBytes(`${hex}${parts.join("")}${"00".repeat(zeros)}`);
}

/** The streams one after the other, or mixed. */
function actsOf(
  streams: readonly Uint8Array[],
  { phase }: CraftedRecord,
  mixed: boolean,
  random: Random,
): Act[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const acts: Act[] = phase === "incoming" ? [] : [{ what: "become", phase }];
  const pieces = streams.map((bytes) => (mixed ? cut(bytes, 1 + below(4), random) : [bytes]));
  const connected = new Set<number>();
  while (pieces.some((left) => left.length > 0)) {
    const open = pieces.flatMap((left, i) => (left.length > 0 ? [i] : []));
    const at = mixed ? pick(open, random) : (open[0] ?? 0);
    while (connected.size <= at) {
      connected.add(connected.size);
      acts.push({ what: "connect" });
    }
    const bytes = pieces[at]?.shift();
    if (bytes) acts.push({ what: "push", connection: at, bytes });
    if (below(8) === 0) acts.push({ what: "close", connection: mixed ? below(streams.length + 1) : at });
    if (mixed && below(8) === 0) acts.push({ what: "connect" });
    if (below(12) === 0) acts.push({ what: "become", phase: pick(PHASES, random) });
  }
  return acts;
}

/** Cuts bytes in so many pieces, some of which may be empty. */
function cut(bytes: Uint8Array, count: number, random: Random): Uint8Array[] {
  const places = Array.from({ length: count - 1 }, () => Math.floor(random() * (bytes.length + 1)));
  const ends = [...places.toSorted((a, b) => a - b), bytes.length];
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}

/** Does it to a peer, each push whole or in pieces, in buffers that are written over behind it. */
export function play({ version, side, options, acts }: Script, random?: Random): Told {
  const described = qemuPeer(`qemu-${version}`, options);
  const source = side === "source" ? createSource(described, { phase: "precopy" }) : undefined;
  const process: PeerProcess = source ?? createDestination(described);
  const numbers: number[] = [];
  for (const act of acts) {
    if (act.what === "connect") numbers.push(process.connect());
    else if (act.what === "become") source?.become(act.phase);
    else {
      const connection = numbers[act.connection] ?? act.connection;
      if (act.what === "close") process.close(connection);
      else
        for (const piece of random ? piecesOf(act.bytes, random) : [act.bytes])
          push(process, connection, piece);
    }
  }
  const open = process.seen();
  for (const number of new Set(numbers)) process.close(number);
  return {
    open,
    closed: process.seen(),
    stopped: process.stopped(),
    unknown: process.unknown(),
    alternatives: process.alternatives(),
    replies: hexText(process.replies()),
  };
}

function piecesOf(bytes: Uint8Array, random: Random): Uint8Array[] {
  if (random() < 0.3) return Array.from(bytes, (byte) => Uint8Array.of(byte));
  return cut(bytes, 1 + Math.floor(random() * 9), random);
}

function push(process: PeerProcess, connection: number, bytes: Uint8Array): void {
  const lent = concat([bytes]);
  process.push(connection, lent);
  lent.fill(0xaa);
}

function pick<T>(list: readonly T[], random: Random): T {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new RangeError("nothing to pick from");
  return one;
}
