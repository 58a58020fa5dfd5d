import { describe, expect, it } from "vitest";
import { play, type Script, scriptOf, seeds, type Told } from "../../test/peer-fuzz.ts";
import { mulberry32 } from "../../test/told.ts";
import type { Seen } from "./ending.ts";

const SEED = Number(process.env.SEED ?? 20261121);
const RUNS = process.env.NIGHTLY ? 400_000 : 6000;

const records = seeds();

/**
 * With several threads, what came late may decide who is first: one ending is among the others' then, or the same ending
 * came before a thread saw what it would not take.
 */
function agree(whole: Told, pieces: Told, { acts }: Script): boolean {
  const same = (a: Told | Seen, b: Told | Seen) => JSON.stringify(a) === JSON.stringify(b);
  if (same(whole, pieces)) return true;
  if (acts.filter(({ what }) => what === "connect").length < 2) return false;
  if (same({ ...whole, stopped: null }, { ...pieces, stopped: null })) return true;
  const isAmong = ({ closed }: Told, { alternatives }: Told) =>
    alternatives.some((other) => same(other, closed));
  return isAmong(pieces, whole) || isAmong(whole, pieces);
}

describe(`peers of all releases, seed ${SEED}`, () => {
  it(`take what was recorded and damaged without throwing, alike in pieces, ${RUNS} times`, {
    timeout: 900_000,
  }, () => {
    expect(records.length).toBeGreaterThan(500);
    for (let run = 0; run < RUNS; run++) {
      const random = mulberry32(SEED + run * 7919);
      const script = scriptOf(records, random);
      try {
        const whole = play(script);
        expect(whole.closed.alive).toBe(whole.closed.exit === null);
        const pieces = play(script, random);
        if (!script.mixed && !agree(whole, pieces, script)) expect(pieces).toEqual(whole);
      } catch (error) {
        throw new Error(`SEED=${SEED}, run ${run}`, { cause: error });
      }
    }
  });
});
