import { describe, expect, it } from "vitest";
import { directionsOf, loadSession, sessionCaptures } from "../../../test/session-captures.ts";
import { qemuPeer } from "../peer.ts";
import { createSource } from "./source.ts";

const told = sessionCaptures.filter(({ events }) => events !== undefined);
const answered = told.filter((capture) => answersIn(loadSession(capture)).length > 0);

/** What came back, by connection. */
function answersIn(capture: Uint8Array): Uint8Array[] {
  return directionsOf(capture)
    .map(({ down }) => down)
    .filter(({ length }) => length > 0);
}

describe("the return paths of real migrations", () => {
  it("are there, recoveries too", () => {
    expect(answered.length).toBeGreaterThan(5);
    expect(answered.some((capture) => answersIn(loadSession(capture)).length > 1)).toBe(true);
  });

  it.each(answered)("$file ends as its source did", (capture) => {
    const { source: version, machine, capabilities, events } = capture;
    const statuses = events?.source ?? [];
    const source = createSource(qemuPeer(`qemu-${version}`, { machine, capabilities }), { phase: "precopy" });
    const [first, ...later] = answersIn(loadSession(capture));
    if (statuses.some((status) => status.startsWith("postcopy"))) source.become("postcopy");
    source.push(0, first ?? new Uint8Array(0));
    source.close(0);
    for (const again of later) {
      source.become("recovery");
      source.push(0, again);
      source.close(0);
    }
    expect(source.seen().status).toBe(statuses.at(-1));
    expect(source.stopped()).toBeNull();
  });
});
