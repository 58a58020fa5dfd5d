/** Bytes of QMP, as they come, to its messages: one JSON object a line. */
export interface LineReader {
  /** Lines that are complete now. Throws a RangeError where one does not end. */
  push(chunk: Uint8Array): readonly string[];
}

/** A reader that refuses a line longer than `most` bytes. */
export function createLineReader(most: number): LineReader {
  const decoder = new TextDecoder("utf-8");
  let kept: Uint8Array[] = [];
  let size = 0;
  return {
    push(chunk) {
      const lines: string[] = [];
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        lines.push(take(chunk.subarray(from, at)));
        from = at + 1;
      }
      keep(chunk.subarray(from));
      return lines.filter((line) => line.trim() !== "");
    },
  };

  function keep(part: Uint8Array): void {
    if (part.length === 0) return;
    size += part.length;
    if (size > most) throw new RangeError(`a line of more than ${most} bytes`);
    kept.push(part.slice());
  }

  function take(part: Uint8Array): string {
    keep(part);
    const line = decoder.decode(Buffer.concat(kept));
    kept = [];
    size = 0;
    return line;
  }
}
