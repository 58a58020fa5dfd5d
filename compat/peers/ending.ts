/** `status` of query-migrate. */
export type MigrationStatus =
  | "none"
  | "setup"
  | "cancelling"
  | "cancelled"
  | "active"
  | "postcopy-device"
  | "postcopy-active"
  | "postcopy-paused"
  | "postcopy-recover-setup"
  | "postcopy-recover"
  | "completed"
  | "failing"
  | "failed"
  | "colo"
  | "pre-switchover"
  | "device"
  | "wait-unplug";

/** Where a peer stops taking what it is given. */
export interface Stop {
  /** Number of the connection, in the order they were made. */
  readonly connection: number;
  /** First byte of the field that it does not take, within the connection. */
  readonly offset: number;
  /** That field, by table and name: `ReturnPathHeader.type`. */
  readonly path: string;
}

/** What can be seen of a QEMU process from outside. */
export interface Seen {
  /** Null while query-migrate tells none, and when the process is gone. */
  readonly status: MigrationStatus | null;
  /** `error-desc` of query-migrate. */
  readonly errorDesc: string | null;
  /** All lines so far, joined by newlines, without the program's name in front. */
  readonly stderr: string;
  /** Exit status; negative: the signal that ended it. Null while it lives. */
  readonly exit: number | null;
  readonly alive: boolean;
  /** The process lives, but its main loop is stuck: no QMP command is answered. */
  readonly monitorDead: boolean;
}

/** What of the guest is not there in the end, although nobody says so. */
export interface SilentLoss {
  readonly what: "memory" | "bitmaps";
  readonly why: string;
}

/** One QEMU process that is given bytes, as its peer would give them. */
export interface PeerProcess {
  /** The other side connects; the connection's number. A source has one connection, 0, from the beginning. */
  connect(): number;
  push(connection: number, chunk: Uint8Array): void;
  /** The other side closes. */
  close(connection: number): void;
  /** What would be seen by now. */
  seen(): Seen;
  /** Null as long as it takes everything. */
  stopped(): Stop | null;
  /** Other endings that the same bytes have, where threads race; each as it would be seen instead of `seen()`. */
  alternatives(): readonly Seen[];
  /** What it answered on connection 0 by now: return-path messages of a destination. */
  replies(): Uint8Array;
  /** What is lost without an error. */
  losses(): readonly SilentLoss[];
  /** Why nothing sure can be said; null when the model knows. */
  unknown(): string | null;
}
