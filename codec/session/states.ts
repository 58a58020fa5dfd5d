import type { ReturnPathEvent } from "../formats/return-path/return-path-events.ts";
import type { StreamEvent } from "../formats/stream/qemu-events.ts";
import type { Channel, Place } from "./events.ts";

/**
 * States by the names that QEMU gives them. The wire shows what happens, not what a release calls it: `device` is the time
 * from the stop of the guest to the end of precopy or the start of postcopy, which sources before 10.0 call `active` or
 * `postcopy-active`; `postcopy-device` is the time until the device state is loaded, which destinations before 10.2 call
 * `postcopy-active`; `failed` may also be `cancelled`. Since 8.2 a source notices an error that the destination reports
 * only when it completes. A connection that breaks before all of POSTCOPY_RUN was sent counts as `failed` on both sides.
 */
export type MigrationState =
  | "none"
  | "setup"
  | "active"
  | "device"
  | "postcopy-device"
  | "postcopy-active"
  | "postcopy-paused"
  | "postcopy-recover"
  | "completed"
  | "failed";

export interface StateChange {
  readonly side: "source" | "destination";
  readonly state: MigrationState;
  /** Nanoseconds since the first packet; null where nothing tells the time. */
  readonly time: number | null;
  /** Index of the channel that proves it, and where. */
  readonly channel: number;
  readonly offset: number;
  /** What proves it, in terms of the wire. */
  readonly proof: string;
}

/** Infers the state that both sides must be in. Calls come in the order of the capture. */
export interface StateTracker {
  /** Events of the main channel, or of one that recovers the migration. */
  stream(place: Place, event: StreamEvent): void;
  message(place: Place, event: ReturnPathEvent): void;
  /** The connection of the main channel is closed, and the reader of the channel has finished. */
  ended(place: Place, how: "fin" | "rst" | "open", by: "source" | "destination" | null): void;
  /** A main channel was recognised. */
  opened(place: Place): void;
  readonly source: MigrationState;
  readonly destination: MigrationState;
  /** The first 1024 changes. */
  readonly changes: readonly StateChange[];
}

type Side = StateChange["side"];
type States = readonly MigrationState[];

const MOST_CHANGES = 1024;
/** PING that ends the device state since 10.2. */
const PACKAGED_LOADED = 0x42;

const BEFORE: States = ["none", "setup"];
const PRECOPY: States = ["none", "setup", "active"];
const BEFORE_POSTCOPY: States = [...PRECOPY, "device"];
const POSTCOPY: States = ["postcopy-device", "postcopy-active", "postcopy-recover"];
const ANY: States = [...BEFORE_POSTCOPY, ...POSTCOPY, "postcopy-paused"];

