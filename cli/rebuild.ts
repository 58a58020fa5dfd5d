import {
  applyXbzrle,
  type PageCounts,
  type PageKind,
  type RamBlock,
  type StreamEvent,
  type StreamSink,
} from "../codec/index.ts";
import { type BlockFiles, BlockTooLong } from "./block-files.ts";
import { createEpochBudget, createEpochs, type Epochs } from "./epochs.ts";
import { UsageError } from "./exit.ts";
import { createBudget, createPageSet } from "./page-set.ts";
import { createSeenPages, type SeenPages } from "./seen-pages.ts";
import {
  close,
  createWriteRun,
  flush,
  readAt,
  type SparseFile,
  sha256,
  writeAt,
  zeroAt,
} from "./sparse-file.ts";

/** Bytes that no record vouches for and that are hashed all the same: some nine minutes. */
const MOST_UNSENT = 2 ** 40;

/** One RAM block as it came out. */
export interface RebuiltBlock {
  readonly idstr: string;
  /** Bytes. */
  readonly usedLength: number;
  /** Records as they came, so that they agree with the source's counters. */
  readonly pages: PageCounts;
  /** Pages no record came for. They read as zero. */
  readonly never: number;
  /** Absent when the block is too long to be stored, or announced but mostly not sent and too long to be hashed. */
  readonly sha256: string | null;
  readonly lost?: "too-long-for-file-system" | "too-long-to-hash";
  readonly path?: string;
}

export interface Rebuild extends StreamSink {
  /** Takes a page, unless one of a higher epoch has come already. */
  page(
    block: RamBlock,
    offset: number,
    kind: PageKind,
    data: Uint8Array,
    pageSize: number,
    epoch?: number,
  ): void;
  /**
   * Hashes what was rebuilt, in the order of the block list, then gives the files their names. `pagesOf` counts records
   * where they are not all in the block.
   */
  finish(
    pageSize: number,
    progress: (bytes: number) => void,
    pagesOf?: (block: RamBlock) => PageCounts,
  ): Promise<readonly RebuiltBlock[]>;
  /** The block list by now; undefined before it came. */
  readonly blocks: readonly RamBlock[] | undefined;
  /** Bytes of all blocks to rebuild. */
  readonly bytes: number;
  /** Removes what was not finished. */
  discard(): void;
}

export interface RebuildOptions {
  readonly files: BlockFiles;
  /** Only blocks of this name. */
  readonly only?: string;
}

/** What is kept for one block. */
interface Place {
  /** As last told: a mapped-ram file tells its blocks one by one with their pages, then all of them in a list. */
  block: RamBlock;
  readonly file: SparseFile;
  readonly path: string | undefined;
  readonly seen: SeenPages;
  readonly epochs: Epochs;
  tooLong: boolean;
}

