import { describe, expect, it } from "vitest";
import type { TimelineEntry } from "../codec/index.ts";
import { joinedLines } from "./timeline-lines.ts";

const channels = [
  { role: "main", migration: 0 },
  { role: "multifd", migration: 0 },
  { role: "multifd", migration: 0 },
  { role: "multifd", migration: 1 },
] as const;

const entry = (
  channel: number,
  what: string,
  time: number,
  more: Partial<TimelineEntry> = {},
): TimelineEntry => ({
  time,
  until: time,
  channel,
  what,
  detail: null,
  count: 1,
  bytes: 10,
  pages: 0,
  ...more,
});

const told = (...entries: readonly TimelineEntry[]) =>
  joinedLines(entries, channels).map(
    ({ first, channels, count, until, bytes, pages, states }) =>
      `${first.time}-${until} ${[...channels]} ${count} ${first.what} ${bytes} ${pages}${states.map((state) => ` ${state}`).join("")}`,
  );

describe("lines of the timeline", () => {
  it("tell the multifd channels of a migration as one, until something else happens", () => {
    expect(
      told(
        entry(1, "packet", 1, { until: 9, count: 3, pages: 384 }),
        entry(2, "sync", 2),
        entry(2, "packet", 3, { pages: 128 }),
        entry(1, "sync", 4),
        entry(3, "packet", 5, { pages: 1 }),
        entry(0, "ram part", 6),
        entry(2, "packet", 7, { pages: 2 }),
      ),
    ).toEqual([
      "1-9 1,2 4 packet 20 512",
      "2-4 2,1 2 sync 20 0",
      "5-5 3 1 packet 10 1",
      "6-6 0 1 ram part 10 0",
      "7-7 2 1 packet 10 2",
    ]);
  });

  it("join parts of bitmaps although two kinds of them alternate", () => {
    const [bits, zeroes] = ["bitmap bits", "bitmap zeroes"];
    expect(
      told(
        ...[bits, zeroes, bits, zeroes].map((what, i) => entry(0, what ?? "", i)),
        entry(0, "bitmap complete", 9),
      ),
    ).toEqual(["0-2 0 2 bitmap bits 20 0", "1-3 0 2 bitmap zeroes 20 0", "9-9 0 1 bitmap complete 10 0"]);
  });

  it("of other channels join only what follows each other, and has no pages of its own", () => {
    const [ping, advise] = ["PING", "POSTCOPY_ADVISE"];
    expect(told(...[ping, ping, advise, ping].map((what, i) => entry(0, what ?? "", i)))).toEqual([
      "0-1 0 2 PING 20 0",
      "2-2 0 1 POSTCOPY_ADVISE 10 0",
      "3-3 0 1 PING 10 0",
    ]);
    expect(told(entry(0, "RECV_BITMAP", 1, { pages: 5 }), entry(0, "RECV_BITMAP", 2))).toHaveLength(2);
  });

  it("end with the states that they prove", () => {
    const state = (time: number) => entry(0, "state", time, { detail: "source active: PING" });
    expect(told(entry(0, "PING", 1), state(1), entry(0, "PING", 2), state(3))).toEqual([
      "1-1 0 1 PING 10 0 source active",
      "2-2 0 1 PING 10 0",
      "3-3 0 1 state 10 0 source active",
    ]);
  });
});
