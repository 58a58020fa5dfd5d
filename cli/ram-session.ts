import type { PageCounts, PageKind, RamBlock, SessionEvent } from "../codec/index.ts";
import { createEarlyPages } from "./early-pages.ts";
import { UsageError } from "./exit.ts";
import type { Output } from "./output.ts";
import { onlyMigration, readSession, type SessionJob, type SessionReading } from "./read-session.ts";
import type { Rebuild } from "./rebuild.ts";

/** What of a session goes into the rebuild of one migration's RAM. */
export interface SessionRam {
  readonly reading: SessionReading;
  readonly migration: number | undefined;
  readonly pageSize: number;
  /** Records for a block on all channels. */
  pagesOf(block: RamBlock): PageCounts;
}

type StreamTold = Extract<SessionEvent, { kind: "stream" }>;

const KINDS = ["normal", "zero", "xbzrle", "compressed"] as const;
/** Blocks that packets may name; those of no guest are so many. */
const MOST_BLOCKS = 4096;
/** Migrations that can be asked for. */
const MOST_MIGRATIONS = 16;

/**
 * Feeds the pages of one migration, on whatever channel, to the rebuild: the migration that is asked for, or the only one
 * that lists RAM blocks.
 */
export async function readSessionRam(
  job: SessionJob,
  rebuild: Pick<Rebuild, "event" | "page">,
  asked: number | undefined,
  output: Output,
): Promise<SessionRam> {
  /** Migrations that list RAM blocks, and where they go. */
  const found = new Map<number, string>();
  /** Records of multifd channels, by migration and block. */
  const multifd = new Map<string, PageCounts>();
  /** Block lists of the channels that go on with main, which count their own records. */
  const others: (readonly RamBlock[])[] = [];
  const early = createEarlyPages();
  let picked = asked;
  let blocks: readonly RamBlock[] = [];
  let pageSize = 4096;

  function stream({ channel, event }: StreamTold): void {
    const { migration, role, begins } = channel;
    const isMain = role === "main" && begins !== "recovery";
    if (event.kind === "ram-blocks" && isMain && migration !== null && found.size < MOST_MIGRATIONS) {
      found.set(migration, "");
      picked ??= migration;
    }
    if (migration !== picked) return;
    if (event.kind === "end" && isMain) pageSize = event.pageSize;
    if (event.kind !== "ram-blocks") return;
    if (isMain) {
      blocks = event.blocks;
      rebuild.event(event);
      takeEarly();
    } else others.push(event.blocks);
  }

  function event(told: SessionEvent): void {
    if (told.kind === "stream") stream(told);
    else if (told.kind === "multifd") {
      if (told.event.kind !== "multifd-packet" || told.event.block === null) return;
      const { normal, zero } = told.event;
      const block = `${told.channel.migration} ${told.event.block}`;
      const counts = multifd.get(block) ?? { normal: 0, zero: 0, xbzrle: 0, compressed: 0 };
      counts.normal += normal;
      counts.zero += zero;
      if (multifd.size < MOST_BLOCKS) multifd.set(block, counts);
    } else if (told.kind === "migration-end" && found.has(told.migration))
      found.set(told.migration, told.endpoint);
  }

  /** The list is there: what came before it finds its place, if it has one. */
  function takeEarly(): void {
    const byName = new Map(blocks.map((block) => [block.idstr, block]));
    early.replay((page, data) => {
      const block = byName.get(page.block);
      if (page.migration !== picked || !block) return;
      rebuild.page(block, page.offset, page.zero ? "zero" : "normal", data, page.pageSize, page.epoch);
    });
  }

  const isOnlyOne = () => asked !== undefined || found.size === 1;
  const page = (
    migration: number,
    block: RamBlock,
    offset: number,
    kind: PageKind,
    data: Uint8Array,
    size: number,
    epoch: number,
  ) => {
    if (block.index < 0 && !found.has(migration)) {
      const place = { migration, block: block.idstr, offset, zero: kind === "zero", pageSize: size, epoch };
      if (asked === undefined || migration === asked) early.add(place, data);
    } else if (migration === picked && isOnlyOne())
      // Other channels have block objects of their own.
      rebuild.page(blocks[block.index] ?? block, offset, kind, data, size, epoch);
  };

  const reading = await readSession(job, { event, page }, output).finally(() => early.discard());
  if (!isOnlyOne() && found.size > 0)
    throw new UsageError(`choose one of the migrations with --migration: ${listOf(found)}`);
  if (asked !== undefined && !found.has(asked))
    throw new UsageError(`no migration ${asked} with RAM blocks; there is ${listOf(found) || "none"}`);
  return {
    reading: picked === undefined ? reading : onlyMigration(reading, picked),
    migration: picked,
    pageSize,
    pagesOf({ idstr, index, pages }) {
      const sum = { ...pages };
      const more = [multifd.get(`${picked} ${idstr}`), ...others.map((list) => list[index]?.pages)];
      for (const counts of more) for (const kind of KINDS) sum[kind] += counts?.[kind] ?? 0;
      return sum;
    },
  };
}

function listOf(found: ReadonlyMap<number, string>): string {
  const words = [...found].map(([migration, endpoint]) =>
    endpoint === "" ? `${migration}` : `${migration} (to ${endpoint})`,
  );
  return words.join(", ");
}