export function createStateTracker(tell: (change: StateChange) => void): StateTracker {
  const now: Record<Side, MigrationState> = { source: "none", destination: "none" };
  const changes: StateChange[] = [];
  let main: Channel | undefined;
  /** A part or end section came: what follows is no longer setup. */
  let iterated = false;
  /** The destination can answer. */
  let returnPath = false;
  /** All of the stream was sent. */
  let eof = false;
  /** Value of the last PING behind POSTCOPY_LISTEN: its answer says that the device state is loaded. */
  let lastPing: number | null = null;
  /** POSTCOPY_LISTEN was the last of its kind: what is read now is the package. */
  let inPackage = false;
  let run = false;
  let answered = false;
  let shut: { readonly status: number; readonly place: Place } | undefined;

  /** Moves a side on if it is in one of the states `from`. */
  function move(side: Side, from: States, state: MigrationState, place: Place, proof: string): void {
    if (!from.includes(now[side]) || now[side] === state) return;
    now[side] = state;
    const { channel, offset, time } = place;
    const change = { side, state, time, channel: channel.index, offset, proof };
    if (changes.length < MOST_CHANGES) changes.push(change);
    tell(change);
  }

  function opened(place: Place): void {
    if (place.channel === main) return;
    main = place.channel;
    eof = false;
    returnPath = false;
    if (main.begins === "recovery") recover(place);
    else if (main.begins !== "middle") move("destination", BEFORE, "setup", place, "connection");
  }

  /** A recovery has no file header and no OPEN_RETURN_PATH, and nobody recovers what is not paused. */
  function recover(place: Place): void {
    returnPath = true;
    for (const side of ["source", "destination"] as const) {
      move(side, POSTCOPY, "postcopy-paused", place, "recovery connection");
      move(side, ANY, "postcopy-recover", place, "recovery connection");
    }
  }

  function section(place: Place, kind: "start" | "part" | "end" | "full", idstr: string): void {
    const proof = `${kind} of section ${idstr}`;
    if (kind === "start" && idstr !== "ram") return;
    // Some devices send their state early, in setup.
    if (kind === "full" && !iterated && main?.begins !== "middle") return;
    move("source", BEFORE, "active", place, proof);
    move("destination", BEFORE, "active", place, proof);
    if (kind === "part") iterated = true;
    if (kind === "end" || kind === "full") stopped(place, proof);
  }

  function stopped(place: Place, proof: string): void {
    iterated = true;
    move("source", PRECOPY, "device", place, proof);
  }

  function command(place: Place, { name, value }: Extract<StreamEvent, { kind: "command" }>): void {
    switch (name) {
      case "OPEN_RETURN_PATH":
        returnPath = true;
        break;
      case "PING":
        if (inPackage && typeof value === "number") lastPing = value;
        break;
      case "SWITCHOVER_START":
      case "POSTCOPY_RAM_DISCARD":
      case "PACKAGED":
        stopped(place, name);
        break;
      case "POSTCOPY_LISTEN":
        stopped(place, name);
        inPackage = true;
        move("destination", BEFORE_POSTCOPY, "postcopy-device", place, name);
        break;
      case "POSTCOPY_RUN":
        running(place);
        break;
      case "POSTCOPY_RESUME":
        move("destination", ["postcopy-recover"], "postcopy-active", place, name);
    }
  }

  function running(place: Place): void {
    const loading: MigrationState = lastPing === PACKAGED_LOADED ? "postcopy-device" : "postcopy-active";
    inPackage = false;
    run = true;
    move("source", BEFORE_POSTCOPY, loading, place, "POSTCOPY_RUN");
    move("destination", BEFORE_POSTCOPY, "postcopy-device", place, "POSTCOPY_RUN");
    if (lastPing === null || !answered)
      move("destination", ["postcopy-device"], "postcopy-active", place, "POSTCOPY_RUN");
  }

  function reply(place: Place, { name, value }: Extract<ReturnPathEvent, { kind: "message" }>): void {
    answered = true;
    returnPath = true;
    switch (name) {
      case "PONG":
        if (value === null || value !== lastPing || !run) return;
        move("source", ["postcopy-device"], "postcopy-active", place, pong(value));
        move("destination", ["postcopy-device"], "postcopy-active", place, pong(value));
        break;
      case "RESUME_ACK":
        move("destination", ["postcopy-recover"], "postcopy-active", place, name);
        move("source", ["postcopy-recover"], "postcopy-active", place, name);
        break;
      case "SHUT":
        if (value === null) return;
        shut = { status: value, place };
        if (main) settle();
    }
  }

  /** The destination has said how it went. */
  function settle(): void {
    if (!shut) return;
    const { status, place } = shut;
    const state = status === 0 ? "completed" : "failed";
    move("destination", ANY, state, place, `SHUT ${status}`);
    move("source", ANY, state, place, `SHUT ${status}`);
  }

  function complete(place: Place, proof: string): void {
    eof = true;
    if (shut) settle();
    else if (!returnPath && main?.begins !== "middle") move("source", ANY, "completed", place, proof);
  }

  /** The connection is gone while the guest's memory was still on its way. */
  function broken(place: Place, proof: string, byDestination: boolean): void {
    const recovered: States = ["postcopy-active", "postcopy-recover"];
    if (eof) {
      // Without a return path, the source does not know how it went; with one, it waits for SHUT.
      if (returnPath) move("source", BEFORE_POSTCOPY, "failed", place, proof);
      if (byDestination && (returnPath || proof.startsWith("RST")))
        move("destination", BEFORE_POSTCOPY, "failed", place, proof);
      // In postcopy the source waits on; the destination, where the guest runs, always ends with SHUT.
      if (byDestination && answered) move("destination", POSTCOPY, "failed", place, `${proof} without SHUT`);
      return;
    }
    // What is missing may have been the end of the stream.
    if (place.channel.lost > 0) return;
    move("source", recovered, "postcopy-paused", place, proof);
    move("source", [...BEFORE_POSTCOPY, "postcopy-device"], "failed", place, proof);
    // The package may have been loaded although the answer that says so did not come.
    const lost: States = run && !byDestination ? [...recovered, "postcopy-device"] : recovered;
    move("destination", lost, "postcopy-paused", place, proof);
    move("destination", [...BEFORE_POSTCOPY, "postcopy-device"], "failed", place, proof);
  }

  return {
    opened,
    stream(place, event) {
      opened(place);
      if (event.kind === "header") {
        move("source", BEFORE, "setup", place, "QEVM");
        move("destination", BEFORE, "active", place, "QEVM");
      } else if (event.kind === "section") section(place, event.section.kind, event.section.idstr);
      else if (event.kind === "command") command(place, event);
      else if (event.kind === "vmdesc") complete(place, "vmdescription");
      else if (event.kind === "end" && event.reason === "eof") complete(place, "EOF");
    },
    message(place, event) {
      if (event.kind === "message") reply(place, event);
    },
    ended(place, how, by) {
      if (place.channel !== main) return;
      // A return path that was opened before the capture began would have been heard of by now.
      if (eof && !returnPath) move("source", ANY, "completed", place, "EOF");
      if (how === "open") return;
      broken(place, `${how.toUpperCase()}${by === null ? "" : ` by ${by}`}`, by === "destination");
    },
    get source() {
      return now.source;
    },
    get destination() {
      return now.destination;
    },
    changes,
  };
}

function pong(value: number): string {
  return `PONG ${value === PACKAGED_LOADED ? "0x42" : value}`;
}
