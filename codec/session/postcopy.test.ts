import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as t from "../../test/session-steps.ts";
import type { Finding } from "../formats/finding.ts";
import { createPostcopyTracker, type PostcopySummary } from "./postcopy.ts";

const PAGE = 4096;

function summarise(steps: readonly t.Step[], options?: Parameters<typeof t.play>[2]) {
  const findings: Finding[] = [];
  const tracker = createPostcopyTracker((_, finding) => findings.push(finding));
  const page: t.Told["page"] = (...args) => {
    if (tracker.wantsPages) tracker.page(...args);
  };
  const { opened, stream, message, ended } = tracker;
  t.play({ opened, stream, message, ended, page }, steps, options);
  return { summary: tracker.summary(), findings, tracker };
}

function summaryOf(steps: readonly t.Step[], options?: Parameters<typeof t.play>[2]): PostcopySummary {
  const { summary } = summarise(steps, options);
  if (!summary) throw new Error("nothing of postcopy was seen");
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  const { messages, answered, alreadySent, unanswered, duplicates, repeated, untracked } = summary.requests;
  if (alreadySent !== null && unanswered !== null)
    expect(answered + alreadySent + unanswered + duplicates + repeated + untracked).toBe(messages);
  return summary;
}

const ask = (page: number, block = "pc.ram") => t.request(block, page * PAGE);
const send = (page: number, on?: "main" | "preempt", block = "pc.ram") => t.page(block, page * PAGE, on);
const requestsOf = (steps: readonly t.Step[], options?: Parameters<typeof t.play>[2]) => {
  const { latency, bytes, ...counts } = summaryOf([...t.switched, ...steps], options).requests;
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
};

