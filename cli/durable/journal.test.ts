import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../../codec/layout/index.ts";
import { prefixesOf } from "../../test/check-table.ts";
import { EditJournal, isTorn, journalBytes, readJournal } from "./journal.ts";

const entry = fc
  .tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(), fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }))
  .map(([old, offset, inode]) => ({
    inode,
    size: offset + old.length + 7,
    offset,
    length: old.length,
    around: new Uint8Array(32).fill(5),
    old,
    fresh: old.map((byte) => byte ^ 0xff),
  }));

describe("a journal", () => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(entry, (journal) => {
        expect(readJournal(journalBytes(journal))).toMatchObject(journal);
      }),
    );
  });

  it("has a table that keeps every byte", () => {
    fc.assert(
      fc.property(entry, (journal) => {
        const body = journalBytes(journal).slice(0, -32);
        expect(encode(EditJournal, decode(EditJournal, body))).toEqual(body);
      }),
    );
  });

  const [sample] = fc.sample(entry, 1);
  if (!sample) throw new TypeError("no sample");
  const whole = journalBytes(sample);

  it("is unsound when cut anywhere", () => {
    for (const length of prefixesOf(whole.length))
      expect(readJournal(whole.subarray(0, length))).toBe(undefined);
  });

  it("is unsound when any byte is changed, or one is added", () => {
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(readJournal(changed), `byte ${at}`).toBe(undefined);
    }
    expect(readJournal(Uint8Array.of(...whole, 0))).toBe(undefined);
  });

  it("is unsound when it would write behind the end of the file", () => {
    const journal = {
      inode: 1n,
      size: 10,
      offset: 8,
      length: 4,
      around: new Uint8Array(32),
      old: new Uint8Array(4),
      fresh: new Uint8Array(4),
    };
    expect(readJournal(journalBytes(journal))).toBe(undefined);
  });

  it("does not allocate by a length that it has not", () => {
    const lying = whole.slice(0, 40);
    new DataView(lying.buffer).setUint32(36, 0xffffffff);
    expect(readJournal(lying)).toBe(undefined);
  });
});

it("knows a torn write from a foreign one", () => {
  const old = Uint8Array.of(1, 2, 3, 4);
  const fresh = Uint8Array.of(1, 9, 3, 8);
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), (chosen) => {
      const torn = old.map((byte, i) => (chosen[i] ? (fresh[i] ?? 0) : byte));
      expect(isTorn(torn, { old, fresh })).toBe(true);
    }),
  );
  expect(isTorn(Uint8Array.of(1, 2, 3, 5), { old, fresh })).toBe(false);
  expect(isTorn(old.subarray(1), { old, fresh })).toBe(false);
});
