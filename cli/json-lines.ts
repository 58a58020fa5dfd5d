import { createByteBuilder } from "../codec/layout/bytes.ts";
import { UsageError } from "./exit.ts";
import { closeInput, openInput, readAll } from "./io.ts";
import type { Output } from "./output.ts";

/** Bytes of one line; hex takes two characters a byte. */
const LONGEST_LINE = 64 << 20;
const NEWLINE = 0x0a;

/** Gives every line of an input that is not blank, as it comes. `pause`: what has been read so far has been given. */
export async function eachLine(
  name: string,
  line: (text: string) => void,
  pause: () => void = () => {},
): Promise<void> {
  const lines = splitter(line);
  const input = openInput(name, 0);
  try {
    await readAll(input, (chunk) => {
      lines.push(chunk);
      pause();
    });
  } finally {
    closeInput(input);
  }
  lines.finish();
  pause();
}

/** Characters of output that are kept until they are written together. */
const MOST_KEPT = 1 << 16;

/** Joins lines of output until they are written, so that many short ones cost few system calls. */
export function lineWriter(output: Output) {
  let kept = "";
  const flush = () => {
    if (kept !== "") output.out(kept);
    kept = "";
  };
  return {
    line(document: unknown): void {
      kept += `${JSON.stringify(document)}\n`;
      if (kept.length > MOST_KEPT) flush();
    },
    flush,
  };
}

function splitter(line: (text: string) => void) {
  const decoder = new TextDecoder();
  let kept = createByteBuilder();
  const give = (bytes: Uint8Array) => {
    const text = decoder.decode(bytes).trim();
    if (text !== "") line(text);
  };
  const flush = () => {
    if (kept.length > 0) give(kept.view());
    kept = createByteBuilder();
  };
  return {
    push(chunk: Uint8Array): void {
      let at = 0;
      for (let end = chunk.indexOf(NEWLINE, at); end >= 0; end = chunk.indexOf(NEWLINE, at)) {
        const bytes = chunk.subarray(at, end);
        at = end + 1;
        if (kept.length === 0) give(bytes);
        else {
          kept.append(bytes);
          flush();
        }
      }
      kept.append(chunk.subarray(at));
      if (kept.length > LONGEST_LINE) throw new UsageError(`a line is longer than ${LONGEST_LINE} bytes`);
    },
    finish: flush,
  };
}
