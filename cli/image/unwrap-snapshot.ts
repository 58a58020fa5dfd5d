import type { ChannelReader } from "../../codec/index.ts";
import { type ExitStatus, UsageError } from "../exit.ts";
import { closeInput, type Input } from "../io.ts";
import { printable } from "../printable.ts";
import { startProgress } from "../progress.ts";
import { type OpenedQcow2, openQcow2 } from "../qcow2/read-qcow2.ts";
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
      const snapshot = chosen(qcow2, wanted);
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

  function chosen({ snapshots, findings, readable }: OpenedQcow2, id: string | undefined) {
    const withState = snapshots.filter(({ vmStateSize }) => vmStateSize > 0);
    const list = withState.map((snapshot) => `${snapshot.id} (${printable(snapshot.name)})`).join(", ");
    if (!readable) {
      tell(findings, tools);
      throw new UsageError(`the VM states of ${printable(name)} cannot be read`);
    }
    if (withState.length === 0) throw new UsageError(`${printable(name)} has no snapshot with a VM state`);
    if (id === undefined && withState.length > 1)
      throw new UsageError(`${printable(name)} has several snapshots, choose one with --snapshot: ${list}`);
    const found =
      id === undefined
        ? withState[0]
        : (withState.find((snapshot) => snapshot.name === id) ??
          withState.find((snapshot) => snapshot.id === id));
    if (found) return found;
    throw new UsageError(
      `${printable(name)} has no snapshot ${printable(id ?? "")} with a VM state, but ${list}`,
    );
  }
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
