import { type Finding, SAVE_MAGIC, type SaveFormat } from "../../../codec/index.ts";
import { encodeText } from "../../../codec/layout/index.ts";
import { type FileSystem, nodeFileSystem, writeFully } from "../../durable/file-system.ts";
import { newFile } from "../../durable/new-file.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../../exit.ts";
import { newHead } from "../../image/new-head.ts";
import { mustBeCookie, mustBeDomain, readTextFile } from "../../image/new-xml.ts";
import { tell } from "../../image/unwrap-image.ts";
import { streamErrors } from "../../image/wrap-check.ts";
import { openStream, type StreamToWrap, wrapMapped, wrapPlain } from "../../image/wrap-stream.ts";
import { closeInput } from "../../io.ts";
import type { Output } from "../../output.ts";
import { printable } from "../../printable.ts";

export interface WrapOptions {
  /** The domain XML. */
  readonly xml: string;
  /** The image to write. */
  readonly output?: string;
  readonly format?: SaveFormat;
  /** The save cookie. */
  readonly cookie?: string;
  /** The guest stays paused after a restore. */
  readonly paused?: boolean;
  /** Leaves the image marked as unfinished. */
  readonly partial?: boolean;
  /** Replaces a file that exists; keeps an image of a stream that is not whole, marked as unfinished. */
  readonly force?: boolean;
}

/** Makes an image of a stream and a domain XML, as libvirt writes it. It is marked as complete last, and only if it verifies. */
export async function wrap(
  name: string,
  options: WrapOptions,
  output: Output,
  fs: FileSystem = nodeFileSystem,
): Promise<ExitStatus> {
  const { output: to = "-", paused = false, partial = false, force = false } = options;
  if (to === "-")
    throw new UsageError(
      "an image is marked as complete last, so it cannot go through a pipe: name a file with -o",
    );
  if (name === "-" && options.xml === "-") throw new UsageError("stdin is either the stream or the XML");
  const xml = readTextFile(options.xml);
  const domain = mustBeDomain(options.xml, xml);
  const cookie = options.cookie === undefined ? undefined : readTextFile(options.cookie);
  if (options.cookie !== undefined && cookie) mustBeCookie(options.cookie, cookie);
  const stream = openStream(name);
  try {
    const format = formatFor(stream, options.format);
    const head = newHead({ xml, cookie, format, wasRunning: !paused });
    const warn = (text: string) => output.err(`migwire: ${text}\n`);
    const file = newFile(to, force, { fs, warn });
    try {
      writeFully(fs, file.fd, head, null);
      const work = { stream, fd: file.fd, at: head.length, fs, output };
      const result = stream.mapped ? await wrapMapped(work) : await wrapPlain(work, format);
      const errors: readonly Finding[] = streamErrors(result, domain, result.broken);
      if (errors.length > 0) tell(errors, { output, fs });
      if (errors.length > 0 && !partial && !force) {
        warn(
          `${printable(name)} does not verify (${result.verdict}), so ${printable(to)} was not written; --partial writes it, marked as unfinished`,
        );
        return FINDINGS;
      }
      const complete = errors.length === 0 && !partial;
      fs.sync(file.fd);
      if (complete) writeFully(fs, file.fd, encodeText(SAVE_MAGIC), 0);
      file.commit();
      const mark = complete ? "complete" : "partial";
      output.out(
        `${printable(to)}: ${format}, ${mark}, ${paused ? "paused" : "running"}, stream at ${head.length}\n`,
      );
      return errors.length > 0 ? FINDINGS : CLEAN;
    } finally {
      file.discard();
    }
  } finally {
    closeInput(stream.input);
  }
}

/** Pages of a mapped-ram stream have fixed places: nothing but the sparse format keeps them, and it keeps nothing else. */
function formatFor({ name, mapped }: StreamToWrap, wanted: SaveFormat | undefined): SaveFormat {
  const format = wanted ?? (mapped ? "sparse" : "raw");
  if (mapped && format !== "sparse")
    throw new UsageError(`${printable(name)} is a mapped-ram stream: only --format sparse can hold it`);
  if (!mapped && format === "sparse")
    throw new UsageError(
      `${printable(name)} is not a mapped-ram stream: virsh restore refuses one without it in a sparse image`,
    );
  return format;
}
