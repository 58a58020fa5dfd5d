import { compressionOf } from "../../../codec/index.ts";
import { type FileSystem, nodeFileSystem } from "../../durable/file-system.ts";
import { type ExitStatus, UsageError } from "../../exit.ts";
import { mustBeImage, readHead } from "../../image/image-head.ts";
import { isMappedRam } from "../../image/is-mapped.ts";
import { settle } from "../../image/settle.ts";
import { unwrapMapped, unwrapPlain } from "../../image/unwrap-image.ts";
import { unwrapSnapshot } from "../../image/unwrap-snapshot.ts";
import { openTarget } from "../../image/unwrap-target.ts";
import { closeInput, openInput } from "../../io.ts";
import type { Output } from "../../output.ts";
import { printable } from "../../printable.ts";

const QCOW2_MAGIC = [0x51, 0x46, 0x49, 0xfb];

export interface UnwrapOptions {
  /** The file to write; `-` and nothing is stdout. */
  readonly output?: string;
  /** Replaces a file that exists. */
  readonly force?: boolean;
  /** Name or number of the snapshot in a qcow2. */
  readonly snapshot?: string;
}

/** Takes the bare stream out of an image, decompressed. */
export async function unwrap(
  name: string,
  options: UnwrapOptions,
  output: Output,
  fs: FileSystem = nodeFileSystem,
): Promise<ExitStatus> {
  const { output: to = "-", force = false, snapshot } = options;
  const tools = { output, fs };
  await settle(name, output, fs);
  const looked = openInput(name, 0);
  if (QCOW2_MAGIC.every((byte, i) => byte === looked.first[i]))
    return await unwrapSnapshot(looked, snapshot, () => openTarget(to, force, tools), tools);
  if (snapshot !== undefined) {
    closeInput(looked);
    throw new UsageError(`${printable(name)} is not a qcow2 image: it has no snapshots`);
  }
  if (!looked.seekable || looked.compression) {
    closeInput(looked);
    const why = looked.compression ? `compressed as a whole (${looked.compression})` : "a pipe";
    throw new UsageError(`${printable(name)} is ${why}: put the image itself into a file first`);
  }
  const beginning = looked.first;
  const head = await readHead(looked);
  const image = mustBeImage(head, beginning);
  if (image.magic !== "complete")
    output.err(`migwire: ${printable(name)} is not marked as complete: its stream may not be whole\n`);
  const found = compressionOf(head.first);
  const expected = image.compression === "raw" || image.compression === "sparse" ? null : image.compression;
  if (found !== expected)
    output.err(
      `migwire: the header of ${printable(name)} says ${image.compression ?? `format ${image.format}`}, the stream is ${found ?? "not compressed"}: it is taken for what it is\n`,
    );
  const input = openInput(name, image.payloadOffset);
  try {
    const { fd, size = 0 } = input;
    const payload = { name, fd, size, offset: image.payloadOffset, format: found };
    return found === null && isMappedRam(fd, image.payloadOffset)
      ? await unwrapMapped(payload, to, () => openTarget(to, force, tools), tools)
      : await unwrapPlain(payload, () => openTarget(to, force, tools), tools);
  } finally {
    closeInput(input);
  }
}
