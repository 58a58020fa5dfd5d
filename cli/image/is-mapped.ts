import { createStreamReader } from "../../codec/index.ts";
import { CHUNK, readAt } from "../file-bytes.ts";

/** Whether a stream in a file is a mapped-ram one: then its offsets count from the start of the file. */
export function isMappedRam(fd: number, offset: number): boolean {
  const buffer = new Uint8Array(CHUNK);
  return beginsMapped(buffer.subarray(0, readAt(fd, buffer, offset)), offset);
}

/** The same by the first bytes of the stream. */
export function beginsMapped(first: Uint8Array, offset = 0): boolean {
  let mapped = false;
  const reader = createStreamReader(
    {
      event(event) {
        if (event.kind === "configuration") mapped ||= event.capabilities.includes("mapped-ram");
        if (event.kind === "ram-blocks") mapped ||= event.reading.mappedRam;
      },
    },
    { offset },
  );
  reader.push(first);
  return mapped;
}
