import type { BitmapLoad } from "../dirty-bitmap/bitmap-load.ts";
import type { Host, PeerBlock } from "../peer.ts";
import type { QemuFile } from "../qemu-file.ts";

export type Errno =
  | "EIO"
  | "EINVAL"
  | "ENOTSUP"
  | "ENOENT"
  | "ERANGE"
  | "EPERM"
  | "EAGAIN"
  | "ENOMEM"
  | "EEXIST"
  | "ENODEV";

/** Why a load ends in an error. What goes to stderr by itself was printed to the host before. */
export interface Refusal {
  readonly how: "refused";
  /** Null where QEMU says "load of migration failed" without an errno's text, or says nothing of the kind. */
  readonly errno: Errno;
  /** The error as it is handed up, outermost part first; empty in releases that only print. */
  readonly reason: string;
  readonly offset: number;
  readonly path: string;
}

/** The process dies. */
export interface Crash {
  readonly how: "crashed";
  readonly signal: number;
  readonly offset: number;
  readonly path: string;
}

/** The model cannot tell. */
export interface Unsure {
  readonly how: "unknown";
  readonly why: string;
  readonly offset: number;
  readonly path: string;
}

export type LoadFailure = Refusal | Crash | Unsure;

/** A section that has begun. */
export interface LoadedSection {
  readonly kind: "start" | "part" | "end" | "full";
  readonly id: number;
  readonly idstr: string;
  readonly instance: number;
  readonly version: number;
}

/** How a race comes out otherwise, with these lines instead of those from here on. */
export interface OtherEnding {
  readonly lines: readonly string[];
  readonly status: "postcopy-paused" | null;
  readonly exit: number | null;
}

/** What an incoming migration knows while it loads; QEMU's MigrationIncomingState. */
export interface Load {
  readonly host: Host;
  /** The file being read: the main channel's, or that of a package within it. */
  file: QemuFile;
  /** RAM blocks the destination has; null: whatever the other side announces. */
  readonly blocks: Map<string, PeerBlock> | null;
  /** Where postcopy is. */
  postcopy: "none" | "advise" | "discard" | "listening" | "running" | "end";
  /** A return path was asked for. */
  hasReturnPath: boolean;
  /** The main channel while `file` is a package's: what most commands of a package read their payload from. */
  main?: QemuFile;
  /** How many packages `file` is within. */
  packages?: number;
  /** POSTCOPY_RUN was read: every section loop ends without an error, the package's and the main channel's. */
  quit?: boolean;
  /** POSTCOPY_LISTEN was read: from here on the listen thread reads the main channel, see `listen()`. */
  listening?: boolean;
  /** Two threads read the main channel: POSTCOPY_LISTEN was read from it, or a package ended before POSTCOPY_RUN. */
  shared?: "listen" | "package" | undefined;
  /** The main loop waits for ever: no QMP command is answered any more. */
  stuck?: boolean;
  /** The main thread failed beside the listen thread: the error that its channel was left with. */
  channelError?: Errno;
  /** Input before this offset was there when the listen thread began, which may read it before POSTCOPY_RUN is obeyed. */
  racesUntil?: number;
  /** What may be seen instead, where the listen thread was the faster one or the slower one. */
  otherwise?: readonly OtherEnding[];
  /** The main thread waits in the channel that the listen thread reads, too: no QMP command is answered meanwhile. */
  blocked?: boolean;
  /** The preempt channel is there, or its reader failed with this. */
  preempt?: "connected" | Errno;
  /** Which target pages of a block have arrived, a bit each; kept by `markReceived()` where postcopy-ram is on. */
  received?: Map<string, Uint8Array>;
  /** The RAM block that the last page of a channel named: of the main channel (0), and of the preempt channel (1). */
  lastBlock?: (PeerBlock | undefined)[];
  /** What the dirty-bitmap loader remembers from section to section. */
  bitmaps?: BitmapLoad;
  /** Sections that have begun, by their id. */
  readonly sections: Map<number, LoadedSection>;
  /** The id with which each device's state was loaded last, see `deviceOf()`. */
  readonly ids: Map<string, number>;
  /** RAM blocks that the other side announced, and that are not known to be refused. */
  readonly announced: Map<string, PeerBlock>;
  /** ENABLE_COLO was read. */
  colo?: boolean;
  /** What the guest was doing when it was saved, where that was told and is known. */
  runState?: string;
  /** Machine type that the configuration named. */
  receivedMachine?: string;
  /** Loads the sections in `file` until its end, as a package's are. */
  loadSections(load: Load): Generator<undefined, LoadFailure | undefined, undefined>;
}

/** Which device a section is of, as a key. */
export function deviceOf({ idstr, instance }: Pick<LoadedSection, "idstr" | "instance">): string {
  return `${instance} ${idstr}`;
}
