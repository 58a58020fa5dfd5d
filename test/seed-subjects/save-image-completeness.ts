import { expect, it } from "vitest";
import { completeWord, partialMagic, type SaveScheme, zeroedMagic } from "../../codec/index.ts";
import { SAVE_SCHEME_COMPARISON } from "../../compat/completeness.ts";
import { predictRestore } from "../../compat/index.ts";
import { OBSERVED_PAIRS } from "../../compat/peers/libvirt/confidence.ts";
import { compareVersions } from "../../compat/releases.ts";
import { loadBase } from "../libvirt-bases.ts";
import { libvirtFixtures } from "../libvirt-fixtures.ts";
import { canDecompress, factsOf } from "../save-facts.ts";

const HEADER = 92;
const SCHEMES: readonly SaveScheme[] = [partialMagic, zeroedMagic, completeWord];

/** Releases on both sides of what changed. */
const RELEASES = ["0.8.0", "0.9.4", "0.9.5", "1.0.1", "3.5.0", "6.3.0", "8.5.0", "9.0.0", "11.3.0", "12.8.0"];

interface Restored {
  readonly file: string;
  readonly libvirt?: string;
  readonly restore?: { readonly rc: number; readonly output: string };
}

/** What a release does with an unfinished image of a scheme, by the comparison of the schemes. */
function fateOf(scheme: string, libvirt: string) {
  const { unfinished = [] } = SAVE_SCHEME_COMPARISON.find((one) => one.scheme === scheme) ?? {};
  return unfinished.findLast(({ since }) => compareVersions(since.replace("≤", ""), libvirt) <= 0);
}

/** Images that were broken off, in each scheme that was discussed, and images of which it was seen what became of them. */
export function saveImageCompleteness(): void {
  const pairs = OBSERVED_PAIRS.flatMap((writer) =>
    OBSERVED_PAIRS.flatMap((reader) => SCHEMES.map((scheme) => ({ writer, reader, scheme }))),
  );

  it.each(pairs)(
    "$scheme.name of $writer.libvirt, broken off, on $reader.libvirt",
    ({ writer, reader, scheme }) => {
      const line = writer.libvirt.split(".").slice(0, 2).join(".");
      const whole = loadBase(`libvirt-${line}-raw.save`);
      const fate = fateOf(scheme.name, reader.libvirt);
      if (!whole || !fate) throw new Error("no image, or no fate");
      const begun = Uint8Array.from([...scheme.begin(whole.subarray(0, HEADER)), ...whole.subarray(HEADER)]);
      const { restore } = predictRestore(factsOf(begun), reader);
      if (scheme.name === "complete-word") {
        expect(fate.restore).toMatch(/^an XML error/);
        expect(restore.outcome).toBe("fails");
        return;
      }
      expect(restore).toMatchObject({ outcome: "fails" });
      expect(restore.error).toContain(fate.restore);
    },
  );

  const whole = loadBase("libvirt-7.0-raw.save");
  const image = (scheme: SaveScheme) => {
    if (!whole) throw new Error("no image");
    return factsOf(Uint8Array.from([...scheme.begin(whole.subarray(0, HEADER)), ...whole.subarray(HEADER)]));
  };

  it.each(RELEASES)(
    "libvirt %s refuses one that was broken off by its magic, in the words it has",
    (libvirt) => {
      const { restore, managedStart } = predictRestore(image(partialMagic), { libvirt });
      const knows = compareVersions(libvirt, "0.9.5") >= 0;
      expect(restore).toMatchObject({ outcome: "fails" });
      expect(restore.error).toContain(knows ? "save image is incomplete" : "image magic is incorrect");
      if (knows) expect(managedStart.outcome).toMatch(/^(?:boots-fresh|fails)$/);
      expect(predictRestore(image(zeroedMagic), { libvirt }).restore.error).toContain(
        "image magic is incorrect",
      );
    },
  );

  const restored = libvirtFixtures.filter(
    (image: Restored) =>
      image.file.includes(".save") && image.restore !== undefined && image.libvirt !== undefined,
  ) as readonly Required<Restored>[];

  it("was seen with many images", () => {
    expect(restored.length).toBeGreaterThan(20);
  });

  it.each(restored)("$file", ({ file, libvirt, restore: seen }) => {
    const peer = OBSERVED_PAIRS.find((pair) => pair.libvirt === libvirt);
    const bytes = loadBase(file.replace(/\.gz$/, ""));
    const format = /-(gzip|bzip2|xz|lzop|zstd)/.exec(file)?.[1];
    if (!peer || !bytes || (format && !canDecompress(format))) return;
    const { restore } = predictRestore(factsOf(bytes), peer);
    const expected = seen.rc === 0 ? ["runs", "paused"] : seen.rc === 1 ? ["fails"] : ["hangs"];
    expect(expected).toContain(restore.outcome);
    if (seen.rc === 1 && file.includes("killed")) expect(seen.output).toContain(restore.error);
  });
}
