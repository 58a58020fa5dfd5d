import { describe, expect, it } from "vitest";
import { PAIRS, saidBy, wireEnding, wirePair } from "../../../../test/wire-ending.ts";

const TLS = { parameters: { "tls-creds": "tls0" } };
const EMPTY = { parameters: { "tls-creds": "" } };
const TERMINATED = "TLS handshake failed: The TLS connection was non-properly terminated.";
const UNEXPECTED = "TLS handshake failed: An unexpected TLS packet was received.";
const NO_STREAM = "Not a migration stream\nload of migration failed: Invalid argument";
const RESET =
  "TLS handshake failed: Error in the pull function.: Unable to read from socket: Connection reset by peer";

/** Seen with tls-creds-anon on one side. */
const SOURCE_ONLY = [
  ["5.2.0", "7.2.22", TERMINATED, NO_STREAM],
  ["7.2.22", "10.0.13", TERMINATED, NO_STREAM],
  ["11.1.3", "5.2.0", TERMINATED, NO_STREAM],
  ["10.0.13", "11.1.3", RESET, "unknown channel magic: 369295616"],
  ["11.1.3", "11.1.3", RESET, "unknown channel magic: 369295616"],
] as const;

describe("TLS of one side only", () => {
  it.each(SOURCE_ONLY)("on a source of %s is not taken by %s", (from, to, said, seen) => {
    const ending = wireEnding(wirePair([from, to], TLS, {}));
    expect(ending).toMatchObject({
      outcome: "fails",
      rule: "TLS_ON_BOTH_SIDES",
      destination: { exits: true },
    });
    expect([ending.source.error, ending.destination.error]).toEqual([said, seen]);
  });

  it.each(PAIRS)("of a source, %s to %s, never completes", (...versions) => {
    expect(wireEnding(wirePair(versions, TLS, {})).outcome).toBe("fails");
  });

  it.each(PAIRS)("of a destination, %s to %s, leaves that waiting", (...versions) => {
    const ending = wireEnding(wirePair(versions, {}, TLS));
    expect(ending).toMatchObject({ outcome: "fails", destination: { error: UNEXPECTED } });
    expect(ending.destination.exits).toBeUndefined();
    expect(saidBy(ending.source)).toContain("Unable to write to socket: Connection reset by peer");
  });

  it("is a matter of certificates where both have it, and nothing without a name", () => {
    expect(wireEnding(wirePair(["7.2.22", "11.1.3"], TLS, TLS))).toMatchObject({
      outcome: "completes",
      alternatives: ["fails"],
      source: { otherErrors: ["No TLS credentials with id 'tls0'"] },
    });
    expect(wireEnding(wirePair(["7.2.22", "11.1.3"], EMPTY, {})).words).toBe("");
  });
});
