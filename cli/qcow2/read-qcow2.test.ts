import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync, gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createStreamReader, createSummariser, type Finding, type StreamEvent } from "../../codec/index.ts";
import { fixtures, load } from "../../test/captures.ts";
import { buildQcow2, type ImageOptions, type Kept } from "../../test/qcow2.ts";
import { temporaryDirectory } from "../../test/temporary.ts";
import { anonymousFiles } from "../block-files.ts";
import { closeInput, openInput } from "../io.ts";
import { createRebuild } from "../rebuild.ts";
import { type OpenedQcow2, openQcow2 } from "./read-qcow2.ts";

const folder = new URL("../../fixtures/libvirt/", import.meta.url);

interface Entry {
  readonly file: string;
  readonly sha256: string;
  readonly ram_at_last_snapshot: { readonly sha256: string };
}
const { files }: { files: readonly Entry[] | Record<string, Entry> } = JSON.parse(
  readFileSync(new URL("manifest.json", folder), "utf8"),
);
const recorded = Object.values(files).filter(({ file }) => file.startsWith("savevm-"));

async function using<T>(path: string, work: (qcow2: OpenedQcow2) => Promise<T>, offset = 0): Promise<T> {
  const input = openInput(path, offset);
  const qcow2 = await openQcow2(input);
  try {
    return await work(qcow2);
  } finally {
    qcow2.close();
    closeInput(input);
  }
}

function written(bytes: Uint8Array): string {
  const path = join(temporaryDirectory(), "disk.qcow2");
  writeFileSync(path, bytes);
  return path;
}

/** Reads the VM state of a snapshot as a stream. */
async function read(qcow2: OpenedQcow2, index = 0, pages = true) {
  const snapshot = qcow2.snapshots[index];
  if (!snapshot) throw new Error("no such snapshot");
  const rebuild = createRebuild({ files: anonymousFiles() });
  const summariser = createSummariser();
  const findings: Finding[] = [];
  const event = (told: StreamEvent) => {
    rebuild.event(told);
    summariser.event(told);
    if (told.kind === "finding") findings.push(told.finding);
  };
  const reader = createStreamReader({ event, ...(pages ? { page: rebuild.page } : {}) });
  const delivery = await qcow2.feed(snapshot, reader);
  const blocks = pages ? await rebuild.finish(4096, () => {}) : [];
  const { machine, end } = summariser.summary();
  return {
    ...delivery,
    machine,
    end: end?.reason,
    stream: findings.map(({ rule }) => rule),
    ram: blocks.find(({ idstr }) => idstr === "pc.ram")?.sha256,
  };
}

describe.each(recorded)("$file", ({ file, ram_at_last_snapshot: ram }) => {
  const path = fileURLToPath(new URL(file, folder));

  it("holds three snapshots with the RAM that was recorded", async () => {
    await using(path, async (qcow2) => {
      expect(qcow2.findings).toEqual([]);
      expect(qcow2.snapshots.map(({ name }) => name)).toEqual(["snap-a", "snap-b", "snap-stopped"]);
      for (const index of [0, 1, 2]) {
        const told = await read(qcow2, index);
        expect(told).toMatchObject({ findings: [], stream: [], end: "eof", machine: "pc-i440fx-5.2" });
        expect(told.bytes).toBe(qcow2.snapshots[index]?.vmStateSize);
        if (index === 2) expect(told.ram).toBe(ram.sha256);
      }
    });
  });

  it("is read alike at an offset", async () => {
    const image = gunzipSync(readFileSync(path));
    const shifted = written(Buffer.concat([Buffer.alloc(4711, 0xaa), image]));
    const at = 4711;
    await using(
      shifted,
      async (qcow2) => expect(await read(qcow2, 2)).toMatchObject({ findings: [], ram: ram.sha256 }),
      at,
    );
  });

  it("tells what a cut leaves", async () => {
    const image = gunzipSync(readFileSync(path));
    await using(written(image.subarray(0, 1_000_000)), async ({ snapshots, findings }) => {
      expect(snapshots).toEqual([]);
      expect(findings).toMatchObject([{ rule: "QCOW2_FILE_COMPLETE", args: { what: "the snapshot table" } }]);
    });
  });
});

