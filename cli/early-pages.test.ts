import { describe, expect, it } from "vitest";
import { createEarlyPages, type EarlyPage } from "./early-pages.ts";

const page = (i: number, zero: boolean): EarlyPage => ({
  migration: i % 2,
  block: `block ${i % 3}`,
  offset: i * 2 ** 40,
  zero,
  pageSize: 4096,
  epoch: i % 2 ? i : Number.MAX_SAFE_INTEGER,
});

describe("pages before the block list", () => {
  it.each([1, 10, 700])("%i come back as they were", (count) => {
    const early = createEarlyPages();
    const given = Array.from({ length: count }, (_, i) => page(i, i % 4 === 3));
    for (const [i, one] of given.entries()) {
      const data = new Uint8Array(one.zero ? 1 : 4096).fill(one.zero ? 0 : i);
      early.add(one, data);
      data.fill(0x5a);
    }
    const back: EarlyPage[] = [];
    early.replay((one, data) => {
      const i = back.push(one) - 1;
      expect(data.every((byte) => byte === (one.zero ? 0 : i & 0xff))).toBe(true);
      expect(data.length).toBe(one.zero ? 1 : 4096);
    });
    expect(back).toEqual(given);
    early.replay(() => expect.unreachable());
    early.discard();
    early.discard();
  });
});
