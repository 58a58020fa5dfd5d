import { describe, expect, it } from "vitest";
import {
  directionsOf,
  loadSession,
  type SessionCapture,
  sessionCaptures,
} from "../../../test/session-captures.ts";
import { concat } from "../../../test/streams.ts";
import { createDestination } from "../destination/destination.ts";
import type { PeerProcess } from "../ending.ts";
import { qemuPeer } from "../peer.ts";

const CAPTURES = sessionCaptures.filter(({ file }) => /^tcp-(postcopy|dirty-bitmaps)/.test(file));

const SHUT = 1;
const REQ_PAGES_ID = 3;
const REQ_PAGES = 4;
const RECV_BITMAP = 5;

/** The messages of a return path; requests for pages, which a guest makes when it likes, are left out. */
function messages(bytes: Uint8Array): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const told: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const type = view.getUint16(at);
    let end = at + 4 + view.getUint16(at + 2);
    if (type === RECV_BITMAP) end += 16 + Number(view.getBigUint64(end));
    if (type !== REQ_PAGES_ID && type !== REQ_PAGES && type !== SHUT)
      told.push(Buffer.from(bytes.subarray(at, end)).toString("hex"));
    at = end;
  }
  return told;
}

/** Feeds a capture; each recovery comes when the connections before it are lost. */
function feed(capture: SessionCapture): { readonly process: PeerProcess; readonly replies: Uint8Array } {
  const { file, destination, machine, capabilities, parameters } = capture;
  const nodes = [{ node: "node0" }];
  const process = createDestination(
    qemuPeer(`qemu-${destination}`, { machine, capabilities, parameters, nodes }),
  );
  const directions = directionsOf(loadSession(capture));
  const together = capabilities["postcopy-preempt"] ? 2 : 1;
  const recovers = file.includes("recovery");
  let open: number[] = [];
  directions.forEach(({ up }, i) => {
    if (recovers && i > 0 && i % together === 0) {
      for (const connection of open) process.close(connection);
      expect(process.seen().status).toBe("postcopy-paused");
      open = [];
    }
    const connection = process.connect();
    process.push(connection, up);
    open.push(connection);
  });
  for (const connection of open) process.close(connection);
  const main = directions.filter((_, i) => i % together === 0);
  return { process, replies: concat(...main.map(({ down }) => down)) };
}

describe("a captured postcopy", () => {
  it.for(CAPTURES.map((capture) => [capture.file, capture] as const))("%s is taken", ([, capture]) => {
    const { process, replies } = feed(capture);
    expect(process.stopped()).toBeNull();
    expect(process.unknown()).toBeNull();
    expect(process.seen()).toMatchObject({ exit: null, status: "completed" });
    expect(new Set(messages(process.replies()))).toEqual(new Set(messages(replies)));
  });
});
