import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { feedMultifd, inflaters, loadMultifd, multifdFixtures, type Piece } from "../../../test/multifd.ts";
import type { Span } from "../../layout/index.ts";
import type { MultifdEvent } from "./multifd-events.ts";

const UUID = "0b5e1ab0-0001-4000-8000-0000000000a1";

interface Reading {
  readonly events: readonly MultifdEvent[];
  readonly normal: number;
  readonly zero: number;
  /** Hashes of all versions of a page, by offset in pc.ram. */
  readonly hashes: ReadonlyMap<number, ReadonlySet<string>>;
  readonly shown: { normal: number; zero: number };
}

function piecesOf(data: Uint8Array, pieces: readonly (readonly [number, number])[] | undefined): Piece[] {
  if (!pieces) return [data];
  let at = 0;
  return pieces.flatMap(([have, lost]) => {
    at += have;
    return [data.subarray(at - have, at), lost];
  });
}

function readFixture(fixture: (typeof multifdFixtures)[number]): Reading {
  const { ramBlocks } =
    multifdFixtures.find(({ capture, ramBlocks }) => ramBlocks && capture === fixture.capture) ?? {};
  const lengths = new Map(ramBlocks?.map(({ idstr, usedLength }) => [idstr, { usedLength }]));
  const events: MultifdEvent[] = [];
  const hashes = new Map<number, Set<string>>();
  const shown = { normal: 0, zero: 0 };
  const ram = () => ({ pageSize: 4096, block: (idstr: string) => lengths.get(idstr) });
  feedMultifd(
    piecesOf(loadMultifd(fixture), fixture.pieces),
    {
      event: (event) => events.push(event),
      page(block, offset, kind, data, pageSize) {
        shown[kind]++;
        expect([data.length, pageSize]).toEqual([kind === "zero" ? 1 : 4096, 4096]);
        const content = kind === "zero" ? new Uint8Array(4096) : data;
        const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
        if (block === "pc.ram") hashes.set(offset, (hashes.get(offset) ?? new Set()).add(hash));
      },
    },
    { inflaters: inflaters(), ram },
  );
  const packets = events.filter((event) => event.kind === "multifd-packet");
  const normal = packets.reduce((sum, packet) => sum + packet.normal, 0);
  const zero = packets.reduce((sum, packet) => sum + packet.zero, 0);
  return { events, normal, zero, hashes, shown };
}

const readings = new Map(multifdFixtures.map((fixture) => [fixture.file, readFixture(fixture)]));
const readingOf = ({ file }: { file: string }) => readings.get(file) as Reading;

describe.each(multifdFixtures)("$file", (fixture) => {
  const { events, normal, zero, shown } = readingOf(fixture);
  const data = loadMultifd(fixture);
  const missing = fixture.pieces?.reduce((sum, [, lost]) => sum + lost, 0) ?? 0;

  it("is the file its manifest describes", () => {
    expect(createHash("sha256").update(data).digest("hex")).toBe(fixture.sha256);
  });

  it("begins with its init packet and ends with the connection", () => {
    const id = Number(/channel-(\d)/.exec(fixture.file)?.[1]);
    expect(events[0]).toEqual({
      ...{ kind: "multifd-init", offset: 0, length: 64, version: 1, uuid: UUID, id, reservedZero: true },
    });
    expect(events.at(-1)).toMatchObject({
      kind: "multifd-end",
      offset: data.length + missing,
      reason: "eof",
    });
  });

  it("gives no reason for remarks", () => {
    const rules = events.flatMap((event) => (event.kind === "finding" ? event.finding.rule : []));
    expect(rules).toEqual(fixture.file === "snaplen-7.2-channel-0.bin.gz" ? ["MULTIFD_RESUMED"] : []);
  });

  it("is compressed as the source was told", () => {
    const found = events.flatMap((event) =>
      event.kind === "multifd-packet" && event.normal > 0 ? event.compression : [],
    );
    expect(new Set(found)).toEqual(new Set([fixture.compression]));
  });

  it("shows every page that the capture holds", () => {
    expect(shown).toEqual(fixture.pieces ? { normal: 0, zero: 0 } : { normal, zero });
  });

  it.skipIf(fixture.pieces)("gives every byte to one span, and then reads the same", () => {
    let at = 0;
    const traced: MultifdEvent[] = [];
    const span = ({ start, end }: Span) => {
      expect(start).toBe(at);
      at = end;
    };
    feedMultifd([data], { event: (event) => traced.push(event), span }, { inflaters: inflaters() });
    expect(at).toBe(data.length);
    expect(traced).toEqual(events);
  });
});

const migrations = multifdFixtures.filter(({ pages }) => pages);

describe.each(migrations)("the channels of $capture", (fixture) => {
  const channels = multifdFixtures.filter(({ capture }) => capture === fixture.capture).map(readingOf);
  const pages = fixture.pages as NonNullable<typeof fixture.pages>;

  it("have the pages that query-migrate counted", () => {
    expect(channels.reduce((sum, { normal }) => sum + normal, 0)).toBe(pages.normal);
    const zero = channels.reduce((sum, { zero }) => sum + zero, 0);
    expect(zero).toBe(fixture.file.startsWith("zero-pages") ? pages.duplicate : 0);
  });

  it.skipIf(fixture.pieces || !fixture.pageSha256)(
    "have every page of the guest's memory that is not zero",
    () => {
      const expected = Object.entries(fixture.pageSha256?.prefix ?? {});
      expect(expected.length).toBeGreaterThan(30);
      const found = (page: string) =>
        channels.flatMap(({ hashes }) => [...(hashes.get(Number(page) * 4096) ?? [])]);
      for (const [page, hash] of expected) expect(found(page), `page ${page}`).toContain(hash);
    },
  );
});

it("has fixtures of every kind", () => {
  expect(multifdFixtures.length).toBe(12);
  expect(migrations.length).toBe(5);
});
