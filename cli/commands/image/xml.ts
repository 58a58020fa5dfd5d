import { type FileSystem, nodeFileSystem } from "../../durable/file-system.ts";
import { CLEAN, type ExitStatus, UsageError } from "../../exit.ts";
import { mustBeImage, readHead } from "../../image/image-head.ts";
import { settle } from "../../image/settle.ts";
import { textBytes } from "../../image/xml-room.ts";
import { openInput } from "../../io.ts";
import type { Output } from "../../output.ts";
import { printable } from "../../printable.ts";

export interface XmlOptions {
  /** The save cookie instead. */
  readonly cookie?: boolean;
}

/** Writes the domain XML of an image, byte for byte. */
export async function xml(
  name: string,
  { cookie = false }: XmlOptions,
  output: Output,
  fs: FileSystem = nodeFileSystem,
): Promise<ExitStatus> {
  await settle(name, output, fs);
  const input = openInput(name, 0);
  const beginning = input.first;
  const head = await readHead(input);
  const image = mustBeImage(head, beginning);
  const text = cookie ? image.cookie : image.xml;
  const what = cookie ? "save cookie" : "XML";
  if (!text) throw new UsageError(`${printable(name)} has no ${what}`);
  const bytes = textBytes(head.bytes, text);
  if (bytes.length < text.length)
    throw new UsageError(`the ${what} of ${printable(name)} has ${text.length} bytes, more than are shown`);
  if (output.bytes) output.bytes(bytes);
  else output.out(new TextDecoder().decode(bytes));
  return CLEAN;
}
