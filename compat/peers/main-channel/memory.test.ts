import { describe, expect, it } from "vitest";
import { StreamCursor } from "../../../codec/layout/index.ts";
import { type Host, qemuPeer } from "../peer.ts";
import { openFile } from "../qemu-file.ts";
import { createLoad } from "./create-load.ts";
import { loadMainChannel } from "./load-main-channel.ts";

const HEADER = "QEVM\0\0\0\x03\x07\0\0\0\x0dpc-i440fx-5.2\x01\0\0\0\x02\x03ram\0\0\0\0\0\0\0\x04";
const FIRST = "\0\0\0\0\0\0\x10\x02\x06pc.ram\0";
const PAGES = 16;
const RECORD = 8 + 4096;

/** Records of the same pages over and over, as a busy guest sends them. */
function pages(): Uint8Array {
  const bytes = new Uint8Array(PAGES * RECORD).fill(0x55);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < PAGES; i++) view.setBigUint64(i * RECORD, BigInt(i * 4096) + 0x28n);
  return bytes;
}

describe("a long stream of pages", () => {
  it("is stepped over without being kept", () => {
    const host: Host = {
      peer: qemuPeer("qemu-7.2.22", { memoryMiB: 32 }),
      print: () => {},
      become: () => {},
      status: () => "active",
      reply: () => {},
    };
    const cursor = new StreamCursor();
    const steps = loadMainChannel(openFile(cursor, 0), createLoad(host));
    const push = (chunk: Uint8Array) => {
      cursor.push(chunk);
      return steps.next();
    };
    steps.next();
    push(Uint8Array.from(`${HEADER}${FIRST}`, (character) => character.charCodeAt(0)));
    const chunk = pages();
    for (let i = 0; i < 2048; i++) {
      const at = i % 7 === 0 ? 1000 : chunk.length;
      push(chunk.subarray(0, at));
      const step = at < chunk.length ? push(chunk.subarray(at)) : undefined;
      expect(step?.done ?? false).toBe(false);
    }
    expect(cursor.inputEnd).toBeGreaterThan(2048 * chunk.length);
    expect(cursor.bytes.length).toBeLessThan(1 << 20);
  });
});