/** Rebuilds guest memory in files, block by block. Memory grows with the pages sent, by a bit or two each. */
export function createRebuild({ files, only }: RebuildOptions): Rebuild {
  const budget = createBudget();
  const epochBudget = createEpochBudget();
  const run = createWriteRun();
  const places = new Map<string, Place>();
  let blocks: readonly RamBlock[] | undefined;
  let last: Place | undefined;
  let unsentLeft = MOST_UNSENT;

  const isWanted = ({ idstr, index }: RamBlock) => index >= 0 && (only === undefined || idstr === only);

  /** A stream that lists its blocks again goes on with the content they have, as a destination does. */
  function placeOf(block: RamBlock): Place {
    if (last?.block === block) return last;
    const key = keyOf(block);
    last = places.get(key) ?? makePlace(block);
    last.block = block;
    places.set(key, last);
    return last;
  }

  function makePlace(block: RamBlock): Place {
    const path = files.claim(block.idstr);
    const open = () => files.open(path, block.usedLength);
    const written = createPageSet(budget);
    const file: SparseFile = { length: block.usedLength, written, open, fd: undefined };
    return {
      block,
      file,
      path,
      seen: createSeenPages(budget),
      epochs: createEpochs(epochBudget),
      tooLong: false,
    };
  }

  /** Runs what may touch the block's file. A block that cannot be stored is given up, the others go on. */
  function guarded(place: Place, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof BlockTooLong)) throw withoutRoom(error, files.directory);
      place.tooLong = true;
    }
  }

  function store({ file }: Place, offset: number, kind: PageKind, data: Uint8Array, pageSize: number): void {
    if (kind === "normal" || kind === "compressed") writeAt(run, file, offset, data);
    else if (kind === "xbzrle") {
      const page = new Uint8Array(pageSize);
      readAt(run, file, offset, page);
      if (applyXbzrle(data, page)) writeAt(run, file, offset, page);
    } else {
      const fill = data[0] ?? 0;
      if (fill === 0) zeroAt(run, file, offset, pageSize);
      else writeAt(run, file, offset, new Uint8Array(pageSize).fill(fill));
    }
  }

  /** Forgets blocks that are not of the list. */
  function keepOnly(list: readonly RamBlock[]): void {
    const listed = new Set(list.map(keyOf));
    for (const [key, { file, path }] of places) {
      if (listed.has(key)) continue;
      close(run, file);
      files.drop(path);
      places.delete(key);
    }
    last = undefined;
  }

  async function finishBlock(
    place: Place,
    size: number,
    pagesOf: (block: RamBlock) => PageCounts,
    progress: (bytes: number) => void,
  ): Promise<RebuiltBlock> {
    const { block, file, path, seen } = place;
    const { idstr, usedLength } = block;
    guarded(place, () => {
      if (path !== undefined) file.fd ??= file.open();
      flush(run);
    });
    const never = Math.max(0, Math.ceil(usedLength / size) - seen.count);
    const unsent = only === undefined ? never * size : 0;
    const lost = place.tooLong
      ? "too-long-for-file-system"
      : unsent > unsentLeft
        ? "too-long-to-hash"
        : undefined;
    if (!lost) unsentLeft -= unsent;
    const digest = lost ? null : await sha256(run, file, progress);
    close(run, file);
    return {
      idstr,
      usedLength,
      pages: { ...pagesOf(block) },
      never,
      sha256: digest,
      ...(lost ? { lost } : {}),
      ...(path === undefined || place.tooLong ? {} : { path }),
    };
  }

  return {
    get blocks() {
      return blocks;
    },
    get bytes() {
      let sum = 0;
      for (const { block } of places.values()) sum += block.usedLength;
      return sum;
    },
    event(event: StreamEvent) {
      if (event.kind !== "ram-blocks") return;
      blocks = event.blocks;
      for (const block of event.blocks) if (isWanted(block)) placeOf(block);
      keepOnly(event.blocks);
    },
    page(block, offset, kind, data, pageSize, epoch = 0) {
      if (!isWanted(block)) return;
      const place = placeOf(block);
      if (offset + pageSize > block.usedLength) return;
      place.seen.note(offset);
      if (!place.epochs.accept(Math.floor(offset / pageSize), epoch)) return;
      if (!place.tooLong) guarded(place, () => store(place, offset, kind, data, pageSize));
    },
    async finish(size, progress, pagesOf = ({ pages }) => pages) {
      const ordered = [...places.values()].sort((a, b) => a.block.index - b.block.index);
      const rebuilt: RebuiltBlock[] = [];
      let done = 0;
      for (const place of ordered) {
        const before = done;
        rebuilt.push(await finishBlock(place, size, pagesOf, (bytes) => progress(before + bytes)));
        done += place.block.usedLength;
      }
      files.commit();
      return rebuilt;
    },
    discard() {
      for (const { file } of places.values()) close(run, file);
      files.discard();
    },
  };
}

function keyOf({ index, usedLength, idstr }: RamBlock): string {
  return `${index} ${usedLength} ${idstr}`;
}

function withoutRoom(error: unknown, directory: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  return new UsageError(`${directory} has no room for the content of the RAM blocks`);
}
