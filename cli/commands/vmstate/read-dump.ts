import type { VmstateFinding } from "../../../compat/vmstate/finding.ts";
import { type ParsedDump, parseDump } from "../../../compat/vmstate/parse-dump.ts";
import { UsageError } from "../../exit.ts";
import { closeInput, openInput, readAll } from "../../io.ts";
import { printable } from "../../printable.ts";

/** QEMU's own dumps have about one MiB. */
const MOST_BYTES = 64 << 20;

/** A file, plain or gzip, or stdin for `-`, with what is wrong with it. */
export async function readDump(
  name: string,
): Promise<ParsedDump | { readonly dump: null; readonly findings: readonly VmstateFinding[] }> {
  const input = openInput(name, 0);
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  try {
    const { problem } = await readAll(input, (chunk) => {
      size += chunk.length;
      if (size > MOST_BYTES)
        throw new UsageError(`${printable(name)}: more than 64 MiB are no dump of QEMU's`);
      text += decoder.decode(chunk, { stream: true });
      return undefined;
    });
    if (problem) throw new UsageError(`${printable(name)}: what it is compressed with is damaged or cut off`);
  } finally {
    closeInput(input);
  }
  return parseDump(text + decoder.decode());
}
