import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { captureOf, hear, talk } from "../../test/connections.ts";
import type { Segment } from "../../test/packets.ts";

const { down } = talk();
const open0 = "established 2000000";
const acknowledges = (offset: number) => down(0, new Uint8Array(0), { acknowledgement: 1001 + offset });

describe("any stream", () => {
  interface Sent {
    readonly segments: readonly Segment[];
    readonly data: Uint8Array;
  }

  /** A stream cut into segments, in an order that is disturbed, with some of them sent twice. */
  const sent: fc.Arbitrary<Sent> = fc
    .record({
      sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 40 }),
      isn: fc.oneof(fc.constant(1000), fc.integer({ min: 2 ** 32 - 900, max: 2 ** 32 - 1 })),
      again: fc.array(fc.tuple(fc.nat(), fc.nat(40)), { maxLength: 12 }),
      swaps: fc.array(fc.tuple(fc.nat(), fc.nat(9)), { maxLength: 30 }),
    })
    .map(({ sizes, isn, again, swaps }) => {
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const data = Uint8Array.from({ length: total }, (_, i) => (i * 7919) % 253);
      const { up, open } = talk(40000, isn);
      let at = 0;
      const parts = sizes.map((size) => {
        at += size;
        return up(at - size, data.slice(at - size, at));
      });
      for (const [where, size] of again) {
        const from = where % total;
        parts.splice(where % parts.length, 0, up(from, data.slice(from, from + size + 1)));
      }
      for (const [where, far] of swaps) {
        const one = where % parts.length;
        const other = Math.min(parts.length - 1, one + far);
        const [a, b] = [parts[one], parts[other]];
        if (a && b) parts.splice(one, 1, b);
        if (a && b) parts.splice(other, 1, a);
      }
      return { data, segments: [...open(), ...parts] };
    });

  it("comes back whole, however it was cut up, disordered and repeated", () => {
    fc.assert(
      fc.property(sent, fc.integer({ min: 1, max: 3000 }), ({ segments, data }, chunk) => {
        const { heard, rules } = hear(captureOf(segments), { chunk });
        expect(heard[0]?.up).toEqual(data);
        expect(heard[0]?.log).toEqual([open0, `bytes up ${data.length}`, "end open"]);
        expect(rules).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("has gaps for what was dropped, cut or given up, and right bytes between", () => {
    fc.assert(
      fc.property(
        sent,
        fc.infiniteStream(fc.nat(9)),
        fc.option(fc.integer({ min: 54, max: 90 })),
        fc.constantFrom(200, 1000, 1 << 20),
        ({ segments, data }, drops, cut, heldBytesPerDirection) => {
          const kept = segments.filter((_, i) => i < 3 || drops.next().value !== 0);
          kept.push(acknowledges(data.length));
          const from = segments[0]?.sequence ?? 0;
          const last = kept.at(-1);
          if (last) kept.splice(-1, 1, { ...last, acknowledgement: from + 1 + data.length });
          const found = hear(captureOf(kept, cut ?? undefined), { limits: { heldBytesPerDirection } });
          let at = 0;
          let taken = 0;
          for (const line of found.heard[0]?.log ?? []) {
            const [what, , count] = line.split(" ");
            const length = Number(count);
            if (what === "bytes") {
              const bytes = found.heard[0]?.up.subarray(taken, taken + length);
              expect(bytes).toEqual(data.subarray(at, at + length));
              taken += length;
            }
            if (what === "bytes" || what === "gap") at += length;
          }
          // One byte beyond the last one may have been a FIN.
          expect(data.length - at).toBeLessThanOrEqual(1);
          expect(at).toBeLessThanOrEqual(data.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
