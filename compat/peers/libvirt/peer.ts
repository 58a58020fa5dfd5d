import type { Endian } from "../../../codec/layout/index.ts";

/** A host that is asked to restore an image. */
export interface LibvirtPeer {
  readonly libvirt: string;
  /** The emulator behind it. Without it what libvirt itself does is all there is to say, but for releases that were run. */
  readonly qemu?: string;
  /** A domain that is defined there; in place of the one in the image, for a managed save. */
  readonly domain?: {
    readonly name?: string;
    readonly uuid?: string;
    /** It runs, or is paused. */
    readonly active?: boolean;
  };
  /** Where the image is, as error texts and logs name it. */
  readonly path?: string;
  /** Byte order of the host; little unless told otherwise. */
  readonly endian?: Endian;
}

/** How far a statement can be trusted. */
export type Confidence = "observed" | "modelled" | "unknown";

interface Told {
  /** As `virsh` shows it behind `error: `; absent where it is not known. */
  readonly error?: string;
  /** An ellipsis in the text stands for what depends on more than the image and the release. */
  readonly partial?: true;
}

export interface DumpxmlOutcome extends Told {
  /** `absent`: the release has no such command. */
  readonly outcome: "ok" | "fails" | "daemon-aborts" | "absent" | "unknown";
}

export interface RestoreOutcome extends Told {
  readonly outcome: "runs" | "paused" | "fails" | "hangs" | "daemon-aborts" | "unknown";
  /** Where it stops. */
  readonly stage?: string;
}

export interface ManagedStartOutcome extends Told {
  /** `nothing-runs`: the start is reported as done, and it is not. `absent`: the release has no managed save. */
  readonly outcome:
    | "restored"
    | "paused"
    | "boots-fresh"
    | "fails"
    | "hangs"
    | "daemon-aborts"
    | "nothing-runs"
    | "absent"
    | "unknown";
  /** What becomes of the image. */
  readonly file: "kept" | "removed" | "unknown";
  readonly stage?: string;
  /** What the daemon logs of it. */
  readonly log?: string;
}

/** What is worth saying beside the outcomes. */
export type LibvirtRemark =
  | "qemu-unknown"
  | "release-unknown"
  | "window-of-doubt"
  | "managed-save-deleted"
  | "guest-boots-fresh"
  | "start-fails-once"
  | "reported-as-started";

/** What one release does with one image. */
export interface LibvirtPrediction {
  readonly libvirt: string;
  readonly qemu: string | null;
  readonly confidence: Confidence;
  readonly dumpxml: DumpxmlOutcome;
  readonly restore: RestoreOutcome;
  readonly managedStart: ManagedStartOutcome;
  readonly remarks: readonly LibvirtRemark[];
}
