import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as t from "../../test/session-steps.ts";
import type { Finding } from "../formats/finding.ts";
import { createOrderChecker } from "./protocol-order.ts";

function violations(steps: readonly t.Step[], options?: Parameters<typeof t.play>[2]): string[] {
  const found: Finding[] = [];
  t.play(
    createOrderChecker((_, finding) => found.push(finding)),
    [...steps, t.ended("open")],
    options,
  );
  return found.map(({ rule, level, args }) => {
    expect(rule).toBe("PROTOCOL_ORDER_KEPT");
    return `${level}: ${args.message} without [${args.expected}] after [${args.found}]: ${args.effect}`;
  });
}

const run = t.command("POSTCOPY_RUN");
const listen = t.command("POSTCOPY_LISTEN");
const resume = t.command("POSTCOPY_RESUME");
const paused = [...t.switched, t.ended("fin", "source")];

const KEPT: readonly [string, readonly t.Step[]][] = [
  ["a precopy", [...t.precopy, t.section("end"), t.end(), t.shut(0)]],
  ["a precopy without a return path", [t.header, t.section("start"), t.section("part"), t.end()]],
  ["a postcopy", [...t.switched, t.request("pc.ram", 0), t.page("pc.ram", 0), t.end(), t.shut(0)]],
  ["a postcopy that has nothing to discard", [...t.advised, listen, run]],
  ["a postcopy advised but not started", [...t.advised, t.section("end"), t.end(), t.shut(0)]],
  ["a recovery", [...paused, ...t.recovered, t.request("pc.ram", 0), t.end(), t.shut(0)]],
  ["a second recovery", [...paused, ...t.recovered, t.ended("rst"), ...t.recovered]],
  ["a recovery that breaks off", [...paused, t.recovery, t.ended("rst"), ...t.recovered]],
];

const BROKEN: readonly [string, readonly t.Step[], string][] = [
  [
    "ADVISE twice",
    [...t.advised, t.command("POSTCOPY_ADVISE")],
    "error: POSTCOPY_ADVISE without [] after [POSTCOPY_ADVISE]: refused",
  ],
  [
    "DISCARD without ADVISE",
    [...t.opening, t.discard("pc.ram", 0, 4096)],
    "error: POSTCOPY_RAM_DISCARD without [POSTCOPY_ADVISE] after []: refused",
  ],
  [
    "DISCARD behind LISTEN",
    [...t.advised, listen, t.discard("pc.ram", 0, 4096)],
    "error: POSTCOPY_RAM_DISCARD without [POSTCOPY_ADVISE] after [POSTCOPY_LISTEN]: refused",
  ],
  [
    "LISTEN without ADVISE",
    [...t.opening, listen],
    "error: POSTCOPY_LISTEN without [POSTCOPY_ADVISE] after []: refused",
  ],
  [
    "LISTEN twice",
    [...t.advised, listen, listen],
    "error: POSTCOPY_LISTEN without [POSTCOPY_ADVISE] after [POSTCOPY_LISTEN]: refused",
  ],
  [
    "RUN without LISTEN",
    [...t.advised, run],
    "error: POSTCOPY_RUN without [POSTCOPY_LISTEN] after [POSTCOPY_ADVISE]: refused",
  ],
  [
    "RUN twice",
    [...t.switched, run],
    "error: POSTCOPY_RUN without [POSTCOPY_LISTEN] after [POSTCOPY_RUN]: refused",
  ],
  [
    "RESUME on the first connection",
    [...t.switched, resume],
    "warning: POSTCOPY_RESUME without [recovery connection] after [POSTCOPY_RUN]: ignored",
  ],
  [
    "RESUME twice",
    [...paused, ...t.recovered, resume],
    "warning: POSTCOPY_RESUME without [recovery connection] after [POSTCOPY_RUN]: ignored",
  ],
  [
    "RECV_BITMAP on the first connection",
    [...t.switched, t.command("RECV_BITMAP", "pc.ram")],
    "warning: RECV_BITMAP without [recovery connection] after [POSTCOPY_RUN]: never-sent",
  ],
  [
    "a recovery of what has not been started",
    [...t.advised, t.recovery],
    "warning: recovery connection without [POSTCOPY_RUN] after [POSTCOPY_ADVISE]: never-sent",
  ],
  [
    "PACKAGED twice",
    [...t.switched, t.command("PACKAGED", 9)],
    "warning: PACKAGED without [] after [POSTCOPY_RUN]: never-sent",
  ],
  [
    "OPEN_RETURN_PATH twice",
    [...t.opening, t.command("OPEN_RETURN_PATH")],
    "warning: OPEN_RETURN_PATH without [] after []: ignored",
  ],
  [
    "OPEN_RETURN_PATH on a recovery connection",
    [...paused, t.recovery, t.command("OPEN_RETURN_PATH")],
    "warning: OPEN_RETURN_PATH without [] after [recovery connection]: ignored",
  ],
  [
    "PING without a return path",
    [t.header, t.command("PING", 1)],
    "error: PING 1 without [OPEN_RETURN_PATH] after []: refused",
  ],
  [
    "an answer without a return path",
    [t.header, t.section("start"), t.shut(0)],
    "warning: SHUT without [OPEN_RETURN_PATH] after []: never-sent",
  ],
  ["PONG twice", [...t.opening, t.pong(1)], "warning: PONG 1 without [PING 1] after []: never-sent"],
  [
    "PONG of another value",
    [...t.opening, t.pong(7)],
    "warning: PONG 7 without [PING 7] after []: never-sent",
  ],
  [
    "REQ_PAGES in precopy",
    [...t.advised, t.request("pc.ram", 0)],
    "warning: REQ_PAGES without [POSTCOPY_LISTEN] after [POSTCOPY_ADVISE]: never-sent",
  ],
  [
    "a bitmap in precopy",
    [...t.precopy, t.received("pc.ram", 1, 1)],
    "error: RECV_BITMAP without [recovery connection] after []: source-fails",
  ],
  [
    "a bitmap of a block that was not asked for",
    [...paused, t.recovery, t.command("RECV_BITMAP", "pc.ram"), t.received("pc.bios", 1, 1)],
    "warning: RECV_BITMAP without [RECV_BITMAP pc.bios] after [recovery connection]: never-sent",
  ],
  [
    "a bitmap twice",
    [
      ...paused,
      t.recovery,
      t.command("RECV_BITMAP", "pc.ram"),
      t.received("pc.ram", 1, 1),
      t.received("pc.ram", 1, 1),
    ],
    "warning: RECV_BITMAP without [RECV_BITMAP pc.ram] after [recovery connection]: never-sent",
  ],
  [
    "RESUME_ACK without RESUME",
    [...paused, t.recovery, t.resumeAck],
    "warning: RESUME_ACK without [POSTCOPY_RESUME] after [recovery connection]: ignored",
  ],
];

