import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { files } from "../../test/capture-kinds.ts";
import { cli } from "../../test/cli.ts";
import { directionsOf, loadSession, sessionCapture, sessionCaptures } from "../../test/session-captures.ts";
import { temporaryDirectory } from "../../test/temporary.ts";

const none = new Uint8Array(0);
const recovered = directionsOf(
  loadSession(sessionCapture("tcp-postcopy-recovery-preempt-11.1-to-11.1.pcap")),
);
const multifd = directionsOf(loadSession(sessionCapture("tcp-multifd-zstd-10.0-to-11.1.pcap")));

async function hex(bytes: Uint8Array, ...options: readonly string[]) {
  const path = join(temporaryDirectory(), "input");
  writeFileSync(path, bytes);
  const { status, out, err } = await cli("hex", ...options, path);
  return { status, err, lines: out.trimEnd().split("\n") };
}

/** Offsets and lengths of the lines follow each other from `start` to `end`. */
function expectPartition(lines: readonly string[], start: number, end: number): void {
  let at = start;
  for (const line of lines) {
    const [, offset = "", bytes = ""] = /^([0-9a-f]+) {2}(.{23}) {2}/.exec(line) ?? [];
    expect(Number.parseInt(offset, 16)).toBe(at);
    const more = /\+(\d+)/.exec(bytes);
    at +=
      (bytes.match(/\b[0-9a-f]{2}\b(?! *\+?\d{3})/g) ?? []).length && !more
        ? bytes.trim().split(" ").length
        : 4 + Number(more?.[1] ?? 0);
  }
  expect(at).toBe(end);
}

describe("hex of channels", () => {
  const channels: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["return path", recovered[2]?.down ?? none, /ReceivedBitmapEnd\.mark {2}0x0123456789abcdef/],
    ["recovery", recovered[2]?.up ?? none, /CommandHeader\.command {2}\d+ \(RECV_BITMAP\)/],
    ["preempt channel", recovered[1]?.up ?? none, /RamBlockName\.idstr {2}"pc\.ram"/],
    ["multifd channel", multifd[1]?.up ?? none, /MultifdInit\.uuid/],
  ];
  it.each(channels)("%s: every byte once", async (what, bytes, expected) => {
    const { status, err, lines } = await hex(bytes);
    // By itself it goes on with sections that nothing has started.
    if (what !== "recovery") expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(lines.some((line) => expected.test(line))).toBe(true);
    expectPartition(lines, 0, bytes.length);
    const shifted = await hex(new Uint8Array([...new Uint8Array(100), ...bytes]), "--offset", "100");
    expect(shifted.lines).toHaveLength(lines.length);
    expectPartition(shifted.lines, 100, bytes.length + 100);
    expect((await hex(gzipSync(bytes))).lines).toEqual(lines);
  });

  it("shows names in fixed fields without their padding", async () => {
    const { lines } = await hex(multifd[1]?.up ?? none);
    expect(lines.some((line) => /MultifdPacketHeader\.block {2}"pc\.ram"$/.test(line))).toBe(true);
  });

  it("reads as what it is told", async () => {
    const { status, lines } = await hex(recovered[1]?.up ?? none, "--as-format", "multifd");
    expect(lines[0]).toMatch(/^00000000 .*packets\[0\]\.damaged/);
    expect(status).toBe(1);
  });
});

describe("hex of captures", () => {
  it.each(sessionCaptures)("$file: every byte once", async (capture) => {
    const { status, lines } = await hex(loadSession(capture));
    expect(status).toBe(0);
    expectPartition(lines, 0, capture.size);
  });

  it.each(Object.entries(files))("%s: every byte once", async (_, bytes) => {
    const { lines } = await hex(bytes);
    expectPartition(lines, 0, bytes.length);
    const shifted = await hex(new Uint8Array([...new Uint8Array(10), ...bytes]), "--offset", "10");
    expectPartition(shifted.lines, 10, bytes.length + 10);
  });
});
