import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, destination, HEADER, init, observe, packet } from "../../../test/peer-connections.ts";

const RELEASES = [
  "2.5.0",
  "2.12.0",
  "3.1.0",
  "4.2.0",
  "5.2.0",
  "7.2.22",
  "8.0.0",
  "9.0.0",
  "9.2.0",
  "10.0.13",
  "10.1.0",
  "11.1.3",
];
const MULTIFD = {
  capabilities: { multifd: true, "x-multifd": true },
  parameters: { "multifd-channels": 2, "x-multifd-channels": 2 },
};

describe("a destination", () => {
  it("takes the first connection for main up to 7.2, and looks at the magic since 8.0", () => {
    const early = [init(0), HEADER, init(1)];
    for (const version of ["5.2.0", "7.2.22"])
      expect(observe(version, MULTIFD, early).open).toMatchObject({ monitorDead: true, status: null });
    for (const version of ["8.0.0", "10.0.13", "11.1.3"])
      expect(observe(version, MULTIFD, early).open).toMatchObject({ status: "active", monitorDead: false });
  });

  it("goes on after a bad channel before 10.0, and exits since", () => {
    const bad = init(0).with(7, 2);
    const stderr =
      "failed to receive packet via multifd channel 0: multifd: received packet version 2 expected 1";
    expect(observe("9.2.0", MULTIFD, [HEADER, bad]).open).toMatchObject({ alive: true, stderr });
    expect(observe("10.0.13", MULTIFD, [HEADER, bad]).open).toMatchObject({ exit: 1, stderr });
    expect(observe("4.2.0", MULTIFD, [HEADER, bad]).open).toMatchObject({ exit: -11 });
  });

  it("aborts at a multifd channel that nobody wants since 10.1", () => {
    expect(observe("10.0.13", {}, [init(0)]).open).toMatchObject({ exit: 1 });
    expect(observe("11.1.3", {}, [init(0)]).open).toMatchObject({ exit: -6 });
  });

  it("tells what failed on a channel once main fails, if the release does", () => {
    const connections = [HEADER, bytesOf(init(0), packet({ version: 3 })), init(1)];
    const error = "multifd: received packet version 3, expected 1";
    expect(observe("10.0.13", MULTIFD, connections).closed.stderr).toBe(error);
    expect(observe("9.0.0", MULTIFD, connections).closed.stderr).toBe(
      "multifd: received packet version 3 and expected version 1\nload of migration failed: Input/output error",
    );
    expect(observe("7.2.22", MULTIFD, connections).closed.stderr).toBe(
      "load of migration failed: Input/output error",
    );
  });

  it("says where it stops", () => {
    const connections = [HEADER, bytesOf(init(0), packet({ version: 3 })), init(1)];
    expect(observe("10.0.13", MULTIFD, connections).stopped).toEqual({
      connection: 1,
      offset: 68,
      path: "MultifdPacketHeader.version",
    });
    expect(observe("10.0.13", MULTIFD, [HEADER, init(0), init(1)]).stopped).toBeNull();
  });

  it.each(RELEASES)("of %s sees the same however its input is cut", (version) => {
    const connections = [
      HEADER,
      bytesOf(init(0), packet({ flags: 1 })),
      bytesOf(init(1), packet({ block: "x" })),
    ];
    const whole = observe(version, MULTIFD, connections);
    for (let cut = 1; cut < 90; cut++) expect(observe(version, MULTIFD, connections, cut)).toEqual(whole);
  });

  it("never throws, whatever comes in which order", () => {
    const action = fc.oneof(
      fc.constant({ what: "connect" as const }),
      fc.record({ what: fc.constant("close" as const), number: fc.nat(5) }),
      fc.record({
        what: fc.constant("push" as const),
        number: fc.nat(5),
        bytes: fc.oneof(
          fc.uint8Array({ maxLength: 80 }),
          fc.constantFrom(HEADER, init(0), init(1), init(2), packet({}), packet({ flags: 1 })),
        ),
      }),
    );
    const settings = fc.constantFrom(
      MULTIFD,
      {},
      { capabilities: { "postcopy-ram": true, "postcopy-preempt": true } },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...RELEASES),
        settings,
        fc.array(action, { maxLength: 20 }),
        (version, set, actions) => {
          const peer = destination(version, set);
          for (const done of actions) {
            if (done.what === "connect") peer.connect();
            else if (done.what === "close") peer.close(done.number);
            else peer.push(done.number, done.bytes);
          }
          expect(peer.seen().alive).toBe(peer.seen().exit === null);
          expect(peer.alternatives()).not.toContainEqual(peer.seen());
        },
      ),
      { numRuns: 300 },
    );
  });
});
