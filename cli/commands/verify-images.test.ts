import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cli } from "../../test/cli.ts";
import { libvirtFixtures, loadLibvirt } from "../../test/libvirt-fixtures.ts";
import { temporaryDirectory } from "../../test/temporary.ts";

interface Judged {
  readonly name: string;
  readonly container: string | null;
  readonly verdict: string;
  readonly saveImage?: Readonly<Record<string, unknown>> | null;
  readonly domain?: Readonly<Record<string, unknown>> | null;
  readonly survives?: {
    readonly ram: { readonly pages: number; readonly totalPages: number } | null;
    readonly devices: { readonly whole: readonly unknown[]; readonly missing: number | null };
  } | null;
  readonly libvirt?: readonly Readonly<Record<string, unknown>>[];
  readonly findings: readonly {
    readonly rule: string;
    readonly level: string;
    readonly offset: number | null;
    readonly message: string;
    readonly expected?: unknown;
    readonly found?: unknown;
  }[];
}

function placed(bytes: Uint8Array, name = "vm.save"): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, bytes);
  return path;
}

async function judge(bytes: Uint8Array, ...options: readonly string[]) {
  const { status, out, err } = await cli("verify", "--json", ...options, placed(bytes));
  expect(err).toBe("");
  const [input]: Judged[] = JSON.parse(out).inputs;
  if (!input) throw new TypeError("nothing was judged");
  const errors = input.findings.filter(({ level }) => level === "error").map(({ rule }) => rule);
  return { status, ...input, errors, rules: input.findings.map(({ rule }) => rule) };
}

/** A copy in which one text stands for another of the same length. */
function edited(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(from);
  if (at < 0 || from.length !== to.length) throw new TypeError(`cannot write ${to} over ${from}`);
  copy.write(to, at, "latin1");
  return new Uint8Array(copy);
}

/** A copy with another number at an offset of the header. */
function patched(bytes: Uint8Array, offset: number, word: number): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(offset, word, true);
  return copy;
}

const image = loadLibvirt("libvirt-11.3-raw.save");
const payloadAt = 92 + new DataView(image.buffer).getUint32(20, true);

/** Programs that decompress images, and are not here. */
const missing = ["bzip2", "xz", "lzop", "zstd"].filter(
  (program) => spawnSync(program, ["--version"]).error !== undefined,
);
const needsMissing = (file: string) => missing.some((program) => file.includes(`-${program}`));

/**
 * Of images that a libvirt left behind: whole unless they were cut, or their daemon was killed in time. The memory of a
 * snapshot that 11.3 calls sparse is not: virsh restore refuses it.
 */
function verdictOf(file: string): string {
  if (file.includes("extsnap-sparse")) return "damaged";
  if (/-12\.8-.*daemon-killed/.test(file)) return "whole";
  return /truncated|daemon-killed/.test(file) ? "partial" : "whole";
}

const images = libvirtFixtures.filter(({ file }) => file.includes(".save"));
const SHARED = fileURLToPath(new URL("../../../shared/captures/", import.meta.url));
const shared = existsSync(SHARED)
  ? readdirSync(SHARED).filter(
      (file) => /^libvirt-.*\.save(\.gz)?$/.test(file) && images.every((known) => known.file !== file),
    )
  : [];

