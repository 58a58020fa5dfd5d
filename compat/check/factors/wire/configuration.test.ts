import { describe, expect, it } from "vitest";
import { bytesOf, HEADER, observe } from "../../../../test/peer-connections.ts";
import { LINES, wireEnding, wirePair } from "../../../../test/wire-ending.ts";

const ONE = "11111111-2222-3333-4444-555555555555";
const OTHER = "99999999-2222-3333-4444-555555555555";
const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const word = (value: number) => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
const uuidBytes = (uuid: string) =>
  Uint8Array.from(uuid.replaceAll("-", "").match(/../g) ?? [], (hex) => Number.parseInt(hex, 16));

/** A stream's beginning with one part of the configuration, and the byte of a section behind it. */
function stream(name: string, ...data: readonly Uint8Array[]): Uint8Array {
  const idstr = `configuration/${name}`;
  return bytesOf(HEADER, Uint8Array.of(5, idstr.length), latin1(idstr), word(1), ...data, Uint8Array.of(0));
}

const uuidStream = stream("uuid", uuidBytes(ONE));
const capabilityStream = (...names: readonly string[]) =>
  stream(
    "capabilities",
    word(names.length),
    ...names.map((name) => bytesOf(Uint8Array.of(name.length), latin1(name))),
  );
const set = (...names: readonly string[]) => ({
  capabilities: Object.fromEntries(names.map((name) => [name, true])),
});

describe("the UUID in the configuration", () => {
  const sends = { ...set("validate-uuid"), uuid: ONE.toUpperCase() };

  it.each(LINES)("is refused by %s in its words, with validate-uuid off too", (to) => {
    for (const from of LINES) {
      const ending = wireEnding(wirePair([from, to], sends, { uuid: OTHER }));
      expect(ending).toMatchObject({ outcome: "fails", stage: "setup", rule: "UUID_ALIKE" });
      expect(ending.destination.error).toBe(observe(to, { uuid: OTHER }, [uuidStream]).closed.stderr);
    }
  });

  it.each(LINES)("is taken by %s where it is the same, or none was set", (to) => {
    expect(wireEnding(wirePair([to, to], sends, { uuid: ONE })).words).toBe("");
    const unset = wireEnding(wirePair([to, to], sends, {}));
    expect(unset).toMatchObject({ outcome: "completes", rule: "UUID_ALIKE" });
    expect(unset.destination.error).toBe(`warning: UUID is received ${ONE}, but local uuid isn't set`);
    expect(unset.words).toMatch(/was started without one/);
    expect(observe(to, {}, [uuidStream]).stopped).toBeNull();
  });

  it("is not sent without the capability, or where none is set", () => {
    for (const side of [{ uuid: ONE }, set("validate-uuid"), { ...set("validate-uuid"), uuid: "nonsense" }])
      expect(wireEnding(wirePair(["7.2.22", "11.1.3"], side, { uuid: OTHER })).words).toBe("");
  });

  it("loses what was saved to a file", () => {
    const pair = wirePair(["7.2.22", "11.1.3"], sends, { uuid: OTHER }, "save-and-restore");
    expect(wireEnding(pair).outcome).toBe("guest-lost");
  });
});

describe("capabilities in the configuration", () => {
  it.each(LINES)("are refused by %s in its words where they differ", (to) => {
    for (const from of LINES)
      for (const [sent, own] of [
        [["x-ignore-shared"], []],
        [[], ["x-ignore-shared"]],
      ] as const) {
        const ending = wireEnding(wirePair([from, to], set(...sent), set(...own)));
        const bytes = sent.length > 0 ? capabilityStream(...sent) : bytesOf(HEADER, Uint8Array.of(0));
        expect(ending.rule).toBe("CONFIGURATION_CAPABILITIES_ALIKE");
        expect(ending.destination.error).toBe(observe(to, set(...own), [bytes]).closed.stderr);
      }
  });

  it.each(LINES)("that %s does not have are refused in its words, too", (to) => {
    const ending = wireEnding(wirePair(["11.1.3", to], set("mapped-ram"), {}));
    expect(ending.destination.error).toBe(observe(to, {}, [capabilityStream("mapped-ram")]).closed.stderr);
  });

  it.each(LINES)("that are alike are nothing to %s", (to) => {
    expect(wireEnding(wirePair([to, to], set("x-ignore-shared"), set("x-ignore-shared"))).words).toBe("");
    expect(wireEnding(wirePair([to, to], {}, {})).words).toBe("");
  });
});
