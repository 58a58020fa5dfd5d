import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat } from "../../codec/layout/index.ts";
import { startGunzip } from "./gunzip.ts";
import { LIMITS, MOST_USELESS, type PayloadLimits } from "./meter.ts";

const MIB = 1 << 20;
const text = new TextEncoder();
const noise = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i * 2654435761) >>> 13);
const packed = new Uint8Array(gzipSync(noise));
const small = new Uint8Array(gzipSync("small"));

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}

async function gunzip(bytes: Uint8Array, cuts: readonly number[] = [], limits: Partial<PayloadLimits> = {}) {
  const parts: Uint8Array[] = [];
  const take = (chunk: Uint8Array) => void parts.push(chunk.slice());
  const inflation = startGunzip(take, { ...LIMITS, ...limits });
  const ends = [...cuts.map((cut) => Math.min(cut, bytes.length)).toSorted((a, b) => a - b), bytes.length];
  let at = 0;
  for (const end of ends) {
    if (inflation.done) break;
    // What was handed over is only lent.
    const lent = bytes.slice(at, end);
    if (lent.length > 0) await inflation.write(lent);
    lent.fill(0xaa);
    at = end;
  }
  const delivery = await inflation.end();
  return { ...delivery, out: concat(parts) };
}

const CASES: Readonly<Record<string, Uint8Array>> = {
  "one member": packed,
  "three members": concat([small, packed, small]),
  "a member cut off": packed.subarray(0, packed.length - 5000),
  "a trailer cut off": packed.subarray(0, packed.length - 3),
  "a header cut off": packed.subarray(0, 5),
  "a second member cut off": concat([small, packed.subarray(0, 500)]),
  "garbage behind it": concat([packed, text.encode("hello, hello")]),
  "garbage that begins like gzip": concat([
    packed,
    Uint8Array.of(0x1f, 0x8b, 0x33, 1, 2, 3, 4, 5, 6, 7, 8, 9),
  ]),
  "zeros behind it": concat([packed, new Uint8Array(100_000)]),
  "garbage behind zeros": concat([packed, new Uint8Array(1000), text.encode("hello")]),
  "a damaged check": flipped(packed, packed.length - 6),
  "a damaged length": flipped(packed, packed.length - 2),
  "no gzip": text.encode("QEVM and so on"),
};

describe("startGunzip", () => {
  it.each(Object.entries(CASES))("agrees with gzip on %s", async (_, bytes) => {
    const { status, stdout, stderr } = spawnSync("gzip", ["-dc"], {
      input: bytes,
      env: { ...process.env, LC_ALL: "C" },
      maxBuffer: 2 * MIB,
    });
    for (const cuts of [
      [],
      [1, 2, 3],
      [packed.length],
      [packed.length - 1, packed.length + 1, packed.length + 2],
    ]) {
      const { out, problem, bytes: count } = await gunzip(bytes, cuts);
      expect(problem?.status ?? 0).toBe(status);
      expect(problem?.kind).toBe([undefined, "failed", "trailing"][status ?? 3]);
      if (problem) expect(stderr.toString()).toContain(problem.text);
      expect(count).toBe(out.length);
      // gzip holds back its last buffer where the input is damaged.
      expect(out.length).toBeGreaterThanOrEqual(stdout.length);
      if (status !== 1) expect(stdout.equals(out)).toBe(true);
    }
  });

  it("fails on damaged data", async () => {
    const { problem } = await gunzip(flipped(packed, 20));
    expect(problem).toMatchObject({ kind: "failed", program: "gzip", status: 1 });
  });

  it("gives the same however it is cut", async () => {
    const input = CASES["garbage behind zeros"] ?? packed;
    const told = async (at: readonly number[]) => {
      const { out, ...delivery } = await gunzip(input, at);
      return { ...delivery, sha256: createHash("sha256").update(out).digest("hex") };
    };
    const whole = await told([]);
    const cuts = fc.array(fc.nat(input.length), { maxLength: 6 });
    const same = async (at: readonly number[]) => {
      expect(await told(at)).toEqual(whole);
    };
    await fc.assert(fc.asyncProperty(cuts, same), { numRuns: 30 });
  });

  it("never throws on damage, however it is cut", async () => {
    const input = concat([small, packed]);
    const damage = fc.tuple(fc.nat(input.length - 1), fc.array(fc.nat(input.length), { maxLength: 3 }));
    const told = async ([at, cuts]: readonly [number, readonly number[]]) => {
      const { bytes, out } = await gunzip(flipped(input, at), cuts);
      expect(out.length).toBe(bytes);
    };
    await fc.assert(fc.asyncProperty(damage, told), { numRuns: 50 });
  });

  it("ends a bomb", async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(40 * MIB)));
    const { problem, bytes } = await gunzip(bomb, [], { bytes: 5 * MIB });
    expect(problem).toMatchObject({ kind: "too-large", limit: 5 * MIB });
    expect(bytes).toBeLessThanOrEqual(6 * MIB);
  });

  it("ends what is of no use", async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(100 * MIB)));
    const { problem, bytes } = await gunzip(bomb, [], { useless: () => "given-up" });
    expect(problem).toMatchObject({ kind: "given-up", limit: MOST_USELESS });
    expect(bytes).toBeLessThanOrEqual(MOST_USELESS + MIB);
  });

  it("throws what is thrown where it gives to", async () => {
    const inflation = startGunzip(() => {
      throw new RangeError("enough");
    }, LIMITS);
    await inflation.write(packed);
    await expect(inflation.end()).rejects.toThrow("enough");
  });
});
