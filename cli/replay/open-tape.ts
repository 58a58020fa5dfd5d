import { UsageError } from "../exit.ts";
import type { Job } from "../jobs.ts";
import type { Output } from "../output.ts";
import { captureTape } from "./capture-tape.ts";
import { channelsTape } from "./channels-tape.ts";
import { type ImageTape, imageTape, snapshotTape } from "./image-tape.ts";

import { streamTape } from "./stream-tape.ts";
import type { Tape } from "./tape.ts";

export interface TapeOptions {
  /** Which migration of a capture. */
  readonly migration?: number;
  /** Which snapshot of a qcow2 image. */
  readonly snapshot?: string;
}

/** Looks at an input, so that it can be given to peers. `find` opens it, once for each time it is read. */
export async function openTape(
  find: () => Exclude<Job, { kind: "refused" }>,
  { migration, snapshot }: TapeOptions,
  output: Output,
): Promise<Tape | ImageTape> {
  const job = find();
  const again = () => {
    const found = find();
    return "source" in found ? [found.source] : found.sources;
  };
  if (migration !== undefined && job.kind !== "capture")
    throw new UsageError("--migration picks one of a capture: this is none");
  switch (job.kind) {
    case "stream":
      return await streamTape(job.source, again, output);
    case "save-image":
      return await imageTape(job.source, again, output);
    case "qcow2":
      return await snapshotTape(job.source, again, snapshot, output);
    case "capture":
      return await captureTape(job, again, migration, output);
    default:
      return await channelsTape(job, again, output);
  }
}