describe("images that a real libvirt wrote", () => {
  it.for(images)("$file", async ({ file, truth, header_le, libvirt }, { skip }) => {
    skip(needsMissing(file));
    const told = await judge(loadLibvirt(file));
    const verdict = verdictOf(file);
    expect(told).toMatchObject({ verdict, status: verdict === "whole" ? 0 : 1, container: "libvirt-save" });
    expect(told.saveImage).toMatchObject({ payloadOffset: truth?.payload_offset });
    expect(told.domain?.machine).toBe("pc-i440fx-5.2");
    expect(libvirt).toBeDefined();
    expect(told.errors.includes("SAVE_IMAGE_FINISHED")).toBe(header_le?.magic === "LibvirtQemudPart");
    expect(told.rules.includes("SAVE_STREAM_SURVIVES")).toBe(verdict !== "whole");
    expect(told.survives === null).toBe(verdict === "whole");
    expect(told.libvirt?.length).toBeGreaterThanOrEqual(4);
  });

  it.skipIf(shared.length === 0).for(shared)("%s", async (file, { skip }) => {
    skip(needsMissing(file));
    const bytes = readFileSync(join(SHARED, file));
    const told = await judge(file.endsWith(".gz") ? gunzipSync(bytes) : bytes);
    expect(told.verdict).toBe(verdictOf(file));
  });

  it("say how much of a cut one survives", async () => {
    const { survives } = await judge(loadLibvirt("libvirt-7.0-raw-truncated.save"));
    expect(survives?.ram).toMatchObject({ pages: 4178, totalPages: 4178, complete: true });
    expect(survives?.devices).toMatchObject({ cut: [{ idstr: "ps2mouse", instance: 0 }], missing: null });
    expect(survives?.devices.whole).toHaveLength(21);
    const killed = await judge(loadLibvirt("libvirt-9.0-raw-daemon-killed.save"));
    expect(killed.survives?.ram).toMatchObject({ pages: 1742, totalPages: 4178, complete: false });
  });
});

describe("images made up", () => {
  it.each(["LibvirtQemudPart", "\0".repeat(16)])("hold a whole stream behind %j", async (magic) => {
    const told = await judge(edited(image, "LibvirtQemudSave", magic));
    expect(told).toMatchObject({ verdict: "partial", status: 1, survives: null });
    expect(told.errors).toEqual(["SAVE_IMAGE_FINISHED", "SAVE_STREAM_BEHIND_PARTIAL"]);
    const message = told.findings.find(({ rule }) => rule === "SAVE_STREAM_BEHIND_PARTIAL")?.message;
    expect(message).toContain(`${image.length - payloadAt} bytes`);
  });

  it("lost their magic", async () => {
    const told = await judge(edited(image, "LibvirtQemudSave", "GarbageGarbageXX"));
    expect(told).toMatchObject({ verdict: "damaged", container: "libvirt-save" });
    expect(told.errors).toEqual(["SAVE_MAGIC_KNOWN"]);
  });

  it.each([
    [1, ["SAVE_PAYLOAD_FORMAT_AGREES"]],
    [5, ["SAVE_PAYLOAD_FORMAT_AGREES"]],
    [6, ["SAVE_SPARSE_MAPPED"]],
    [7, ["SAVE_FORMAT_KNOWN"]],
  ])("have the format word %i over a bare stream", async (format, errors) => {
    const told = await judge(patched(image, 28, format));
    expect(told).toMatchObject({ verdict: "damaged", status: 1, errors });
  });

  it.each([
    ["machine='pc-i440fx-5.2'", "machine='pc-i440fx-7.2'", "SAVE_MACHINE_AGREES", "error"],
    [">16384</memory>", ">32768</memory>", "SAVE_MEMORY_AGREES", "error"],
    [">1</vcpu>", ">2</vcpu>", "SAVE_CPUS_AGREE", "warning"],
  ])("say %s as %s", async (from, to, rule, level) => {
    const told = await judge(edited(image, from, to));
    expect(told).toMatchObject({ verdict: level === "error" ? "damaged" : "whole" });
    expect(told.findings).toContainEqual(expect.objectContaining({ rule, level }));
  });

  it.each([
    ["the header", 50, "partial", ["SAVE_HEADER_COMPLETE"]],
    ["the XML", 700, "partial", ["SAVE_DATA_COMPLETE"]],
    ["the padding", 40_000, "partial", ["SAVE_DATA_COMPLETE"]],
    ["nothing", payloadAt, "partial", ["SAVE_PAYLOAD_PRESENT"]],
    ["RAM", payloadAt + 100_000, "partial", ["STREAM_COMPLETE"]],
    ["the vmdescription", image.length - 1, "partial", ["STREAM_COMPLETE"]],
  ])("end within %s", async (_, size, verdict, errors) => {
    const told = await judge(image.subarray(0, size));
    expect(told).toMatchObject({ verdict, errors });
  });

  it("are sparse, and were cut out of their file", async () => {
    const sparse = loadLibvirt("libvirt-12.8-sparse.save");
    const from = 92 + new DataView(sparse.buffer).getUint32(20, true);
    const told = await judge(sparse.subarray(from));
    expect(told).toMatchObject({ verdict: "damaged", container: "mapped-ram", status: 1 });
    expect(new Set(told.errors)).toEqual(new Set(["MAPPED_RAM_HEADER_SOUND"]));
  });

  it("have a stream that is damaged in the middle", async () => {
    const broken = image.slice();
    const device = Buffer.from(broken).indexOf("fw_cfg", payloadAt);
    broken.fill(0xee, device - 6, device + 20);
    const told = await judge(broken);
    expect(told).toMatchObject({ verdict: "damaged", status: 1 });
    expect(told.survives?.ram).toMatchObject({ complete: true, pages: 4178 });
    expect(told.survives?.devices.whole.length).toBeGreaterThan(10);
    expect(told.survives?.devices.missing).toBe(0);
    expect(told.rules).toContain("SAVE_STREAM_SURVIVES");
  });

  it("are never whole when cut, anywhere", async () => {
    for (let size = 0; size < image.length - 80_000; size += 31_013) {
      const { verdict, status } = await judge(image.subarray(0, size));
      expect([size, verdict]).toEqual([size, size === 0 ? "unrecognised" : "partial"]);
      expect(status).toBe(1);
    }
  });
});

