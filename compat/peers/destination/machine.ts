import { type ByteBuilder, createByteBuilder } from "../../../codec/layout/bytes.ts";
import { valueAt } from "../../facts/fact.ts";
import { WAITING_STATUS } from "../../facts/qemu/multifd/channels.ts";
import type { MigrationStatus, Stop } from "../ending.ts";
import { createLoad } from "../main-channel/create-load.ts";
import type { Load } from "../main-channel/load.ts";
import { awaitAll, type Channels, createChannels } from "../multifd/channels.ts";
import { multifdSettings } from "../multifd/settings.ts";
import type { Host, QemuPeer } from "../peer.ts";
import type { Connection } from "./connection.ts";
import type { Task } from "./task.ts";

/** Bytes of answers that are kept. */
const MOST_REPLIES = 1 << 20;

/** Lines on stderr that are kept. */
const MOST_LINES = 10_000;

/** A destination process in the middle of its life. */
export interface Machine {
  readonly peer: QemuPeer;
  readonly load: Load;
  readonly host: Host;
  readonly connections: Connection[];
  /** Connections the main loop has not come to yet. */
  readonly pending: Connection[];
  readonly channels: Channels | undefined;
  readonly threads: Task[];
  /** The main loop takes a connection, and does nothing else until it has. */
  accepting: Task | undefined;
  /** The main loop loads the main channel. */
  loading: Task | undefined;
  main: Connection | undefined;
  preempt: Connection | undefined;
  /** The socket is still listened on. */
  listens: boolean;
  status: MigrationStatus | null;
  readonly lines: string[];
  /** The first of what it answered. */
  readonly replies: ByteBuilder;
  exit: number | null;
  stop: Stop | null;
  unknown: string | null;
  /** A main channel too many was put aside. */
  secondMain: boolean;
  /** Races that come out the unlikely way. */
  readonly flipped: ReadonlySet<string>;
  /** The main channel came to its sections, for which memory was prepared. */
  setUp: boolean;
  /** How many lines were there when the listen thread's race was decided. */
  forkedAt: number | null;
  /** How many lines were there when the first came behind POSTCOPY_LISTEN. */
  listenedAt: number | null;
  /** Races there were. */
  readonly raced: Set<string>;
}

/** A destination that waits for connections. */
export function createMachine(peer: QemuPeer, flipped: ReadonlySet<string> = new Set()): Machine {
  const settings = multifdSettings(peer);
  const channels = settings && createChannels(settings);
  const host: Host = {
    peer,
    print: (line) => {
      if (machine.load.otherwise) machine.forkedAt ??= machine.lines.length;
      if (machine.load.listening) machine.listenedAt ??= machine.lines.length;
      if (machine.lines.length < MOST_LINES) machine.lines.push(line);
      else machine.unknown ??= `more than ${MOST_LINES} lines are printed`;
    },
    become: (status) => {
      machine.status = status;
    },
    status: () => machine.status,
    reply: (bytes) => {
      const { replies } = machine;
      replies.append(bytes.subarray(0, MOST_REPLIES - replies.length));
    },
    ...(channels && {
      *awaitMultifd() {
        const gate = machine.loading?.gate;
        if (gate) yield* awaitAll(channels, gate, race(machine, "channels-go-on-first"));
      },
    }),
  };
  const load = createLoad(host);
  const machine: Machine = {
    peer,
    host,
    load: {
      ...load,
      loadSections(loading) {
        machine.setUp = true;
        return load.loadSections(loading);
      },
    },
    setUp: false,
    connections: [],
    pending: [],
    channels,
    threads: [],
    accepting: undefined,
    loading: undefined,
    main: undefined,
    preempt: undefined,
    listens: true,
    status: valueAt(WAITING_STATUS, peer.version, "later") ?? null,
    lines: [],
    replies: createByteBuilder(),
    exit: null,
    stop: null,
    unknown: null,
    secondMain: false,
    forkedAt: null,
    listenedAt: null,
    flipped,
    raced: new Set(),
  };
  return machine;
}

/** Where something is not taken: the first such place counts. */
export function stopAt(machine: Machine, stop: Stop): void {
  machine.stop ??= stop;
}

/** The process ends, after these lines. */
export function exit(machine: Machine, status: number, ...lines: readonly string[]): void {
  machine.lines.push(...lines.filter((line) => line !== ""));
  machine.exit ??= status;
}

/** Whether a race comes out as it mostly does. */
export function race({ raced, flipped }: Machine, name: string): boolean {
  raced.add(name);
  return !flipped.has(name);
}
