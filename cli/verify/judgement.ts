import type { LibvirtPrediction } from "../../compat/index.ts";
import type { Remark } from "../findings.ts";
import type { ImageReading } from "../image/read-image.ts";
import type { Paint } from "../output.ts";
import type { Verdict } from "../verdict.ts";
import type { Survivors } from "./survivors.ts";

/** One input, several that are one migration, or one snapshot of an input, judged. */
export interface Judgement {
  readonly name: string;
  /** Names of the files, where they are several. */
  readonly inputs?: readonly string[];
  readonly container: string | null;
  readonly verdict: Verdict;
  readonly remarks: readonly Remark[];
  readonly untold: Readonly<Record<string, number>>;
  /** Bytes, where the input is a file that stands by itself. */
  readonly size?: number;
  /** What the surroundings lacked to judge it; the verdict is then not to be relied on. */
  readonly unjudged?: boolean;
  readonly image?: ImageDetails;
  readonly snapshot?: SnapshotDetails;
  /** What releases of libvirt would do with the file. */
  readonly libvirt?: readonly LibvirtPrediction[];
}

export interface ImageDetails {
  readonly reading: ImageReading;
  readonly survives: Survivors | null;
  /** What the image says of itself, for people. */
  render(paint: Paint): string;
}

/** A snapshot of a qcow2, as its table tells, and the machine that its state tells of. */
export interface SnapshotDetails {
  readonly id: string;
  readonly name: string;
  readonly date: string;
  /** Nanoseconds that the guest had run; decimal. */
  readonly vmClock: string;
  /** Bytes of VM state. */
  readonly size: number;
  readonly machine: string | null;
}

/** Takes judgements as they come. They are not kept: their images may be many. */
export interface Reporter {
  judged(judgement: Judgement): void;
  /** An input that could not be read. */
  refused(error: Error): void;
  /** Nothing more comes. */
  end(): void;
}
