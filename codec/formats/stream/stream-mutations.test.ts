import { describe, expect, it } from "vitest";
import { fixtures, load } from "../../../test/captures.ts";
import { constructs } from "../../../test/constructs.ts";
import { layWith } from "../../../test/damage.ts";
import { mutate } from "../../../test/mutate.ts";
import { mulberry32, work } from "../../../test/told.ts";

const SEED = Number(process.env.SEED ?? 20260801);
const SMALL = 98_500;
const REAL = 1_500;

/** No input makes a reader tell more than this per byte, or look for places to go on over and over. */
const MOST_WALKED = 257 << 20;

function check(data: Uint8Array, what: string): void {
  const { events, walked } = work(data, data.length % 2 === 0 ? {} : { page: () => {}, span: () => {} });
  const ends = events.filter(({ kind }) => kind === "end");
  const last = events.at(-1);
  if (ends.length !== 1 || last?.kind !== "end") expect.fail(`${what}: ${ends.length} ends`);
  if (events.length > 20 + data.length / 4) expect.fail(`${what}: ${events.length} events`);
  if (walked > MOST_WALKED) expect.fail(`${what}: walked over ${walked} bytes`);
  if (last.offset > data.length || last.offset < 0) expect.fail(`${what}: ends at ${last.offset}`);
  for (const event of events)
    if (event.kind === "finding" && !((event.finding.offset ?? 0) <= data.length))
      expect.fail(`${what}: ${event.finding.rule} at ${event.finding.offset}`);
}

function storm(name: string, data: Uint8Array, times: number, seed: number): void {
  for (let i = 0; i < times; i++) {
    const what = `${name}, seed ${seed}, run ${i}`;
    const bad = mutate(data, mulberry32(seed + i * 7919));
    try {
      check(bad, what);
    } catch (error) {
      throw new Error(`${what} (SEED=${SEED})`, { cause: error });
    }
  }
}

const small = [...constructs, { name: "two parts of RAM", data: layWith({}).data }];
const real = fixtures.filter(({ size }) => size < 600_000);

describe(`mutations from seed ${SEED}`, () => {
  it(`are ${SMALL + REAL} in all`, () => {
    expect(Math.ceil(SMALL / small.length) * small.length).toBeGreaterThanOrEqual(SMALL);
    expect(Math.ceil(REAL / real.length) * real.length).toBeGreaterThanOrEqual(REAL);
  });

  it.each(small)(
    "of a stream with $name end in one end, at bounded cost",
    { timeout: 600_000 },
    ({ name, data }) => {
      storm(name, data, Math.ceil(SMALL / small.length), SEED);
    },
  );

  it.each(real)("of $file end in one end, at bounded cost", { timeout: 600_000 }, (capture) => {
    storm(capture.file, load(capture), Math.ceil(REAL / real.length), SEED + 1);
  });
});
