import { DESCRIPTION, DEVICES } from "./construct-parts.ts";
import {
  concat,
  configuration,
  eof,
  eos,
  footer,
  header,
  lay,
  normalPage,
  pageOf,
  partHeader,
  ramEnd,
  ramStart,
  zeroPage,
} from "./streams.ts";
import { events } from "./told.ts";

export const PAGE = 4096;
const PAGES = 64;

/** A stream in pieces that damage can be aimed at: RAM in two parts, then two devices and their description. */
function pieces(page: (n: number) => Uint8Array = pageOf) {
  const run = (from: number, to: number) =>
    concat(...Array.from({ length: to - from }, (_, i) => normalPage((from + i) * PAGE, page(from + i))));
  return {
    header: header(),
    configuration: configuration("none"),
    start: ramStart([
      { idstr: "pc.ram", usedLength: PAGES * PAGE },
      { idstr: "pc.rom", usedLength: 4 * PAGE },
    ]),
    partHeader: partHeader(2),
    first: zeroPage(0, "pc.ram"),
    zeros: concat(...Array.from({ length: 7 }, (_, i) => zeroPage((1 + i) * PAGE))),
    before: run(8, 12),
    hit: run(12, 13),
    after: run(13, 20),
    eos: eos(),
    footer: footer(),
    secondHeader: partHeader(2),
    second: run(20, 28),
    secondEnd: concat(eos(), footer()),
    end: ramEnd(),
    devices: DEVICES,
    eof: eof(),
    description: DESCRIPTION,
  };
}

type Pieces = ReturnType<typeof pieces>;

/** Lays the pieces out after some were replaced. */
export function layWith(
  changes: { readonly [Name in keyof Pieces]?: Uint8Array },
  page?: (n: number) => Uint8Array,
) {
  return lay({ ...pieces(page), ...changes });
}

/** A copy with other bytes at a place: as many as are given are overwritten. */
export function patched(data: Uint8Array, at: number, ...bytes: readonly number[]): Uint8Array<ArrayBuffer> {
  const copy = data.slice();
  copy.set(bytes, at);
  return copy;
}

/** A copy without `count` bytes at a place, and with others there. */
export function spliced(
  data: Uint8Array,
  at: number,
  count: number,
  ...bytes: readonly number[]
): Uint8Array<ArrayBuffer> {
  return concat(data.subarray(0, at), Uint8Array.from(bytes), data.subarray(at + count));
}

/** What became of a damaged stream. */
export function outcome(data: Uint8Array) {
  const all = events(data);
  const findings = all.flatMap((event) => (event.kind === "finding" ? event.finding : []));
  const errors = findings.filter(({ level }) => level === "error");
  const resumed = findings.filter(({ rule }) => rule === "STREAM_RESUMED");
  const devices = all.flatMap((event) => (event.kind === "device" ? event.device : []));
  const end = all.at(-1);
  return {
    error: errors[0] && { offset: errors[0].offset ?? -1, subject: errors[0].subject },
    rules: findings.map(({ rule }) => rule),
    lost: resumed.reduce((sum, { args }) => sum + Number(args.lost), 0),
    sections: all.flatMap((event) =>
      event.kind === "section"
        ? `${event.section.idstr} ${event.section.kind} ${event.section.understood}`
        : [],
    ),
    devices: devices.map(({ idstr, fields }) => `${idstr} ${fields === null ? "delimited" : "decoded"}`),
    end: end?.kind === "end" ? end.reason : undefined,
  };
}
