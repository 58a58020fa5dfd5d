import { createSummariser } from "../../codec/index.ts";
import type { SaveImageFacts } from "../../compat/index.ts";
import { qemuSetup } from "../../compat/peers/libvirt/qemu-setup.ts";
import { UsageError } from "../exit.ts";
import { readImage } from "../image/read-image.ts";
import { closeInput } from "../io.ts";
import type { Source } from "../jobs.ts";
import type { Output } from "../output.ts";
import { inflate } from "../payload/feed-payload.ts";
import { printable } from "../printable.ts";
import { openQcow2 } from "../qcow2/read-qcow2.ts";
import { onlySnapshot } from "../snapshot-choice.ts";
import { readerOf } from "./stream-tape.ts";
import { type Again, destinationsOf, mainChannel, openAgain, type Tape } from "./tape.ts";

/** A save image: its payload is what libvirt gives to QEMU, and all of it what libvirt itself goes by. */
export interface ImageTape extends Tape {
  readonly facts: SaveImageFacts;
}

/** The stream in a save image. */
export async function imageTape(source: Source, again: Again, output: Output): Promise<ImageTape> {
  const summariser = createSummariser();
  const { facts, payload } = await readImage(source.open(), summariser, output);
  return {
    facts,
    ...(payload && { offset: payload.offset }),
    channels: [mainChannel(summariser.summary())],
    setup: { ...qemuSetup(facts), transport: "file" },
    ...readOf(facts, payload?.offset ?? 0),
    sides: ["destination"],
    async play(targets) {
      const input = openAgain(again);
      try {
        const destinations = destinationsOf(targets);
        const connection = destinations.connect();
        if (!payload) return;
        const bytes = { fd: input.fd, offset: payload.offset, size: input.size ?? 0 };
        const take = (chunk: Uint8Array) => destinations.push(connection, chunk);
        await inflate(bytes, payload.format, take, input.limits, () => {});
      } finally {
        closeInput(input);
      }
    },
  };
}

/** The findings in a compressed stream count from its own beginning. */
function readOf({ payload }: SaveImageFacts, offset: number): Pick<Tape, "read"> {
  if (!payload?.stream) return {};
  const { summary, findings } = payload.stream;
  return { read: { summary, findings, start: payload.kind === "qevm" ? offset : 0 } };
}

/** The VM state of one snapshot of a qcow2 image. */
export async function snapshotTape(
  source: Source,
  again: Again,
  wanted: string | undefined,
  output: Output,
): Promise<Tape> {
  const summariser = createSummariser();
  const { readSnapshot } = await import("../read-snapshot.ts");
  const { name, stream } = await readSnapshot(source.open(), summariser, wanted, output);
  if (!stream) throw new UsageError(`${printable(name)} holds no VM state`);
  return {
    channels: [mainChannel(summariser.summary())],
    setup: { transport: "file" },
    sides: ["destination"],
    async play(targets) {
      const input = openAgain(again);
      const image = await openQcow2(input);
      try {
        const snapshot = onlySnapshot(image, wanted);
        if (!snapshot) return;
        const destinations = destinationsOf(targets);
        const connection = destinations.connect();
        await image.feed(
          snapshot,
          readerOf((chunk) => destinations.push(connection, chunk)),
        );
      } finally {
        image.close();
        closeInput(input);
      }
    },
  };
}
