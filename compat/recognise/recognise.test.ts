import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FACTS } from "../facts/index.ts";
import { type PrintfValue, printf } from "../facts/printf.ts";
import { scanf, scanner } from "../facts/scanf.ts";
import { findRule } from "../rules/index.ts";
import { MEANINGS, meaningOf, namesOf } from "./meanings/index.ts";
import { NAMES } from "./meanings/names.ts";
import { recognise } from "./recognise.ts";
import { isUnder, TEXT_FACTS } from "./texts.ts";

const NAME = fc.stringMatching(/^[a-z][a-z0-9/_.-]{2,20}[a-z0-9]$/);
const valueFor = (hole: string): fc.Arbitrary<PrintfValue> => {
  if (hole === "text") return NAME;
  if (hole === "letter") return fc.constantFrom("a", "Z", "7");
  if (hole === "pointer") return fc.nat().map((number) => `0x${number.toString(16)}`);
  return hole === "decimal" ? fc.integer() : fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
};
const asText = (value: PrintfValue) => String(value);

describe("every error text in the facts", () => {
  it("is many", () => expect(TEXT_FACTS.length).toBeGreaterThan(400));

  it.each(TEXT_FACTS.map((text) => [text.fact.id, text] as const))(
    "%s is recognised with its values",
    (id, { template }) => {
      const { holes } = scanner(template);
      fc.assert(
        fc.property(fc.tuple(...holes.map(valueFor)), (values) => {
          const said = printf(template, ...values);
          expect(scanf(template, said)?.map(asText)).toEqual(values.map(asText));
          const { lines, unknown } = recognise(`qemu-system-x86_64: ${said}`);
          expect([lines.length, unknown.length]).toEqual([1, 0]);
          const readings = lines[0]?.parts.flatMap((part) => part.readings) ?? [];
          const mine = readings.find(({ text }) => text.fact.id === id);
          expect(mine?.values.map(({ value }) => asText(value))).toEqual(values.map(asText));
          expect(lines[0]?.rest).toEqual([]);
        }),
        { numRuns: 8 },
      );
    },
  );

  it.each(TEXT_FACTS.map(({ fact, template }) => [fact.id, template]))(
    "%s has a meaning, and names for its values",
    (id, template) => {
      const meaning = meaningOf(id);
      expect(meaning).toBeDefined();
      const { holes } = scanner(template);
      if (holes.length > 0) expect(namesOf(id, holes.length)).toBeDefined();
    },
  );
});

describe("meanings", () => {
  const ids = FACTS.flat().map(({ id }) => id);

  it.each(MEANINGS.flatMap((meaning) => meaning.subjects))("%s is a subject of facts", (subject) => {
    expect(ids.some((id) => isUnder(id, subject))).toBe(true);
  });

  it.each(Object.keys(NAMES))("%s, whose values have names, is too", (subject) => {
    expect(ids.some((id) => isUnder(id, subject))).toBe(true);
  });

  it.each([...new Set(MEANINGS.flatMap(({ related = [] }) => related))])(
    "%s, to read on, exists",
    (related) => {
      expect(findRule(related) !== undefined || ids.some((id) => isUnder(id, related))).toBe(true);
    },
  );
});
