import type { Connection } from "../codec/capture/events.ts";
import type { ReturnPathEvent } from "../codec/formats/return-path/return-path-events.ts";
import type { SectionKind, StreamEvent } from "../codec/formats/stream/qemu-events.ts";
import type { Channel, Place, Role } from "../codec/session/events.ts";

// What happened in a migration, as a list of steps told to a tracker, without any bytes.

type Side = "source" | "destination";

/** Whoever is told what happens on the channels of one migration. */
export interface Told {
  opened(place: Place): void;
  stream(place: Place, event: StreamEvent): void;
  message(place: Place, event: ReturnPathEvent): void;
  ended(place: Place, how: "fin" | "rst" | "open", by: Side | null): void;
  page?(place: Place, block: string, offset: number, pageSize: number): void;
}

export interface Stage {
  readonly told: Told;
  /** Main channel and return path of the connection there is now. */
  main: Channel;
  answers: Channel;
  preempt: Channel;
  /** Nanoseconds; null in files. Each step takes a microsecond. */
  time: number | null;
  offset: number;
  index: number;
}

export type Step = (stage: Stage) => void;

function makeChannel(
  index: number,
  role: Role,
  begins: Channel["begins"],
  connection: number | null,
): Channel {
  const end = { address: "::1", port: 1 };
  const links: Connection | null =
    connection === null
      ? null
      : { id: connection, client: end, server: end, midstream: false, opened: 0, established: 0 };
  return {
    index,
    role,
    direction: null,
    migration: 0,
    connection: links,
    name: null,
    begins,
    bytes: 0,
    lost: 0,
    way: null,
    ended: null,
  };
}

function place(stage: Stage, channel: Channel): Place {
  if (stage.time !== null) stage.time += 1000;
  stage.offset += 8;
  return { channel, offset: stage.offset, time: stage.time };
}

/** Plays steps to a tracker. They begin with an open main channel. */
export function play(
  told: Told,
  steps: readonly Step[],
  { timed = true, begins = null }: { timed?: boolean; begins?: Channel["begins"] } = {},
): Stage {
  const main = makeChannel(0, "main", begins, timed ? 0 : null);
  const answers: Channel = { ...main, index: 1, role: "return-path", begins: null };
  const preempt = makeChannel(2, "postcopy-preempt", null, timed ? 1 : null);
  const stage: Stage = { told, main, answers, preempt, time: timed ? 0 : null, offset: 0, index: 3 };
  told.opened({ channel: main, offset: 0, time: stage.time });
  for (const step of steps) step(stage);
  return stage;
}

const stream =
  (event: StreamEvent): Step =>
  (stage) =>
    stage.told.stream(place(stage, stage.main), event);

export const header: Step = stream({ kind: "header", offset: 0, version: 3 });

export const command = (name: string, value: number | string | null = null): Step =>
  stream({ kind: "command", offset: 0, command: 0, name, length: 0, value });

export const discard = (block: string, start: number, length: number): Step =>
  stream({
    kind: "command",
    offset: 0,
    command: 6,
    name: "POSTCOPY_RAM_DISCARD",
    length: 0,
    value: { block, ranges: [{ start: String(start), length: String(length) }] },
  });

export const section = (
  kind: SectionKind,
  idstr = "ram",
  understood: "decoded" | "damaged" = "decoded",
): Step =>
  stream({
    kind: "section",
    section: {
      kind,
      id: 1,
      idstr,
      instance: 0,
      version: 4,
      offset: 0,
      length: 9,
      footer: true,
      payloadOffset: 5,
      payloadLength: 4,
      understood,
    },
  });

export const vmdesc: Step = stream({
  kind: "vmdesc",
  vmdesc: { offset: 0, length: 2, spaced: false, configuration: false },
});

export const end = (reason: "eof" | "truncated" | "error" | "paused" = "eof"): Step =>
  stream({ kind: "end", offset: 0, reason, pageSize: 4096, rounds: 1, flushes: 0, untold: {} });

const message =
  (event: ReturnPathEvent): Step =>
  (stage) =>
    stage.told.message(place(stage, stage.answers), event);

const head = { kind: "message", offset: 0, type: 0, length: 4 } as const;

export const pong = (value: number): Step => message({ ...head, name: "PONG", value });
export const shut = (status: number): Step => message({ ...head, name: "SHUT", value: status });
export const resumeAck: Step = message({ ...head, name: "RESUME_ACK", value: 1 });

export const request = (block: string | null, start: number, length = 4096): Step =>
  message({ ...head, name: "REQ_PAGES", value: { block, named: false, start: String(start), length } });

export const received = (block: string, have: number, missing: number): Step =>
  message({
    ...head,
    name: "RECV_BITMAP",
    value: {
      block,
      size: "8",
      pageSize: 4096,
      pages: have + missing,
      received: have,
      missing,
      uncertain: 0,
      missingRanges: { ranges: [], omitted: 0, bytes: 0 },
      complete: true,
    },
  });

export const page =
  (block: string, offset: number, on: "main" | "preempt" = "main", pageSize = 4096): Step =>
  (stage) =>
    stage.told.page?.(place(stage, stage[on]), block, offset, pageSize);

export const ended =
  (how: "fin" | "rst" | "open", by: Side | null = null): Step =>
  (stage) =>
    stage.told.ended(place(stage, stage.main), how, by);

/** A connection that recovers the migration. */
export const recovery: Step = (stage) => {
  const index = stage.index;
  stage.index += 3;
  const connection = stage.time === null ? null : index;
  stage.main = makeChannel(index, "main", "recovery", connection);
  stage.answers = { ...stage.main, index: index + 1, role: "return-path", begins: null };
  stage.preempt = makeChannel(index + 2, "postcopy-preempt", null, connection);
  stage.told.opened({ channel: stage.main, offset: 0, time: stage.time });
};

/** Bytes of the main channel are missing from here on. */
export const lose: Step = (stage) => {
  stage.main.lost += 10;
};

export const opening: readonly Step[] = [header, command("OPEN_RETURN_PATH"), command("PING", 1), pong(1)];
export const precopy: readonly Step[] = [...opening, section("start"), section("part")];
export const advised: readonly Step[] = [
  ...opening,
  command("POSTCOPY_ADVISE"),
  section("start"),
  section("part"),
];
/** Up to POSTCOPY_RUN, as written up to 10.1. */
export const switched: readonly Step[] = [
  ...advised,
  discard("pc.ram", 0, 1 << 20),
  command("PING", 2),
  pong(2),
  command("PACKAGED", 500),
  command("POSTCOPY_LISTEN"),
  section("full", "timer"),
  command("PING", 3),
  command("POSTCOPY_RUN"),
  command("PING", 4),
  pong(4),
  pong(3),
];
/** As written since 10.2, up to POSTCOPY_RUN: its PONG is still to come. */
export const loading: readonly Step[] = [
  ...advised,
  command("SWITCHOVER_START"),
  command("PACKAGED", 500),
  command("POSTCOPY_LISTEN"),
  section("full", "timer"),
  command("PING", 0x42),
  command("POSTCOPY_RUN"),
];
/** A recovery up to the acknowledgement. */
export const recovered: readonly Step[] = [
  recovery,
  command("RECV_BITMAP", "pc.ram"),
  received("pc.ram", 10, 246),
  command("POSTCOPY_RESUME"),
  resumeAck,
];
