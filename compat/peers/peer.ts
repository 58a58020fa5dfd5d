import type { Steps } from "../../codec/layout/index.ts";
import { findRelease } from "../releases.ts";
import type { MigrationStatus } from "./ending.ts";
import { PAGE_SIZE } from "./page-size.ts";

/** A RAM block that a destination has. */
export interface PeerBlock {
  readonly idstr: string;
  /** Bytes. */
  readonly length: number;
}

export interface PeerOptions {
  readonly machine?: string;
  /** As set with migrate-set-capabilities; others are off. */
  readonly capabilities?: Readonly<Record<string, boolean>>;
  /** As set with migrate-set-parameters; others have the release's defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Where in its file a stream begins: places within a mapped-ram file count from the file's beginning. */
  readonly offset?: number;
  /** How it is reached: over TCP unless told. */
  readonly transport?: "tcp" | "unix" | "file" | "exec" | "fd";
  /** UUID of the guest; without it all zero and not set. */
  readonly uuid?: string;
  /** Main memory; without `blocks` the machine's blocks are made of it. */
  readonly memoryMiB?: number;
  /** The RAM blocks, where they are known; otherwise those the other side announces. */
  readonly blocks?: readonly PeerBlock[];
  /** Page sizes of the backing of blocks, where they are not the host's 4 KiB. */
  readonly pageSizes?: Readonly<Record<string, number>>;
  /** Block nodes it has, with the device name their backend has, if any, and the bitmaps already there. */
  readonly nodes?: readonly {
    readonly node: string;
    readonly device?: string;
    readonly bitmaps?: readonly string[];
    /** Bytes of its disk. */
    readonly length?: number;
  }[];
}

/** A QEMU of an exact release, with what was set on it. */
export interface QemuPeer extends PeerOptions {
  readonly product: "qemu";
  readonly version: string;
}

/** `qemu-7.2.22` with its settings. Throws a RangeError for a release that does not exist. */
export function qemuPeer(name: string, options: PeerOptions = {}): QemuPeer {
  const version = /^qemu-(\d+\.\d+(?:\.\d+){0,2})$/.exec(name)?.[1];
  if (version === undefined || !findRelease("qemu", version))
    throw new RangeError(`${name} is no release of QEMU: qemu-7.2.22, say`);
  return { ...options, product: "qemu", version };
}

export function capable({ capabilities }: PeerOptions, capability: string): boolean {
  return (
    capabilities !== undefined && Object.hasOwn(capabilities, capability) && capabilities[capability] === true
  );
}

/** Bytes of a page of what a block is backed by. */
export function pageSizeOf({ pageSizes = {} }: PeerOptions, idstr: string): number {
  return (Object.hasOwn(pageSizes, idstr) ? pageSizes[idstr] : undefined) ?? PAGE_SIZE;
}

/** What a source is doing while its return path is read, or that a process is a destination. */
export type Phase = "precopy" | "postcopy" | "incoming";

/** What a destination's receivers act upon: the process they are part of. */
export interface Host {
  readonly peer: QemuPeer;
  /** A line on stderr. */
  print(line: string): void;
  /** `status` of query-migrate from here on. */
  become(status: MigrationStatus): void;
  status(): MigrationStatus | null;
  /** Bytes on the return path. */
  reply(bytes: Uint8Array): void;
  /**
   * Waits until a SYNC packet came on every multifd channel, and lets the channels go on, as the main channel does at a
   * flush, or at the end of a RAM section. Absent where multifd is off.
   */
  awaitMultifd?(): Steps;
}
