import type { Finding, StreamSink } from "../codec/index.ts";
import { closeInput, type Input } from "./io.ts";
import type { Output } from "./output.ts";
import { startProgress } from "./progress.ts";
import { openQcow2 } from "./qcow2/read-qcow2.ts";
import { type OpenStream, openStream } from "./read-stream.ts";
import { onlySnapshot } from "./snapshot-choice.ts";

/** How the VM state of one snapshot went. */
export interface SnapshotReading {
  readonly name: string;
  readonly size: number;
  /** Null where the image holds none. */
  readonly stream: ReturnType<OpenStream["result"]> | null;
  /** About the image; offsets in the file. */
  readonly findings: readonly Finding[];
}

/** Reads the VM state of the only snapshot that has one, or of the one that is named by its id or name. Closes the input. */
export async function readSnapshot(
  input: Input,
  sink: StreamSink,
  wanted: string | undefined,
  output: Output,
): Promise<SnapshotReading> {
  const progress = startProgress(input, output);
  try {
    const image = await openQcow2(input);
    const { name, size, findings } = image;
    try {
      const snapshot = onlySnapshot(image, wanted);
      if (!snapshot) return { name, size, stream: null, findings };
      const stream = openStream(sink, { offset: 0 });
      const delivery = await image.feed(snapshot, stream.reader, progress.update);
      return { name, size, stream: stream.result(), findings: [...findings, ...delivery.findings] };
    } finally {
      image.close();
    }
  } finally {
    progress.stop();
    closeInput(input);
  }
}
