import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applySteps } from "../../../test/image-steps.ts";
import { loadBase } from "../../../test/libvirt-bases.ts";
import { applyRecipe, imageOf } from "../../../test/observed-recipes.ts";
import { canDecompress, factsOf } from "../../../test/save-facts.ts";
import {
  atLeast,
  findRelease,
  LIBVIRT_GENERATIONS,
  type LibvirtPeer,
  predictRestore,
  renderPrediction,
  SAVE_SCHEME_COMPARISON,
  versionsOf,
} from "../../index.ts";

const base = loadBase("libvirt-9.0-raw.save");
const image = imageOf("9.0.0", base ?? new Uint8Array(92));
const predict = (recipe: string, peer: LibvirtPeer) =>
  predictRestore(factsOf(applyRecipe(recipe, image)), peer);

describe.skipIf(!base)("what releases that were not run do, from their sources", () => {
  const garbage = LIBVIRT_GENERATIONS.map(({ libvirt, qemu }) => {
    const { outcome, file } = predict("magic_garbage", { libvirt, ...(qemu ? { qemu } : {}) }).managedStart;
    return `${libvirt} ${outcome} ${file}`;
  });

  it("tells the releases that throw a managed save away", () => {
    expect(garbage).toEqual([
      "0.3.2 absent kept",
      "0.7.1 absent kept",
      "0.7.2 absent kept",
      "0.8.0 boots-fresh removed",
      "0.9.1 fails kept",
      "0.9.5 fails kept",
      "0.9.9 fails kept",
      "3.5.0 fails kept",
      "5.9.0 fails kept",
      "6.0.0 fails kept",
      "6.3.0 fails kept",
      "7.0.0 fails kept",
      "8.1.0 fails kept",
      "9.0.0 fails kept",
      "11.3.0 boots-fresh removed",
      "12.1.0 boots-fresh removed",
      "12.8.0 boots-fresh removed",
    ]);
  });

  it("tells the first start that fails between 6.0.0 and 6.2.0", () => {
    const { managedStart, remarks } = predict("empty", { libvirt: "6.1.0" });
    expect(managedStart).toMatchObject({ outcome: "fails", file: "removed" });
    expect(remarks).toEqual(["qemu-unknown", "managed-save-deleted", "start-fails-once"]);
  });

  it("tells what no release before 0.9.5 could know", () => {
    const partial = applyRecipe("ok", image);
    partial.set(new TextEncoder().encode("LibvirtQemudPart"));
    const facts = factsOf(partial);
    const restore = (libvirt: string) => predictRestore(facts, { libvirt }).restore.error;
    expect(restore("0.9.4")).toBe("operation failed: image magic is incorrect");
    expect(restore("0.9.5")).toBe("operation failed: save image is incomplete");
    expect(predictRestore(facts, { libvirt: "0.8.3" }).managedStart.outcome).toBe("boots-fresh");
    expect(predictRestore(facts, { libvirt: "0.9.4" }).managedStart.file).toBe("kept");
    expect(predictRestore(facts, { libvirt: "0.9.5" }).managedStart.outcome).toBe("boots-fresh");
  });

  it("reads foreign headers since 0.9.1", () => {
    expect(predict("bswap_all", { libvirt: "0.9.0" }).restore.error).toBe(
      "operation failed: image version is not supported (33554432 > 2)",
    );
    expect(predict("bswap_all", { libvirt: "0.9.1" }).restore.outcome).not.toBe("fails");
    expect(predict("ok", { libvirt: "12.8.0", qemu: "11.1.3", endian: "be" }).restore.outcome).toBe("runs");
  });

  it("refuses version 2 before 0.7.1, as the schemes' comparison has it", () => {
    const refused = "image version is not supported (2 > 1)";
    const fate = SAVE_SCHEME_COMPARISON.find(({ scheme }) => scheme === "complete-word")?.unfinished[0];
    expect(fate).toMatchObject({ since: "0.3.2", until: "0.7.0", restore: refused });
    for (const libvirt of versionsOf("libvirt").filter((version) => !atLeast(version, "0.7.1"))) {
      expect(predict("ok", { libvirt }).restore).toMatchObject({
        stage: "version",
        error: `operation failed: ${refused}`,
      });
      expect(predict("version_1", { libvirt }).restore.outcome).toBe("runs");
    }
    expect(predict("bswap_all", { libvirt: "0.7.0" }).restore.error).toBe(
      "operation failed: image version is not supported (33554432 > 1)",
    );
  });

  it("cannot restore anything of version 2 on 0.7.1", () => {
    expect(predict("ok", { libvirt: "0.7.1" }).restore.outcome).toBe("hangs");
    expect(predict("version_1", { libvirt: "0.7.1" }).restore.outcome).toBe("runs");
  });

  it("says so inside a window of doubt", () => {
    const { managedStart, restore, remarks } = predict("magic_garbage", { libvirt: "10.0.0" });
    expect(managedStart).toEqual({ outcome: "unknown", file: "unknown" });
    expect(restore.outcome).toBe("fails");
    expect(remarks).toContain("window-of-doubt");
    expect(predict("xml_garbage", { libvirt: "10.0.0" }).restore).toEqual({ outcome: "fails", stage: "xml" });
  });

  it("refuses files where fd: does", () => {
    const { restore } = predict("ok", { libvirt: "11.3.0", qemu: "11.1.3" });
    expect(restore.error).toMatch(/fd: migration to a file is not supported/);
    expect(predict("ok", { libvirt: "12.1.0", qemu: "11.1.3" }).restore.outcome).toBe("runs");
  });

  it("knows nothing of what was never released", () => {
    const prediction = predict("ok", { libvirt: "99.0.0", qemu: "7.2.22" });
    expect(prediction.confidence).toBe("unknown");
    expect(renderPrediction(prediction)).toEqual({
      dumpxml: "unknown",
      restore: "unknown",
      managed_start: "unknown",
    });
  });

  it("states generations that exist, oldest first", () => {
    const order = versionsOf("libvirt");
    const stated = LIBVIRT_GENERATIONS.map(({ libvirt }) => order.indexOf(libvirt));
    expect(stated).toEqual(stated.toSorted((a, b) => a - b));
    for (const { libvirt, qemu } of LIBVIRT_GENERATIONS) {
      expect(findRelease("libvirt", libvirt)).toBeDefined();
      if (qemu) expect(findRelease("qemu", qemu)).toBeDefined();
    }
    expect(LIBVIRT_GENERATIONS.filter(({ qemu }) => qemu)).toHaveLength(4);
  });

  it("never throws, whatever the header", () => {
    const peer = fc.constantFrom(...LIBVIRT_GENERATIONS);
    const header = fc.uint8Array({ minLength: 0, maxLength: 100 });
    fc.assert(
      fc.property(header, fc.boolean(), peer, (bytes, keepMagic, generation) => {
        const head = applyRecipe("ok", image).slice(0, 4096);
        head.set(keepMagic ? bytes.subarray(0, 76) : bytes, keepMagic ? 16 : 0);
        const { restore } = predictRestore({ size: head.length, head }, generation);
        expect(restore.outcome).toBeDefined();
      }),
    );
  });
});

const packed = loadBase("libvirt-9.0-gzip.save");

describe.skipIf(!packed || !canDecompress("gzip"))("output behind the end of a compressed stream", () => {
  const { payload, ...facts } = factsOf(applySteps(packed ?? new Uint8Array(92), [{ appendPayload: true }]));
  const rules = ["DATA_ENDS_WITH_STREAM", "SAVE_TRAILING_BYTES"] as const;

  it.each(rules)("that is more than a pipe holds hangs a restore, told as %s", (rule) => {
    const stream = payload?.stream;
    if (!payload || !stream) throw new Error("there is no stream");
    const findings = stream.findings.map((finding) => ({ ...finding, rule }));
    expect(findings).toHaveLength(1);
    const told = { ...facts, payload: { ...payload, stream: { ...stream, findings } } };
    const { restore } = predictRestore(told, { libvirt: "9.0.0", qemu: "7.2.22" });
    expect(restore).toMatchObject({ outcome: "hangs", stage: "decompress" });
  });
});