describe("what only goes by the name of an image", () => {
  it("is empty: releases delete it", async () => {
    const told = await judge(new Uint8Array(0));
    expect(told).toMatchObject({ verdict: "unrecognised", container: null, status: 1 });
    expect(told.libvirt).toContainEqual(
      expect.objectContaining({
        libvirt: "12.8.0",
        managedStart: expect.objectContaining({ outcome: "boots-fresh", file: "removed" }),
      }),
    );
  });

  it("is a bare stream", async () => {
    const told = await judge(image.subarray(payloadAt));
    expect(told).toMatchObject({ verdict: "whole", container: "qevm", status: 0 });
    const of = (release: string) => told.libvirt?.find(({ libvirt }) => libvirt === release)?.managedStart;
    expect(of("9.0.0")).toMatchObject({ outcome: "fails", file: "kept" });
    expect(of("11.3.0")).toMatchObject({ outcome: "boots-fresh", file: "removed" });
  });

  it("is anything else, unless it is said to be an image", async () => {
    const garbage = new TextEncoder().encode("this is no image at all, whatever its name is".repeat(9));
    expect(await judge(garbage)).toMatchObject({ verdict: "unrecognised", errors: ["SAVE_MAGIC_KNOWN"] });
    const other = placed(garbage, "vm.img");
    const plain = JSON.parse((await cli("verify", "--json", other)).out).inputs[0];
    expect(plain.libvirt).toBeUndefined();
    const { out } = await cli("verify", "--json", "--as-format", "libvirt-save", other);
    expect(JSON.parse(out).inputs[0]).toMatchObject({ verdict: "unrecognised", libvirt: expect.anything() });
  });
});

describe("a payload that cannot be read here", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("is not judged", async () => {
    const zstd = loadLibvirt("libvirt-11.3-zstd.save");
    vi.stubEnv("PATH", temporaryDirectory());
    const told = await judge(zstd);
    expect(told).toMatchObject({ verdict: "unrecognised", status: 2, survives: null });
    expect(told.errors).toEqual(["PAYLOAD_HELPER_FOUND"]);
    const marked = await judge(edited(zstd, "LibvirtQemudSave", "LibvirtQemudPart"));
    expect(marked).toMatchObject({ verdict: "partial", status: 2 });
    const { out } = await cli("verify", "--junit", placed(zstd));
    expect(out).toContain('<error type="not-judged"');
  });
});
