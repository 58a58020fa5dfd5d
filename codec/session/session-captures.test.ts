import { describe, expect, it } from "vitest";
import { mutate } from "../../test/mutate.ts";
import { packetsOf, withPackets } from "../../test/pcap-packets.ts";
import { loadSession, sessionCaptures } from "../../test/session-captures.ts";
import { shown, type ToldSession, tellCapture } from "../../test/sessions.ts";
import { mulberry32 } from "../../test/told.ts";

const SEED = Number(process.env.SEED ?? 20260801);
const ROUNDS = process.env.NIGHTLY ? 60 : 4;
const SLOW = { timeout: 300_000 };

function expectSound({ channels, migrations, events, connections }: ToldSession): void {
  const ends = events.filter(({ kind }) => kind === "migration-end");
  expect(ends).toHaveLength(migrations.length);
  const opened = events.filter(({ kind }) => kind === "connection");
  expect(events.filter(({ kind }) => kind === "connection-end")).toHaveLength(opened.length);
  expect(connections.every(({ how }) => how !== null)).toBe(true);
  for (const { bytes, lost = 0 } of channels) expect(lost).toBeLessThanOrEqual(bytes);
}

const pcaps = sessionCaptures.filter(({ file }) => !file.includes("pcapng"));

describe("a session", () => {
  it("is tested on every capture", () => {
    expect(sessionCaptures.length).toBeGreaterThan(20);
  });

  it.each(sessionCaptures)("of $file is told the same in any chunks", SLOW, (capture) => {
    const data = loadSession(capture);
    const whole = tellCapture(data, data.length);
    expectSound(whole);
    for (const chunk of [997, 1460, 65_536]) expect(shown(tellCapture(data, chunk))).toBe(shown(whole));
  });

  it.each(pcaps)("of $file is sound when packets are missing or come out of order", SLOW, (capture) => {
    const data = loadSession(capture);
    const packets = packetsOf(data);
    for (let round = 0; round < ROUNDS; round++) {
      const random = mulberry32(SEED + round);
      const kept = packets.filter(() => random() > 0.05);
      expectSound(tellCapture(withPackets(data, kept)));
      const moved = [...packets];
      for (let i = 0; i + 1 < moved.length; i++) {
        const [a, b] = [moved[i], moved[i + 1]];
        if (a && b && random() < 0.1) [moved[i], moved[i + 1]] = [b, a];
      }
      expectSound(tellCapture(withPackets(data, moved)));
    }
  });

  it.each(sessionCaptures)("of $file is sound when the file is damaged or cut", SLOW, (capture) => {
    const data = loadSession(capture);
    for (let round = 0; round < ROUNDS; round++) {
      const random = mulberry32(SEED + 100 + round);
      expectSound(tellCapture(mutate(data, random)));
      expectSound(tellCapture(data.subarray(0, Math.floor(random() * data.length))));
    }
  });
});
