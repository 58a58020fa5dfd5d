import { expect, it } from "vitest";
import { CHANNEL_MAPPING } from "../../compat/facts/qemu/multifd/channels.ts";
import { atLeast } from "../../compat/releases.ts";
import { bytesOf, HEADER, init, observe } from "../peer-connections.ts";
import { LINES, saidBy, wireEnding, wirePair } from "../wire-ending.ts";
import { asCrafted, asRecorded } from "./recorded.ts";

const UUID = "11111111-2222-3333-4444-555555555555";
/** A byte behind the configuration: memory is set up before packets come. */
const LOADING = bytesOf(HEADER, Uint8Array.of(1));

const side = (channels: number) => ({
  capabilities: { multifd: true },
  parameters: { "multifd-channels": channels },
});
const pairsTo = (to: string) => LINES.map((from) => [from, to] as const);

/** In which order connections arrive, how many there are, and what opens each. */
export function multifdOrder(): void {
  asRecorded(/^multifd-(?:ch-|src-only|dst-only|\d)/);
  asCrafted(/^(?:mf-(?!packet)|multifd-(?:id|init|order|main|magic|one|\d)|no-mf-)/);

  it.each(LINES)("to %s: the main channel may come second since 8.0, and not before", (to) => {
    const { open } = observe(to, side(2), [init(0), LOADING, init(1)]);
    expect(open.status === "active").toBe(atLeast(to, "8.0"));
  });

  it.each(LINES)(
    "to %s: an init packet with the id of the count is told from others only since 11.1",
    (to) => {
      const { open } = observe(to, side(2), [LOADING, init(2)]);
      expect(open.status === "active").toBe(false);
      expect(open.stderr.includes("channel id 2 exceeds")).toBe(atLeast(to, "11.1"));
      expect(open.alive).toBe(!atLeast(to, "8.0"));
    },
  );

  it.each(LINES)("to %s: an init packet of another uuid, version or magic never opens a channel", (to) => {
    for (const [at, byte] of [
      [0, 0x12],
      [7, 9],
      [8, 1],
    ] as const) {
      const opening = init(0);
      opening[at] = byte;
      const { open } = observe(to, side(1), [LOADING, opening]);
      expect(open.status === "active" && open.stderr === "").toBe(false);
    }
  });

  it.each(LINES)("to %s: counts that differ end as the destination's receiver does", (to) => {
    for (const versions of pairsTo(to)) {
      for (const [sent, own] of [
        [1, 2],
        [2, 2],
        [4, 4],
        [2, 4],
      ] as const) {
        const pair = wirePair(versions, side(sent), side(own));
        const { outcome, destination, rule } = wireEnding(pair);
        const channels = Array.from({ length: sent }, (_, id) => init(id));
        const { open } = observe(versions[1], side(own), [LOADING, ...channels]);
        expect(open.alive).toBe(true);
        expect(open.status === "active").toBe(rule !== "MULTIFD_CHANNELS_ALIKE");
        if (sent !== own) expect([outcome, destination.state]).toEqual(["guest-stuck", open.status]);
      }
    }
  });

  it.each(LINES)("to %s: with a return path a source that is waited for in vain hangs", (to) => {
    for (const versions of pairsTo(to)) {
      const heard = { ...side(1), capabilities: { multifd: true, "return-path": true } };
      expect(wireEnding(wirePair(versions, heard, side(2))).outcome).toBe("hangs");
    }
  });

  it.each(LINES)("to %s: a channel too many never completes", (to) => {
    for (const versions of pairsTo(to)) {
      const { outcome, destination } = wireEnding(wirePair(versions, side(4), side(2)));
      const channels = [0, 3, 2, 1].map(init);
      const { open } = observe(versions[1], side(2), [HEADER, ...channels]);
      expect(["fails", "hangs"]).toContain(outcome);
      const isRefused = open.exit !== null || open.status !== "active" || open.stderr !== "";
      expect(isRefused || versions[1] < "6.1").toBe(true);
      expect(destination.error).not.toBeNull();
    }
  });

  it.each(LINES)("to %s: another uuid is refused with the receiver's words", (to) => {
    for (const versions of pairsTo(to)) {
      const { destination, rule } = wireEnding(wirePair(versions, { ...side(1), uuid: UUID }, side(1)));
      const opening = init(0);
      opening.set(
        Uint8Array.from(UUID.replaceAll("-", "").match(/../g) ?? [], (hex) => Number.parseInt(hex, 16)),
        8,
      );
      const { open } = observe(versions[1], side(1), [HEADER, opening]);
      expect(rule).toBe("MULTIFD_UUID_ALIKE");
      expect(saidBy(destination)).toContain(open.stderr);
    }
  });

  it.each(LINES)("to %s: a connection before main is a matter of the destination", (to) => {
    for (const versions of pairsTo(to)) {
      const { words, rule } = wireEnding(wirePair(versions, side(2), side(2)));
      const { open } = observe(versions[1], side(2), [init(0), LOADING, init(1)]);
      expect([null, "MULTIFD_SYNC_PAGES_KEPT"]).toContain(rule);
      expect(words.includes("arrives first for the main channel")).toBe(open.status !== "active");
    }
  });

  it("rests on facts that say since when channels are looked at", () => {
    expect(CHANNEL_MAPPING.map(({ since }) => since)).toContain("8.0");
  });
}
