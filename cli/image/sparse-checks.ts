import type { Finding, RamBlock, StreamEvent } from "../../codec/index.ts";

/** QEMU's MAPPED_RAM_FILE_OFFSET_ALIGNMENT: the source puts pages at the next multiple behind their bitmap. */
const ALIGNMENT = 1 << 20;
const MAPPED_RAM = "mapped-ram";

/** What only a sparse image is asked: that its stream is mapped-ram, and that its regions lie inside the file. */
export interface SparseChecks {
  event(event: StreamEvent): void;
  /** `size` is where the file ends. */
  findings(size: number): readonly Finding[];
}

/** `from` is where the stream begins in the file. */
export function createSparseChecks(from: number): SparseChecks {
  let blocks: readonly RamBlock[] = [];
  let capabilities: readonly string[] | undefined;
  let moved: Finding | undefined;
  return {
    event(event) {
      if (event.kind === "configuration") capabilities = event.capabilities;
      if (event.kind === "ram-blocks") blocks = event.blocks;
      if (event.kind === "finding" && isMoved(event.finding)) moved ??= event.finding;
    },
    findings(size) {
      // Without a configuration nothing is known of a stream that is cut off or damaged at its beginning.
      if (capabilities && !capabilities.includes(MAPPED_RAM))
        return [{ rule: "SAVE_SPARSE_MAPPED", level: "error", subject: "", offset: from, args: {} }];
      return [...(moved ? [misplaced(moved, blocks)] : []), ...geometry(blocks, from, size)];
    },
  };
}

function isMoved({ rule, level }: Finding): boolean {
  return rule === "MAPPED_RAM_HEADER_SOUND" && level === "warning";
}

/** QEMU looks for a bitmap where its header says, from the beginning of the file on, and not behind that header. */
function misplaced({ offset, args }: Finding, blocks: readonly RamBlock[]): Finding {
  const block = blocks.find(({ mapped }) => mapped?.bitmapOffset === args.found)?.idstr ?? "?";
  const expected = `its bitmap at ${args.expected}, behind its header`;
  const found = `the header putting it at ${args.found}`;
  return {
    rule: "SAVE_SPARSE_GEOMETRY",
    level: "error",
    subject: "",
    offset: offset ?? 0,
    args: { block, expected, found },
  };
}

/** Where the file is cut off, the stream says so: that regions reach beyond its end is no fault of theirs. */
function geometry(blocks: readonly RamBlock[], from: number, size: number): Finding[] {
  const findings: Finding[] = [];
  let before: { readonly block: string; readonly end: number } | undefined;
  for (const { idstr: block, usedLength, mapped } of blocks) {
    if (!mapped || mapped.pagesOffset === 0) continue;
    const { bitmapOffset, pagesOffset, pageSize } = mapped;
    const say = (level: Finding["level"], offset: number, expected: string, found: string) => {
      const args = { block, expected, found };
      findings.push({ rule: "SAVE_SPARSE_GEOMETRY", level, subject: "", offset, args });
    };
    const end = pagesOffset + usedLength;
    const usual = aligned(bitmapOffset + bitmapBytes(usedLength / pageSize));
    if (bitmapOffset < from)
      say("error", bitmapOffset, `its bitmap behind the header, from ${from} on`, `it at ${bitmapOffset}`);
    if (before && bitmapOffset < before.end)
      say("error", bitmapOffset, `its bitmap behind the pages of ${before.block}`, `it at ${bitmapOffset}`);
    if (pagesOffset !== usual)
      say(end > size ? "error" : "warning", pagesOffset, `its pages at ${usual}`, `them at ${pagesOffset}`);
    before = { block, end };
  }
  return findings;
}

/** The source writes whole 64-bit words. */
function bitmapBytes(pages: number): number {
  return 8 * Math.ceil(pages / 64);
}

function aligned(offset: number): number {
  return ALIGNMENT * Math.ceil(offset / ALIGNMENT);
}
