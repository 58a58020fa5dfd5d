import { UsageError } from "./exit.ts";
import { closeInput, openInput, readAll } from "./io.ts";
import { printable } from "./printable.ts";

/** All of a text, plain or compressed; `-` is stdin. Throws a UsageError where it is longer than `what` can be, or no UTF-8. */
export async function readText(name: string, most: number, what: string): Promise<string> {
  const input = openInput(name, 0);
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const { problem } = await readAll(input, (chunk) => {
      size += chunk.length;
      if (size > most) throw new UsageError(`${printable(name)}: longer than ${what} can be`);
      parts.push(chunk.slice());
      return undefined;
    });
    if (problem) throw new UsageError(`${printable(name)}: what it is compressed with is damaged or cut off`);
  } finally {
    closeInput(input);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${printable(name)}: not UTF-8 text`);
    throw error;
  }
}
