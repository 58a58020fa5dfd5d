import { describe, expect, it } from "vitest";
import { concat, hexBytes } from "../../layout/index.ts";
import { inflateZstdCluster } from "./zstd-cluster.ts";

const SIZE = 4096;
/** A cluster as qemu-img 7.2 convert -c compressed it. */
const stored = hexBytes(
  "28b52ffd60000f0d050016102113a0351903e0d9efde40d5b1cccc4ccbf6766a042000190019007739e52ea7dce594bb9c729753ee" +
    "72ca5d4e810311201814a30030320806a208ca5d4eb9cb297739e52ea7dce594bb9c729753ee72ca5d4e099c729753ee72ca5d4eb9" +
    "cb297739e52ea7dce594bb9c72970b53ee72ca5d4eb9cb297739e52ea7dce594bb9c729753ee0680f1a811e0efbf01e0e710126144" +
    "b80f01000000003c37134855",
);
const cluster = new TextEncoder()
  .encode(Array.from({ length: 400 }, (_, i) => `page ${i % 7} of pc.ram\n`).join(""))
  .subarray(0, SIZE);

/** A frame of one run of a byte, of which it makes `size`. */
function runFrame(size: number, byte: number): Uint8Array {
  const header = size * 8 + 2 + 1;
  const length = [size - 256, (size - 256) >> 8].map((part) => part & 0xff);
  return Uint8Array.of(
    0x28,
    0xb5,
    0x2f,
    0xfd,
    0x60,
    ...length,
    header & 0xff,
    (header >> 8) & 0xff,
    header >> 16,
    byte,
  );
}

describe("inflateZstdCluster", () => {
  it("makes a cluster, whatever follows in its sectors", () => {
    for (const rest of [0, 0xff])
      expect(inflateZstdCluster(concat([stored, new Uint8Array(853).fill(rest)]), SIZE)).toEqual(cluster);
  });

  it("takes several frames", () => {
    const made = inflateZstdCluster(concat([runFrame(1024, 7), runFrame(3072, 9)]), SIZE);
    expect(made).toEqual(concat([new Uint8Array(1024).fill(7), new Uint8Array(3072).fill(9)]));
  });

  it("refuses what makes more or less", () => {
    expect(inflateZstdCluster(stored, SIZE / 2)).toBeUndefined();
    expect(inflateZstdCluster(stored, SIZE * 2)).toBeUndefined();
    expect(inflateZstdCluster(runFrame(131_072, 0), SIZE)).toBeUndefined();
  });

  it("refuses what is no frame of QEMU's", () => {
    expect(inflateZstdCluster(new Uint8Array(0), SIZE)).toBeUndefined();
    expect(inflateZstdCluster(new Uint8Array(512), SIZE)).toBeUndefined();
    expect(inflateZstdCluster(stored.with(4, 0x61), SIZE)).toBeUndefined();
  });

  it("survives every prefix and every changed byte", () => {
    for (let at = 0; at < stored.length; at++) {
      expect(inflateZstdCluster(stored.subarray(0, at), SIZE)).toBeUndefined();
      for (const byte of [0, 1, 0x80, 0xff]) {
        const made = inflateZstdCluster(stored.with(at, (stored[at] ?? 0) ^ byte), SIZE);
        if (made && made.length !== SIZE) expect.fail(`${made.length} bytes`);
      }
    }
  });
});
