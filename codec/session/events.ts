import type { Connection, ConnectionEnd, Direction, GapReason } from "../capture/events.ts";
import type { Finding } from "../formats/finding.ts";
import type { MultifdEvent, MultifdOptions } from "../formats/multifd/multifd-events.ts";
import type { ReturnPathEvent } from "../formats/return-path/return-path-events.ts";
import type { Device, PageKind, RamBlock, StreamEvent } from "../formats/stream/qemu-events.ts";
import type { InflatePage } from "../formats/stream/qemu-reader.ts";
import type { StateDescription } from "../formats/stream/vmdesc-device.ts";
import type { PostcopySummary } from "./postcopy.ts";
import type { MigrationState, StateChange } from "./states.ts";

/** What one direction of a connection is for. */
export type Role = "main" | "multifd" | "postcopy-preempt" | "return-path" | "tls" | "unknown";

/** One direction of one connection, or one file that holds its bytes. */
export interface Channel {
  /** In the order in which the channels were recognised. */
  readonly index: number;
  readonly role: Role;
  readonly direction: "source-to-destination" | "destination-to-source" | null;
  /** Which migration of the session it belongs to; null for what is none. */
  readonly migration: number | null;
  readonly connection: Connection | null;
  /** Which way it goes on its connection; null for files. */
  readonly way: Direction | null;
  /** File it was read from, where that is not a capture. */
  readonly name: string | null;
  /** How its bytes begin, where that says more than its role: a main channel that recovers, or one seen from the middle. */
  readonly begins: "recovery" | "middle" | "proposal" | null;
  /** How its connection ended, as far as it has. */
  ended: { readonly how: "fin" | "rst" | "open"; readonly by: "source" | "destination" | null } | null;
  /** Bytes of the stream so far, those that are missing included. */
  bytes: number;
  /** Bytes of them that the capture does not have. */
  lost: number;
}

/** Where and when something was seen. */
export interface Place {
  readonly channel: Channel;
  readonly offset: number;
  /** Nanoseconds since the first packet; null where nothing tells the time, as in files. */
  readonly time: number | null;
}

export type SessionEvent =
  | { readonly kind: "connection"; readonly connection: Connection }
  | { readonly kind: "channel"; readonly channel: Channel; readonly time: number | null }
  | {
      readonly kind: "stream";
      readonly channel: Channel;
      readonly time: number | null;
      readonly event: StreamEvent;
    }
  | {
      readonly kind: "multifd";
      readonly channel: Channel;
      readonly time: number | null;
      readonly event: MultifdEvent;
    }
  | {
      readonly kind: "return-path";
      readonly channel: Channel;
      readonly time: number | null;
      readonly event: ReturnPathEvent;
    }
  | { readonly kind: "state"; readonly migration: number; readonly change: StateChange }
  | {
      readonly kind: "gap";
      readonly channel: Channel;
      readonly offset: number;
      readonly length: number;
      readonly why: GapReason;
      readonly time: number | null;
    }
  | {
      readonly kind: "connection-end";
      readonly connection: Connection;
      readonly how: ConnectionEnd;
      /** Bytes of each direction, those that are missing included. */
      readonly bytes: Readonly<Record<Direction, number>>;
      readonly time: number;
    }
  | {
      readonly kind: "migration-end";
      readonly migration: number;
      /** Where its connections go: address and port; empty for files. */
      readonly endpoint: string;
      /** The last state of each side that the wire proves. */
      readonly source: MigrationState;
      readonly destination: MigrationState;
      readonly postcopy: PostcopySummary | null;
    }
  | {
      readonly kind: "session-end";
      /** Findings by rule that were counted but not told, because there were too many alike. */
      readonly untold: Readonly<Record<string, number>>;
    }
  | {
      readonly kind: "finding";
      readonly channel: Channel | null;
      readonly finding: Finding;
      readonly time: number | null;
    };

/** What a session tells. Page data is only produced for those who ask. */
export interface SessionSink {
  event(event: SessionEvent): void;
  /**
   * One page of a migration, on whatever channel. Of two pages with the same place the one with the higher epoch is the
   * newer, and of the same epoch the one told later: channels overtake each other, but only between two synchronisations.
   */
  page?(
    migration: number,
    block: RamBlock,
    offset: number,
    kind: PageKind,
    data: Uint8Array,
    pageSize: number,
    epoch: number,
  ): void;
  /** A device that a main channel's vmdescription explains, before its event; its state is only lent. */
  state?(channel: Channel, device: Device, description: StateDescription, payload: Uint8Array): void;
}

export interface SessionOptions {
  /** Without it compressed pages of the main channel are counted, but neither checked nor delivered. */
  readonly inflatePage?: InflatePage;
  /** Without them compressed multifd payloads are stepped over. */
  readonly inflaters?: NonNullable<MultifdOptions["inflaters"]>;
}
