import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat } from "../../codec/layout/index.ts";
import { readFile, written } from "../../test/images.ts";
import { loadLibvirt } from "../../test/libvirt-fixtures.ts";

const raw = loadLibvirt("libvirt-11.3-raw.save");
const at = 92 + new DataView(raw.buffer, raw.byteOffset).getUint32(20, true);
/** Without most of the padding, so that damage hits what matters. */
const short = compact(raw.subarray(at), 0);
const packed = compact(new Uint8Array(gzipSync(raw.subarray(at))), 1);
const sparse = loadLibvirt("libvirt-12.8-sparse.save").slice(0, 3 << 20);

function compact(payload: Uint8Array, format: number): Uint8Array {
  const texts = raw.slice(0, 1600);
  const view = new DataView(texts.buffer);
  view.setUint32(20, texts.length - 92, true);
  view.setUint32(28, format, true);
  return concat([texts, payload]);
}

function damaged(bytes: Uint8Array, hits: readonly (readonly [number, number])[]): Uint8Array {
  const copy = bytes.slice();
  for (const [offset, value] of hits) copy[offset] = value;
  return copy;
}

const runs = { numRuns: Number(process.env.RUNS ?? 40) };
const hits = fc.array(fc.tuple(fc.oneof(fc.nat(120), fc.nat(4000)), fc.nat(255)), {
  minLength: 1,
  maxLength: 6,
});

describe.each([
  ["raw", short],
  ["gzip", packed],
  ["sparse", sparse],
])("an image that is damaged: %s", (_, bytes) => {
  it("is read to some end, whatever is in it", async () => {
    const told = async (where: readonly (readonly [number, number])[]) => {
      const { facts, findings, size } = await readFile(written(damaged(bytes, where)));
      expect(size).toBe(bytes.length);
      expect(facts.size).toBe(bytes.length);
      for (const { offset = 0 } of findings) expect(offset).toBeLessThanOrEqual(2 ** 53);
    };
    await fc.assert(fc.asyncProperty(hits, told), runs);
  });

  it("is read up to where it is cut off", async () => {
    const told = async (length: number) => {
      const { rules, facts } = await readFile(written(bytes.slice(0, length)));
      expect(facts.size).toBe(length);
      expect(rules.length).toBeGreaterThan(0);
    };
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length - 200_000 > 0 ? 200_000 : 2000), told), runs);
  });
});

it("takes no length for granted", async () => {
  for (const offset of [16, 20, 24, 28, 32])
    for (const value of [0xff, 0x7f, 0x80]) {
      const bytes = damaged(
        short,
        [0, 1, 2, 3].map((i) => [offset + i, i === 3 ? value : 0xff] as const),
      );
      const { size } = await readFile(written(bytes));
      expect(size).toBe(bytes.length);
    }
});
