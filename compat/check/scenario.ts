/** A device as its command line would have it. */
export interface ScenarioDevice {
  readonly driver: string;
  /** Slot on its bus, or slot and function (`5`, `5.0`); without it the next free one. */
  readonly addr?: number | string;
  readonly id?: string;
  /** Further properties, as `-device` takes them. */
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
}

/** A dirty bitmap and the block node that it is on. */
export interface ScenarioBitmap {
  readonly node: string;
  readonly name: string;
}

/** One end of a scenario, as `design.md` has it. */
export interface ScenarioPeer {
  /** Exact version, such as `7.2.22`. */
  readonly qemu: string;
  /** What distinguishes the build: `Debian 1:7.2+dfsg-7+deb12u18`. */
  readonly build?: string;
  readonly machine?: string;
  readonly capabilities?: Readonly<Record<string, boolean>>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly cpus?: number;
  readonly memoryMiB?: number;
  readonly uuid?: string;
  /** Bytes of a page of what RAM blocks are backed with, by their name, where that is not 4 KiB: `{ "pc.ram": 2097152 }`. */
  readonly pageSizes?: Readonly<Record<string, number>>;
  /** Besides those of the machine itself, in the order in which QEMU makes them; absent: none. */
  readonly devices?: readonly ScenarioDevice[];
  readonly bitmaps?: readonly ScenarioBitmap[];
  /** Block nodes by which incoming bitmaps are found; absent: none. */
  readonly nodes?: readonly string[];
  /** What the peer itself tells that it has. */
  readonly states?: PeerStatement;
}

/** What an inventory says of a peer; it counts more than what the version implies. */
export interface PeerStatement {
  /** Every capability that query-migrate-capabilities lists. */
  readonly capabilities?: readonly string[];
  /** Every parameter that query-migrate-parameters lists. */
  readonly parameters?: readonly string[];
  /** Every machine type that query-machines lists, and its aliases. */
  readonly machines?: readonly string[];
}

export const TRANSPORTS = ["tcp", "unix", "file", "exec", "fd"] as const;
export type Transport = (typeof TRANSPORTS)[number];

export const MODES = ["precopy", "postcopy", "postcopy-recovery", "save-and-restore"] as const;
export type Mode = (typeof MODES)[number];

/** Two ends, how they are connected, and what is done. */
export interface Scenario {
  readonly id?: string;
  readonly source: ScenarioPeer;
  readonly destination: ScenarioPeer;
  /** TCP unless told. */
  readonly transport?: Transport;
  /** Precopy unless told. */
  readonly mode?: Mode;
  /** What the guest does meanwhile, in words: `several dirty passes in which data pages turn to zero`. */
  readonly workload?: string;
}
