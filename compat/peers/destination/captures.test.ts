import { describe, expect, it } from "vitest";
import { createCaptureReader } from "../../../codec/index.ts";
import {
  directionsOf,
  loadSession,
  type SessionCapture,
  sessionCaptures,
} from "../../../test/session-captures.ts";
import type { PeerProcess } from "../ending.ts";
import { qemuPeer } from "../peer.ts";
import { createDestination } from "./destination.ts";

/** UUID of the guest in all recordings. */
const GUEST = "0b5e1ab0-0001-4000-8000-0000000000a1";

const completed = sessionCaptures.filter(
  ({ file, outcome, connections }) =>
    outcome === "completed" && connections > 1 && /multifd-(?!snaplen)/.test(file),
);

function replay(capture: SessionCapture): PeerProcess {
  const { destination, machine, capabilities, parameters } = capture;
  const peer = createDestination(
    qemuPeer(`qemu-${destination}`, { machine, capabilities, parameters, uuid: GUEST }),
  );
  const numbers = new Map<number, number>();
  const numberOf = (id: number): number => {
    const number = numbers.get(id) ?? peer.connect();
    numbers.set(id, number);
    return number;
  };
  const reader = createCaptureReader({
    connection: ({ id }) => void numberOf(id),
    bytes: ({ id }, direction, chunk) => {
      if (direction === "client-to-server") peer.push(numberOf(id), chunk);
    },
    gap: () => {},
    end: () => {},
    finding: () => {},
  });
  reader.push(loadSession(capture));
  reader.finish();
  for (const number of numbers.values()) peer.close(number);
  return peer;
}

describe("a captured multifd migration", () => {
  it.each(completed.map((capture) => [capture.file, capture] as const))("%s completes", (_, capture) => {
    const peer = replay(capture);
    expect(peer.unknown()).toBeNull();
    expect(peer.seen()).toMatchObject({ status: "completed", alive: true, stderr: "" });
    expect(peer.stopped()).toBeNull();
  });
});

const answered = sessionCaptures.filter(
  ({ file, outcome, capabilities }) =>
    outcome === "completed" && capabilities["return-path"] && !/snaplen|late-start|dirty-bitmaps/.test(file),
);

describe("a captured migration with a return path", () => {
  it.each(answered.map((capture) => [capture.file, capture] as const))(
    "%s is answered alike",
    (_, capture) => {
      const [main] = directionsOf(loadSession(capture));
      expect(replay(capture).replies()).toEqual(main?.down);
    },
  );
});
