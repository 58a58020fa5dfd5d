import { SAVE_MAGIC, SAVE_MAGIC_PARTIAL } from "../../../codec/formats/libvirt/save-header.ts";
import { encodeText } from "../../../codec/layout/index.ts";
import { applyEdit, trim, withImage } from "../../durable/edit.ts";
import { type FileSystem, nodeFileSystem } from "../../durable/file-system.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../../exit.ts";
import { findingLines } from "../../finding-lines.ts";
import { onStream } from "../../findings.ts";
import { mustBeImage, readHead } from "../../image/image-head.ts";
import { readImage } from "../../image/read-image.ts";
import { openInput } from "../../io.ts";
import { type Output, painter } from "../../output.ts";
import { printable } from "../../printable.ts";
import { judgeImage } from "../../verify/judge-image.ts";

const MARKS: readonly string[] = ["partial", "complete"];

export interface MarkOptions {
  /** Marks an image as complete whatever is in it. */
  readonly force?: boolean;
}

/** What a complete mark on an image does that was not complete before. */
const RISKS = [
  "libvirt checks nothing but this mark: from now on it hands the stream to QEMU as it is.",
  "If the save was cancelled, or libvirtd was killed, the guest was resumed: its disks have moved on since. Restoring memory of then onto disks of now corrupts their file systems. Restore it only onto disks as they were at the time of the save.",
];
const FORCED = [
  "The stream does not verify: a restore fails within QEMU, or hangs, and of a managed save some releases of libvirt remove the file.",
];

/** Says in the first 16 bytes of an image that its stream is whole, or that it is not. Nothing else is changed. */
export async function mark(
  name: string,
  as: string,
  { force = false }: MarkOptions,
  output: Output,
  fs: FileSystem = nodeFileSystem,
): Promise<ExitStatus> {
  if (!MARKS.includes(as))
    throw new UsageError(`an image is marked as ${MARKS.join(" or ")}, not as ${printable(as)}`);
  const say = (text: string) => output.err(`migwire: ${text}\n`);
  return await withImage(name, { fs, warn: say }, async (image) => {
    const input = openInput(image.path, 0);
    const beginning = input.first;
    const head = await readHead(input);
    const { magic } = mustBeImage({ ...head, name }, beginning);
    const fresh = encodeText(as === "complete" ? SAVE_MAGIC : SAVE_MAGIC_PARTIAL);
    const edit = trim({ offset: 0, old: beginning.slice(0, fresh.length), fresh });
    if (!edit) {
      output.out(`${printable(name)}: is marked as ${as} already, nothing is written\n`);
      return CLEAN;
    }
    if (as === "complete") {
      const reading = await readImage(openInput(image.path, 0), { event: () => {} }, output);
      const { content, findings, streamFindings, untold } = judgeImage(reading);
      if (content !== "whole" && !force) {
        const errors = [...findings, ...streamFindings].filter(({ level }) => level === "error");
        output.err(findingLines(onStream(errors), painter(output), untold));
        say(
          `${printable(name)} does not verify as whole (${content}), so it is not marked: see “migwire verify”; --force marks it all the same`,
        );
        return FINDINGS;
      }
      for (const risk of content === "whole" ? RISKS : [...FORCED, ...RISKS]) say(risk);
    }
    applyEdit(image, edit, fs);
    output.out(`${printable(name)}: ${magic} → ${as}\n`);
    return CLEAN;
  });
}