describe("postcopy", () => {
  it("is null where nothing of it was seen", () => {
    expect(summarise([...t.precopy, t.end(), t.shut(0)]).summary).toBeNull();
    expect(summarise(t.precopy).tracker.wantsPages).toBe(false);
    expect(summarise(t.advised).tracker.wantsPages).toBe(false);
    expect(summarise(t.switched).tracker.wantsPages).toBe(true);
  });

  it("tells when it was advised and switched to, and what was discarded", () => {
    const summary = summaryOf([
      ...t.advised,
      t.discard("pc.ram", 0, 2 * PAGE),
      t.discard("pc.ram", 2 * PAGE, PAGE),
      t.discard("pc.bios", 0, PAGE),
      t.discard("liar", 2 ** 60, PAGE),
      t.command("PACKAGED", 500),
      t.command("POSTCOPY_LISTEN"),
      t.command("POSTCOPY_RUN"),
    ]);
    expect(summary).toMatchObject({
      advised: { channel: 0, offset: 40, time: 5000 },
      package: { offset: 96, time: 12_000, length: 500 },
      listen: { offset: 104 },
      run: { offset: 112 },
      discards: {
        messages: 4,
        bytes: String(4 * PAGE),
        omitted: 1,
        blocks: [
          { block: "pc.ram", ranges: { ranges: [{ start: 0, length: 3 * PAGE }], omitted: 0 } },
          { block: "pc.bios", ranges: { ranges: [{ start: 0, length: PAGE }], omitted: 0 } },
          { block: "liar", ranges: { ranges: [] } },
        ],
      },
    });
  });

  it.each<[string, t.Step[], Record<string, number | null>]>([
    ["answers on main", [ask(5), send(4), send(5)], { messages: 1, pages: 1, answered: 1 }],
    ["answers on the preempt channel", [ask(5), send(5, "preempt")], { messages: 1, pages: 1, answered: 1 }],
    ["no answer", [ask(5), send(6)], { messages: 1, pages: 1, unanswered: 1 }],
    ["no page at all", [ask(5)], { messages: 1, pages: null, unanswered: 1 }],
    [
      "a page of another block",
      [ask(5), send(5, "main", "pc.bios")],
      { messages: 1, pages: 1, unanswered: 1 },
    ],
    ["a request that crosses its page", [send(5), ask(5)], { messages: 1, pages: 1, alreadySent: 1 }],
    [
      "a request made twice",
      [ask(5), ask(5), send(5)],
      { messages: 2, pages: 2, answered: 1, duplicates: 1 },
    ],
    [
      "a request made again behind its answer",
      [ask(5), send(5), ask(5)],
      { messages: 2, pages: 2, answered: 1, alreadySent: 1 },
    ],
    [
      "a huge page, sent in order",
      [t.request("pc.ram", 0, 4 * PAGE), send(0), send(1), send(2), ask(9), send(3)],
      { messages: 2, pages: 5, answered: 1, unanswered: 1 },
    ],
    [
      "half a huge page",
      [t.request("pc.ram", 0, 4 * PAGE), send(0), send(1)],
      { messages: 1, pages: 4, unanswered: 1 },
    ],
    [
      "requests that make no sense",
      [
        t.request(null, 0),
        t.request("pc.ram", 2 ** 60),
        t.request("pc.ram", 0, 0),
        ask(1),
        t.request("pc.ram", 0, 2 * PAGE),
      ],
      { messages: 5, pages: null, unanswered: 1, untracked: 4 },
    ],
  ])("counts %s", (_, steps, expected) => {
    expect(requestsOf(steps)).toEqual(expected);
  });

  it("measures how long requests wait", () => {
    const { latency } = summaryOf([
      ...t.switched,
      ask(1),
      ask(2),
      send(1),
      send(8),
      send(2),
      send(9),
      ask(9),
    ]).requests;
    expect(latency).toEqual({ samples: 2, min: 2000, median: 2000, p95: 2000, mean: 2500, max: 3000 });
  });

  it("counts pages by channel, and those sent twice", () => {
    const summary = summaryOf([
      ...t.switched,
      send(1),
      send(2, "preempt"),
      send(1, "preempt"),
      ...t.recovered,
      send(3),
      send(3, "preempt"),
    ]);
    expect(summary.pages).toEqual({ main: 1, preempt: 3, recovery: 1 });
    expect(summary.pagesSentTwice).toBe(2);
  });

  it("follows a pause and a recovery", () => {
    const summary = summaryOf([
      ...t.switched,
      ask(1),
      send(2),
      send(3),
      ask(4),
      send(4),
      t.ended("fin", "source"),
      ...t.recovered,
      ask(1),
      ask(4),
      send(1),
      send(3),
      send(4),
      t.end(),
      t.shut(0),
    ]);
    const { pauses, recoveries, requests, pagesSentTwice } = summary;
    expect(pauses).toMatchObject([{ channel: 0, proof: "FIN by source" }]);
    expect(recoveries).toMatchObject([
      {
        channel: 3,
        requestedBitmaps: 1,
        bitmaps: [{ block: "pc.ram", pages: 256, received: 10, missing: 246 }],
        omitted: 0,
        resumedAt: { channel: 3 },
        acknowledgedAt: { channel: 4 },
        pagesSent: 3,
        pagesSentAgain: 2,
      },
    ]);
    // Page 4 was answered before the pause and lost on its way: asking for it again is a request of its own.
    expect(requests).toMatchObject({ messages: 4, answered: 3, repeated: 1, alreadySent: 0, unanswered: 0 });
    expect(pagesSentTwice).toBe(0);
  });

  it("knows what was sent before the last but one pause", () => {
    const { recoveries, pauses } = summaryOf([
      ...t.switched,
      send(1),
      ...t.recovered,
      send(2),
      t.ended("rst", "destination"),
      ...t.recovered,
      send(1),
      send(2),
      send(3),
    ]);
    expect(recoveries.map(({ pagesSent, pagesSentAgain }) => [pagesSent, pagesSentAgain])).toEqual([
      [1, 0],
      [3, 2],
    ]);
    expect(pauses.map(({ proof }) => proof)).toEqual(["recovery connection", "RST by destination"]);
  });

  it("takes no end for a pause that comes where none can", () => {
    const pausesOf = (steps: readonly t.Step[]) => summaryOf(steps).pauses;
    expect(pausesOf([...t.advised, t.ended("rst", "destination")])).toEqual([]);
    expect(pausesOf([...t.switched, t.ended("open")])).toEqual([]);
    expect(pausesOf([...t.switched, t.end(), t.ended("fin", "source")])).toEqual([]);
    expect(pausesOf([...t.switched, t.shut(0), t.ended("fin", "destination")])).toEqual([]);
    expect(pausesOf([...t.switched, t.ended("fin")])).toMatchObject([{ proof: "FIN" }]);
  });

  it("tells of requests without an answer once the destination is content", () => {
    const { findings } = summarise([...t.switched, ask(1), ask(2), send(2), t.end(), t.shut(0)]);
    expect(findings).toMatchObject([
      { rule: "POSTCOPY_REQUESTS_ANSWERED", level: "warning", args: { found: 1 } },
    ]);
    for (const quiet of [
      [...t.switched, ask(1), t.shut(1)],
      [...t.switched, ask(1), t.lose, t.shut(0)],
      [...t.switched, ask(1), send(1), t.shut(0)],
    ])
      expect(summarise(quiet).findings).toEqual([]);
  });

  it("does not guess where nothing tells the time", () => {
    const options = { timed: false };
    expect(requestsOf([send(5), ask(5), ask(6), send(6), ask(7)], options)).toEqual({
      messages: 3,
      pages: 3,
      answered: 2,
      alreadySent: null,
      unanswered: 1,
    });
    expect(summaryOf([...t.switched, ask(6), send(6)], options).requests.latency).toBeNull();
  });

  it("bounds what it keeps, and does not guess beyond", () => {
    const far = Array.from({ length: 20_000 }, (_, i) => t.page("pc.ram", i * 2 ** 30));
    const blocks = Array.from({ length: 1100 }, (_, i) => t.page(`block${i}`, 0));
    for (const many of [far, blocks]) {
      const { requests, pagesSentTwice, recoveries } = summaryOf([
        ...t.switched,
        ...many,
        ask(1),
        ...t.recovered,
        send(1),
      ]);
      expect([pagesSentTwice, requests.alreadySent, requests.unanswered]).toEqual([null, null, null]);
      expect(recoveries[0]?.pagesSentAgain).toBeNull();
    }
    const sizes = [t.page("pc.ram", 0), t.page("pc.ram", 0, "main", 8192)];
    expect(summaryOf([...t.switched, ...sizes]).pagesSentTwice).toBeNull();
    const asked = Array.from({ length: 70_000 }, (_, i) => ask(i));
    expect(requestsOf(asked)).toEqual({ messages: 70_000, pages: null, unanswered: 65_536, untracked: 4464 });
    const recoveries = Array.from({ length: 300 }, () => t.recovered).flat();
    expect(summaryOf([...t.switched, ...recoveries]).omitted).toBe(88);
    const bitmaps = Array.from({ length: 1100 }, () => t.received("pc.ram", 1, 1));
    expect(summaryOf([...t.switched, t.recovery, ...bitmaps]).recoveries[0]).toMatchObject({ omitted: 76 });
    const discards = Array.from({ length: 300 }, (_, i) => t.discard(`block${i}`, 0, PAGE));
    expect(summaryOf([...t.advised, ...discards]).discards.omitted).toBe(44);
  });

  it("samples latencies beyond what it keeps", () => {
    const many = Array.from({ length: 20_000 }, (_, i) => [ask(i), send(i)]).flat();
    expect(summaryOf([...t.switched, ...many]).requests.latency).toEqual({
      samples: 20_000,
      min: 1000,
      median: 1000,
      p95: 1000,
      mean: 1000,
      max: 1000,
    });
  });

  it("takes any order", () => {
    const steps = [
      ...t.loading,
      ...t.switched,
      ...t.recovered,
      ask(1),
      ask(2),
      send(1),
      send(2, "preempt"),
      t.end(),
      t.shut(0),
      t.ended("rst", "destination"),
      t.command("POSTCOPY_RAM_DISCARD", null),
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 60 }), (order) => {
        if (summarise(order).summary) summaryOf(order);
      }),
    );
  });
});
