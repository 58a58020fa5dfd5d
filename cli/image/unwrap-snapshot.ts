import type { ChannelReader, Qcow2Snapshot } from "../../codec/index.ts";
import { type ExitStatus, UsageError } from "../exit.ts";
import { closeInput, type Input } from "../io.ts";
import { printable } from "../printable.ts";
import { startProgress } from "../progress.ts";
import { type OpenedQcow2, openQcow2 } from "../qcow2/read-qcow2.ts";
import { onlySnapshot } from "../snapshot-choice.ts";
import { tell, told } from "./unwrap-image.ts";
import type { Target, Tools } from "./unwrap-target.ts";
import { watchStream } from "./watch-stream.ts";

/** Takes the stream of an internal snapshot out of a qcow2 image. */
export async function unwrapSnapshot(
  input: Input,
  wanted: string | undefined,
  open: () => Target,
  tools: Tools,
): Promise<ExitStatus> {
  const { name } = input;
  try {
    const qcow2 = await openQcow2(input);
    try {
      const snapshot = mustChoose(qcow2, wanted, tools);
      const watched = watchStream();
      const target = open();
      const progress = startProgress({ name, size: snapshot.vmStateSize }, tools.output);
      try {
        const reader = copying(watched.reader, target, name);
        const { findings } = await qcow2.feed(snapshot, reader, progress.update);
        target.commit();
        return told(name, watched.result(name), findings, tools);
      } finally {
        progress.stop();
        target.discard();
      }
    } finally {
      qcow2.close();
    }
  } finally {
    closeInput(input);
  }
}

function mustChoose(qcow2: OpenedQcow2, wanted: string | undefined, tools: Tools): Qcow2Snapshot {
  const name = printable(qcow2.name);
  if (!qcow2.readable) {
    tell(qcow2.findings, tools);
    throw new UsageError(`the VM states of ${name} cannot be read`);
  }
  const snapshot = onlySnapshot(qcow2, wanted);
  if (!snapshot) throw new UsageError(`${name} has no snapshot with a VM state`);
  return snapshot;
}

/** Writes what comes, and lets it be read. Missing bytes cannot be written, and without them the rest is of no use. */
function copying(reader: ChannelReader, target: Target, name: string): ChannelReader {
  return {
    push(chunk) {
      target.write(chunk);
      reader.push(chunk);
    },
    lose(count) {
      throw new UsageError(
        `${count} bytes of the VM state are not in ${printable(name)}: nothing of it is kept. “migwire verify” says which`,
      );
    },
    finish: () => reader.finish(),
    skippable: 0,
    skip: () => {},
  };
}