describe("order of a migration's messages", () => {
  it.each(KEPT)("is kept by %s", (_, steps) => {
    expect(violations(steps)).toEqual([]);
    expect(violations(steps, { timed: false })).toEqual([]);
  });

  it.each(BROKEN)("is broken by %s", (_, steps, expected) => {
    expect(violations(steps)).toEqual([expected]);
  });

  it("is not judged where bytes are missing, damaged or were never seen", () => {
    for (const [, steps] of BROKEN) {
      const first = (step: t.Step) => [step, ...steps];
      expect(violations(first(t.lose))).toEqual([]);
      expect(violations(first(t.section("full", "timer", "damaged")))).toEqual([]);
      expect(violations(first(t.section("start")), { begins: "middle" })).toEqual([]);
    }
  });

  it("is not judged of the return path when the main channel turns out to lack bytes", () => {
    expect(violations([...t.opening, t.pong(7), t.lose])).toEqual([]);
    expect(violations([...t.switched, t.lose, ...t.recovered, t.request("pc.ram", 0), run])).toEqual([]);
  });

  it("forgives a PONG told before its PING: a reader may look ahead", () => {
    expect(violations([...t.opening, t.pong(2), t.command("PING", 2)])).toEqual([]);
    expect(violations([...t.opening, t.pong(2), t.command("PING", 2), t.pong(2)])).toHaveLength(1);
  });

  it("says nothing of the return path where nothing tells the time", () => {
    expect(violations([...t.opening, t.pong(7), t.request("pc.ram", 0)], { timed: false })).toEqual([]);
  });

  it("takes any order without growing", () => {
    const steps = [...BROKEN.flatMap(([, list]) => list), ...t.recovered, t.end("error"), t.shut(0)];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 60 }), (order) => {
        expect(violations(order).length).toBeLessThanOrEqual(2 * order.length);
      }),
    );
    const pings = Array.from({ length: 5000 }, (_, i) => t.command("PING", i + 2));
    const answers = Array.from({ length: 5000 }, (_, i) => t.pong(i + 2));
    expect(violations([...t.opening, ...pings, ...answers])).toEqual([]);
    expect(violations([...t.opening, ...answers])).toHaveLength(64);
  });
});