const [stream] = fixtures.filter(({ file }) => file.startsWith("precopy-7.2-i440fx"));
if (!stream) throw new Error("no such fixture");
const state = load(stream);

const deflated = (_: number, bytes: Uint8Array): Kept => ({
  compressed: deflateRawSync(padded(bytes, 4096), { windowBits: 12 }),
});

function padded(bytes: Uint8Array, length: number): Uint8Array {
  const whole = new Uint8Array(length);
  whole.set(bytes);
  return whole;
}

const like = (options: Partial<ImageOptions>, keep?: (cluster: number, bytes: Uint8Array) => Kept) =>
  buildQcow2({ clusterBits: 12, ...options, snapshots: [{ state, ...(keep ? { keep } : {}) }] });

describe("a VM state that QEMU 11.1 wrote with mapped-ram", () => {
  const mapped = fileURLToPath(new URL("mapped-ram-11.1.qcow2.gz", folder));

  it.each([0, 1])("is read beyond its size and over its holes: snapshot %i", async (index) => {
    await using(mapped, async (qcow2) => {
      const told = await read(qcow2, index);
      expect(told).toMatchObject({ findings: [], stream: [], end: "eof", machine: "pc-i440fx-5.2" });
      expect(told.bytes).toBeGreaterThan(qcow2.snapshots[index]?.vmStateSize ?? Number.POSITIVE_INFINITY);
    });
  });
});

describe("a VM state", () => {
  it.each<[what: string, image: Uint8Array]>([
    ["in clusters of 512 bytes", like({ clusterBits: 9 })],
    ["in clusters of 2 MiB", like({ clusterBits: 21 })],
    ["of version 2", like({ version: 2 })],
    ["with subclusters", like({ clusterBits: 14, incompatible: 16 })],
    ["of an image that is dirty and corrupt", like({ incompatible: 3 })],
    ["with a backing file", like({ backingFile: "base.qcow2" })],
    ["behind a disk of 1.5 TiB", like({ clusterBits: 16, virtualSize: 3n * 2n ** 39n })],
    ["in compressed clusters", like({}, deflated)],
    ["compressed in parts", like({}, (i, bytes) => (i % 3 === 0 ? deflated(i, bytes) : "data"))],
    [
      "with zero clusters",
      like({ clusterBits: 9 }, (_, bytes) => (bytes.every((byte) => byte === 0) ? "zero" : "data")),
    ],
  ])("%s is read whole", async (_, image) => {
    await using(written(image), async (qcow2) => {
      expect(await read(qcow2)).toMatchObject({
        bytes: state.length,
        findings: [],
        stream: [],
        end: "eof",
        ram: stream.ram?.sha256,
      });
    });
  });

  it("comes out of a gzip file, which is cut off", async () => {
    const zipped = gzipSync(like({}));
    await using(written(zipped), async (qcow2) => expect((await read(qcow2)).ram).toBe(stream.ram?.sha256));
    await using(written(zipped.subarray(0, zipped.length - 2000)), async ({ findings }) =>
      expect(findings.map(({ level }) => level)).toContain("error"),
    );
  });

  it("with a hole reads as zeros, and is told", async () => {
    await using(written(like({}, (i) => (i === 30 ? "none" : "data"))), async (qcow2) => {
      const { findings } = await read(qcow2);
      expect(findings).toMatchObject([
        { rule: "QCOW2_VMSTATE_MAPPED", level: "error", args: { start: 30 * 4096, length: 4096 } },
      ]);
    });
  });

  it("with a lost cluster loses these bytes only", async () => {
    const image = like({}, (i) => (i === 30 ? { entry: 0x0000_7fff_ffff_f000n } : "data"));
    await using(written(image), async (qcow2) => {
      const { findings, end, bytes } = await read(qcow2);
      expect(findings.map(({ rule }) => rule)).toEqual(["QCOW2_FILE_COMPLETE"]);
      expect(bytes).toBe(state.length);
      expect(end).toBe("eof");
    });
  });

  it("with a damaged compressed cluster loses that", async () => {
    const image = like({}, (i, bytes) =>
      i === 20 ? { compressed: new Uint8Array(900).fill(0xff) } : deflated(i, bytes),
    );
    await using(written(image), async (qcow2) => {
      const { findings } = await read(qcow2);
      expect(findings).toMatchObject([
        { rule: "QCOW2_CLUSTER_INFLATES", args: { start: 20 * 4096, expected: 4096 } },
      ]);
    });
  });

  it("that is cut off ends there", async () => {
    const clusters = Math.ceil(state.length / 4096);
    const image = like({}, (i) => (i > clusters / 2 ? { entry: 0x0000_7fff_ffff_f000n } : "data"));
    await using(written(image), async (qcow2) => {
      const { stream, end, findings } = await read(qcow2);
      expect(end).toBe("truncated");
      expect(stream).toEqual(["STREAM_COMPLETE"]);
      expect(findings.map(({ rule }) => rule)).toEqual(["QCOW2_FILE_COMPLETE"]);
    });
  });

  it("that claims to go on for ever ends", async () => {
    const size = 2n ** 52n;
    const image = buildQcow2({ clusterBits: 12, snapshots: [{ state, size }] });
    await using(written(image), async (qcow2) => {
      const { findings } = await read(qcow2);
      expect(findings.map(({ args }) => args.why)).toEqual(["unallocated", "l1-too-short"]);
    });
  });

  it("of an encrypted image is not read", async () => {
    await using(written(like({ cryptMethod: 2 })), async (qcow2) => {
      expect(qcow2.readable).toBe(false);
      expect(await read(qcow2)).toMatchObject({ bytes: 0, end: "truncated" });
    });
  });
});

