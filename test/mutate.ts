import { concat } from "./streams.ts";

/** Damages a copy of `data` in one to four places: bits, bytes, lost, added and repeated ranges, runs of 0xff and 0. */
export function mutate(data: Uint8Array, random: () => number): Uint8Array {
  let copy = data.slice();
  const times = 1 + Math.floor(random() * random() * 4);
  for (let i = 0; i < times && copy.length > 0; i++) copy = mutateOnce(copy, random);
  return copy;
}

function mutateOnce(data: Uint8Array<ArrayBuffer>, random: () => number): Uint8Array<ArrayBuffer> {
  const below = (limit: number) => Math.floor(random() * limit);
  // Headers are few and pages are many: half of all damage goes where the headers are.
  const at = below(2) === 0 ? below(data.length) : interesting(data, below);
  const length = 1 + below(below(4) === 0 ? 600 : 12);
  const end = Math.min(data.length, at + length);
  switch (below(8)) {
    case 0:
    case 1:
      data[at] = (data[at] ?? 0) ^ (1 << below(8));
      return data;
    case 2:
      data[at] = below(256);
      return data;
    case 3:
      data.fill(0xff, at, end);
      return data;
    case 4:
      data.fill(0, at, end);
      return data;
    case 5:
      return concat(data.subarray(0, at), data.subarray(end));
    case 6:
      return concat(data.subarray(0, end), data.subarray(at));
    default:
      return concat(
        data.subarray(0, at),
        Uint8Array.from({ length }, () => below(256)),
        data.subarray(at),
      );
  }
}

/** A place close behind a byte that begins something. */
function interesting(data: Uint8Array, below: (limit: number) => number): number {
  const mark = [0x7e, 0x01, 0x02, 0x03, 0x04, 0x05, 0x07, 0x08][below(8)] ?? 0;
  const found = data.indexOf(mark, below(data.length));
  return found < 0 ? below(data.length) : Math.min(data.length - 1, found + below(12));
}
