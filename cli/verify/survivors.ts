import type { Finding, RamBlock, StreamSummary } from "../../codec/index.ts";
import type { Reading } from "../read-stream.ts";
import type { SeenPages } from "../seen-pages.ts";
import { createSeenBlock } from "./seen-block.ts";

type RamSummary = NonNullable<StreamSummary["ram"]>;
type Section = StreamSummary["sections"][number];

/** Memory for the pages of one image: enough for 1.6 TiB of RAM. Pages beyond it count as lost. */
const SEEN_BYTES = 64 << 20;

/** Which pages of RAM a record came for. */
export interface SeenRam {
  place(block: RamBlock, offset: number): void;
  /** Pages of a block. The last record does not count where the input ends in its page. */
  pages(idstr: string, lastIsCut: boolean): number;
  /** There were more pages than there was room for. */
  readonly overflowed: boolean;
}

export interface SurvivingBlock {
  readonly idstr: string;
  readonly pages: number;
  readonly totalPages: number;
  /** Decimal, as every 64-bit number in the documents. */
  readonly bytes: string;
}

export interface DeviceName {
  readonly idstr: string;
  readonly instance: number;
}

/** What is left of the guest in an image that is not whole. */
export interface Survivors {
  /** Null when not even the list of RAM blocks is there. */
  readonly ram: {
    readonly pageSize: number;
    /** The stream goes on behind RAM: every page is there that the source had to send. */
    readonly complete: boolean;
    readonly pages: number;
    readonly totalPages: number;
    readonly bytes: string;
    readonly blocks: readonly SurvivingBlock[];
  } | null;
  readonly devices: {
    readonly whole: readonly DeviceName[];
    readonly cut: readonly DeviceName[];
    readonly damaged: readonly DeviceName[];
    /** Only the vmdescription behind them lists all devices; without it nobody knows how many are missing. */
    readonly missing: 0 | null;
  };
}

/** Nothing came out of the payload. */
export const NOTHING: Survivors = {
  ram: null,
  devices: { whole: [], cut: [], damaged: [], missing: null },
};

export function createSeenRam(): SeenRam {
  let overflowed = false;
  const budget = {
    bytes: 0,
    records: 0,
    charge(bytes: number) {
      if (bytes > 0 && budget.bytes + bytes > SEEN_BYTES) {
        overflowed = true;
        return false;
      }
      budget.bytes += bytes;
      return true;
    },
  };
  const seen = new Map<string, SeenPages>();
  let block = "";
  let pages: SeenPages | undefined;
  let before = 0;
  return {
    get overflowed() {
      return overflowed;
    },
    place({ idstr }, offset) {
      if (!pages || idstr !== block) {
        block = idstr;
        pages = seen.get(idstr) ?? createSeenBlock(budget);
        seen.set(idstr, pages);
      }
      before = pages.count;
      pages.note(offset);
    },
    pages(idstr, lastIsCut) {
      const count = seen.get(idstr)?.count ?? 0;
      return lastIsCut && idstr === block ? before : count;
    },
  };
}

/** Says what is left of a stream. */
export function survivorsOf(
  { findings, container }: Pick<Reading, "findings" | "container">,
  summary: StreamSummary,
  seen: SeenRam,
): Survivors | null {
  if (container === null) return null;
  const { sections, vmdesc, ram } = summary;
  const cuts = findings.filter(({ rule }) => rule === "STREAM_COMPLETE");
  const lastIsCut = cuts.some(({ subject }) => subject.endsWith(".normal"));
  const pagesOf =
    container === "mapped-ram"
      ? mappedPages(ram?.blocks ?? [], cuts, ram?.pageSize ?? 1)
      : (idstr: string) => seen.pages(idstr, lastIsCut);
  const devices = sections.filter(({ kind, idstr }) => kind === "full" && idstr !== "ram");
  const named = (...how: readonly Section["understood"][]) =>
    devices
      .filter(({ understood }) => how.includes(understood))
      .map(({ idstr, instance }) => ({ idstr, instance }));
  const isEnd = ({ kind, idstr, understood }: Section) =>
    idstr === "ram" && kind === "end" && understood !== "cut";
  return {
    ram: ram && { pageSize: ram.pageSize, complete: sections.some(isEnd), ...ramOf(ram, pagesOf) },
    devices: {
      whole: named("decoded", "delimited"),
      cut: named("cut"),
      damaged: named("damaged"),
      missing: vmdesc === null ? null : 0,
    },
  };
}

/** Blocks behind a cut in a mapped-ram file have no name, but count in the total. */
function ramOf({ blocks, pageSize, totalBytes }: RamSummary, pagesOf: (idstr: string) => number) {
  const surviving = blocks.map(({ idstr, usedLength }) => {
    const found = pagesOf(idstr);
    const totalPages = usedLength === null ? found : Math.ceil(Number(usedLength) / pageSize);
    const pages = Math.min(found, totalPages);
    return { idstr, pages, totalPages, bytes: String(pages * pageSize) };
  });
  const pages = surviving.reduce((sum, block) => sum + block.pages, 0);
  const named = surviving.reduce((sum, block) => sum + block.totalPages, 0);
  const totalPages = Math.max(named, Math.ceil(Number(totalBytes) / pageSize));
  return { pages, totalPages, bytes: String(pages * pageSize), blocks: surviving };
}

/** Pages have fixed places in a mapped-ram file, one block after the other; where there is a hole, they are zero. */
function mappedPages(
  blocks: RamSummary["blocks"],
  cuts: readonly Finding[],
  pageSize: number,
): (idstr: string) => number {
  const pages = new Map<string, number>();
  let isCut = false;
  for (const { idstr, usedLength } of blocks) {
    const cut = cuts.find(({ subject }) => subject.includes(`].${idstr}.`));
    const there = cut?.subject.endsWith(`].${idstr}.pages`) ? Number(cut.args.have) : 0;
    pages.set(idstr, isCut ? 0 : Math.floor((cut ? there : Number(usedLength)) / pageSize));
    isCut ||= cut !== undefined;
  }
  return (idstr) => pages.get(idstr) ?? 0;
}
