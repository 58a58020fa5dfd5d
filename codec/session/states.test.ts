import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as t from "../../test/session-steps.ts";
import { createStateTracker, type StateChange } from "./states.ts";

function states(steps: readonly t.Step[], options?: Parameters<typeof t.play>[2]) {
  const told: StateChange[] = [];
  const tracker = createStateTracker((change) => told.push(change));
  t.play(tracker, steps, options);
  expect(tracker.changes).toEqual(told);
  const of = (side: StateChange["side"]) =>
    told
      .filter((change) => change.side === side)
      .map(({ state }) => state)
      .join(" ");
  return { source: of("source"), destination: of("destination"), told, tracker };
}

const finished = [t.section("end"), t.section("full", "timer"), t.end()];
const PAUSED = "setup active device postcopy-active postcopy-paused";
const DESTINATION_PAUSED = "setup active postcopy-device postcopy-active postcopy-paused";

const CASES: readonly [string, readonly t.Step[], source: string, destination: string][] = [
  ["header alone", [t.header], "setup", "setup active"],
  ["precopy under way", t.precopy, "setup active", "setup active"],
  [
    "device state sent early, in setup",
    [t.header, t.section("full", "virtio-mem-early"), t.section("start")],
    "setup active",
    "setup active",
  ],
  [
    "precopy with a return path",
    [...t.precopy, ...finished, t.shut(0), t.ended("fin", "destination")],
    "setup active device completed",
    "setup active completed",
  ],
  [
    "precopy without one",
    [t.header, t.section("start"), t.section("part"), t.section("end"), t.vmdesc, t.ended("fin", "source")],
    "setup active device completed",
    "setup active",
  ],
  [
    "guest lost: no return path, reset by the destination behind the end",
    [
      t.header,
      t.section("start"),
      t.section("part"),
      t.section("end"),
      t.vmdesc,
      t.ended("rst", "destination"),
    ],
    "setup active device completed",
    "setup active failed",
  ],
  [
    "a destination that reports an error",
    [...t.precopy, t.shut(1)],
    "setup active failed",
    "setup active failed",
  ],
  [
    "a destination that dies in precopy",
    [...t.precopy, t.ended("rst", "destination")],
    "setup active failed",
    "setup active failed",
  ],
  [
    "a destination that dies behind the end, before SHUT",
    [...t.precopy, ...finished, t.ended("rst", "destination")],
    "setup active device failed",
    "setup active failed",
  ],
  ["a capture that stops", [...t.precopy, t.ended("open")], "setup active", "setup active"],
  [
    "postcopy up to 10.1",
    [...t.switched, t.end(), t.shut(0)],
    "setup active device postcopy-active completed",
    "setup active postcopy-device postcopy-active completed",
  ],
  [
    "postcopy since 10.2",
    [...t.loading, t.pong(0x42), t.end(), t.shut(0)],
    "setup active device postcopy-device postcopy-active completed",
    "setup active postcopy-device postcopy-active completed",
  ],
  [
    "a destination that dies while it loads the device state",
    [...t.loading, t.ended("rst", "destination")],
    "setup active device postcopy-device failed",
    "setup active postcopy-device failed",
  ],
  ["a pause", [...t.switched, t.ended("fin", "source")], PAUSED, DESTINATION_PAUSED],
  [
    "a pause and a recovery",
    [...t.switched, t.ended("fin", "source"), ...t.recovered, t.end(), t.shut(0)],
    `${PAUSED} postcopy-recover postcopy-active completed`,
    `${DESTINATION_PAUSED} postcopy-recover postcopy-active completed`,
  ],
  [
    "a recovery behind a connection that just went silent",
    [...t.switched, ...t.recovered],
    `${PAUSED} postcopy-recover postcopy-active`,
    `${DESTINATION_PAUSED} postcopy-recover postcopy-active`,
  ],
  [
    "a recovery that breaks off and is tried again",
    [...t.switched, t.recovery, t.ended("rst"), ...t.recovered],
    `${PAUSED} postcopy-recover postcopy-paused postcopy-recover postcopy-active`,
    `${DESTINATION_PAUSED} postcopy-recover postcopy-paused postcopy-recover postcopy-active`,
  ],
  [
    "a destination that dies when postcopy is through",
    [...t.switched, t.end(), t.ended("fin", "destination")],
    "setup active device postcopy-active",
    "setup active postcopy-device postcopy-active failed",
  ],
  [
    "a connection whose end the capture lacks",
    [...t.precopy, t.lose, t.ended("fin", "source")],
    "setup active",
    "setup active",
  ],
];

