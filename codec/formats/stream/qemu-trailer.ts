import type { Steps } from "../../layout/index.ts";
import { describeDevice, flushDevices } from "./qemu-device.ts";
import { VMDESCRIPTION, VmDescriptionHeader } from "./qemu-file.ts";
import { find, type Reader } from "./qemu-reader.ts";
import { tellRam, tellRoll } from "./qemu-roll.ts";
import { createVmdescReader } from "./vmdesc.ts";

const SPACE = 0x20;

/** Reads what follows EOF: the vmdescription, which explains the devices kept so far, and then nothing more. */
export function* readTrailer(reader: Reader): Steps {
  const { cursor } = reader;
  if ((yield* cursor.upTo(1)) === 1 && cursor.bytes[cursor.at] === VMDESCRIPTION) {
    const { offset } = cursor;
    yield* readVmdesc(reader);
    flushDevices(reader);
    tellRoll(reader, offset);
    tellRam(reader);
  } else flushDevices(reader);
  reader.complete = true;
  yield* readRest(reader);
}

function* readVmdesc(reader: Reader): Steps {
  const { cursor, ram, sink } = reader;
  const offset = cursor.offset;
  const { length } = yield* cursor.struct(VmDescriptionHeader);
  const start = cursor.offset;
  let configuration = false;
  const vmdesc = createVmdescReader({
    device: (description) => describeDevice(reader, description),
    configuration: () => {
      configuration = true;
    },
    pageSize: (size) => {
      if (size !== ram.pageSize)
        find(reader, "RAM_PAGE_SIZE_ANNOUNCED", "error", offset, { expected: size, found: ram.pageSize });
    },
    problem: ({ offset: within, expected, found }) =>
      find(reader, "VMDESC_WELL_FORMED", "warning", start + within, { expected, found }),
  });
  const spaced = (yield* cursor.upTo(Math.min(length, 2))) === 2 && cursor.bytes[cursor.at + 1] === SPACE;
  for (let left = length; left > 0; ) {
    yield* cursor.need(1, "vmdescription");
    const take = Math.min(left, cursor.end - cursor.at);
    vmdesc.push(cursor.bytes.subarray(cursor.at, cursor.at + take));
    cursor.at += take;
    left -= take;
  }
  vmdesc.finish();
  const field = { kind: "bytes", length, doc: "JSON text." } as const;
  if (length > 0) cursor.trace?.({ path: "vmdescription", start, end: start + length, value: length, field });
  sink.event({ kind: "vmdesc", vmdesc: { offset, length, spaced, configuration } });
}

/** Bytes behind the end of the stream: padding of a container if all zero, else somebody else's. */
function* readRest(reader: Reader): Steps {
  const { cursor } = reader;
  const start = cursor.offset;
  let zero = true;
  while ((yield* cursor.upTo(1)) === 1) {
    for (let i = cursor.at; zero && i < cursor.end; i++) zero = cursor.bytes[i] === 0;
    cursor.at = cursor.end;
  }
  const length = cursor.offset - start;
  if (length === 0) return;
  const field = { kind: "bytes", length, doc: "Bytes behind the end of the stream." } as const;
  cursor.trace?.({ path: "rest", start, end: start + length, value: length, field });
  find(reader, "DATA_ENDS_WITH_STREAM", zero ? "note" : "warning", start, { length });
}