const mapped = fixtures.filter(({ file }) => /^mapped-ram-\d/.test(file));

describe.each(mapped)("a snapshot made of $file", (capture) => {
  /** As savevm of 10.2 and later leaves it: the table counts what was written, not how far. */
  it.each([true, false])("is read to its end, in spite of its holes (pages: %s)", async (pages) => {
    const whole = load(capture);
    const keep = (_: number, bytes: Uint8Array): Kept =>
      bytes.every((byte) => byte === 0) ? "none" : "data";
    const snapshots = [{ state: whole, keep, size: 200_000n }];
    await using(written(buildQcow2({ clusterBits: 16, snapshots })), async (qcow2) => {
      const told = await read(qcow2, 0, pages);
      expect(told).toMatchObject({ findings: [], stream: [], end: "eof", bytes: whole.length });
      if (pages) expect(told.ram).toBe(capture.ram?.sha256);
    });
  });

  it("comes out as it was to those who skip nothing", async () => {
    const whole = load(capture);
    const keep = (_: number, bytes: Uint8Array): Kept =>
      bytes.every((byte) => byte === 0) ? "none" : "data";
    const image = buildQcow2({ clusterBits: 16, snapshots: [{ state: whole, keep, size: 200_000n }] });
    await using(written(image), async (qcow2) => {
      const out = Buffer.alloc(whole.length);
      let at = 0;
      const reader = {
        push: (chunk: Uint8Array) => {
          out.set(chunk, at);
          at += chunk.length;
        },
        lose: () => expect.fail("nothing is lost"),
        finish: () => {},
        skippable: 0,
        skip: () => {},
      };
      const [snapshot] = qcow2.snapshots;
      if (snapshot) expect((await qcow2.feed(snapshot, reader)).findings).toEqual([]);
      expect(at).toBe(whole.length);
      expect(Buffer.compare(out, whole)).toBe(0);
    });
  });
});