describe("states of a migration", () => {
  it.each(CASES)("%s", (_, steps, source, destination) => {
    const seen = states(steps);
    expect([seen.source, seen.destination]).toEqual([source, destination]);
    expect([seen.tracker.source, seen.tracker.destination]).toEqual([
      source.split(" ").at(-1),
      destination.split(" ").at(-1),
    ]);
  });

  it("names the message that proves each", () => {
    const { told } = states([...t.switched, t.ended("fin", "source"), ...t.recovered, t.shut(0)]);
    expect(told.map(({ side, state, proof }) => `${side} ${state}: ${proof}`)).toEqual([
      "destination setup: connection",
      "source setup: QEVM",
      "destination active: QEVM",
      "source active: start of section ram",
      "source device: POSTCOPY_RAM_DISCARD",
      "destination postcopy-device: POSTCOPY_LISTEN",
      "source postcopy-active: POSTCOPY_RUN",
      "destination postcopy-active: PONG 3",
      "source postcopy-paused: FIN by source",
      "destination postcopy-paused: FIN by source",
      "source postcopy-recover: recovery connection",
      "destination postcopy-recover: recovery connection",
      "destination postcopy-active: POSTCOPY_RESUME",
      "source postcopy-active: RESUME_ACK",
      "destination completed: SHUT 0",
      "source completed: SHUT 0",
    ]);
    expect(told.every(({ time }) => time !== null)).toBe(true);
    expect(told.filter(({ offset }) => offset === 0).map(({ proof }) => proof)).toEqual([
      "connection",
      "recovery connection",
      "recovery connection",
    ]);
    expect(states(t.loading).told.at(-1)?.proof).toBe("POSTCOPY_RUN");
  });

  it("begins where a late capture does", () => {
    const late = { begins: "middle" } as const;
    expect(states([t.section("part"), t.section("end"), t.vmdesc, t.shut(0)], late)).toMatchObject({
      source: "active device completed",
      destination: "active completed",
    });
    expect(states([t.section("full", "timer"), t.vmdesc, t.ended("fin", "source")], late)).toMatchObject({
      source: "active device completed",
      destination: "active",
    });
    expect(states([t.section("part"), t.shut(1)], late).source).toBe("active failed");
  });

  it("needs no times, and takes the return path before or after the main channel", () => {
    const untimed = { timed: false };
    const main = [t.header, t.command("OPEN_RETURN_PATH"), t.section("start"), t.section("part"), t.end()];
    expect(states([...main, t.shut(0)], untimed).source).toBe("setup active completed");
    const tracker = createStateTracker(() => {});
    const stage = t.play({ ...tracker, opened: () => {} }, [t.shut(0)], untimed);
    expect(tracker.source).toBe("none");
    for (const step of main) step({ ...stage, told: tracker });
    expect([tracker.source, tracker.destination]).toEqual(["completed", "completed"]);
  });

  it("takes any order, and stays in a final state", () => {
    const steps = [
      ...t.loading,
      ...t.recovered,
      ...finished,
      t.vmdesc,
      t.shut(0),
      t.shut(1),
      t.pong(0x42),
      t.ended("fin", "source"),
      t.ended("rst", "destination"),
      t.recovery,
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 40 }), (order) => {
        const { told } = states(order);
        for (const side of ["source", "destination"] as const) {
          const own = told.filter((change) => change.side === side).map(({ state }) => state);
          const final = own.findIndex((state) => state === "completed" || state === "failed");
          expect(final < 0 || final === own.length - 1).toBe(true);
          expect(own.some((state, i) => state === own[i - 1])).toBe(false);
        }
      }),
    );
  });

  it("keeps a bounded list of changes", () => {
    let count = 0;
    const tracker = createStateTracker(() => count++);
    t.play(tracker, [...t.switched, ...Array.from({ length: 1000 }, () => t.recovered).flat()]);
    expect(count).toBeGreaterThan(4000);
    expect(tracker.changes).toHaveLength(1024);
  });
});
