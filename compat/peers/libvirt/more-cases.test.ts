import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { applySteps, type ImageStep } from "../../../test/image-steps.ts";
import { loadBase } from "../../../test/libvirt-bases.ts";
import { imageOf } from "../../../test/observed-recipes.ts";
import { canDecompress, factsOf } from "../../../test/save-facts.ts";
import { type LibvirtPeer, type LibvirtPrediction, predictRestore, renderPrediction } from "../../index.ts";
import { OBSERVED_PAIRS } from "./confidence.ts";

interface Outcome {
  readonly dumpxml?: string;
  readonly restore?: string;
  readonly managed_start?: string;
}
interface Case {
  readonly recipe: string;
  readonly domain?: string;
  readonly images: readonly {
    readonly libvirt: string;
    readonly base: string;
    readonly steps: readonly ImageStep[];
    readonly sha256: string;
  }[];
  readonly results: readonly { readonly libvirt: readonly string[]; readonly outcome: Outcome }[];
}
const FILE = new URL("../../../fixtures/libvirt/more-cases.json", import.meta.url);
const cases: Readonly<Record<string, Case>> = existsSync(FILE)
  ? JSON.parse(readFileSync(FILE, "utf8")).cases
  : {};

/** What comes of them depends on the host, or on what CPU and devices make of an XML or of their state: many are predicted wrongly. */
const BEYOND_THE_MODEL = [
  ...["xml_type_kvm", "emulator_missing", "emulator_other", "loader_missing", "loader_none", "disk_missing"],
  ...["device_removed", "acpi_removed", "xml_vcpu_2", "os_type_xen", "cookie_cpu_bogus", "other_both"],
  ...["cookie_extra_feature", "cookie_feature_bogus"],
];
/** That the load fails is known, but not whether in the last device's state or in its footer. */
const AT_A_FOOTER = /^stream_cut_(device_footer|before_eof|after_eof|vmdesc_)|^vmdesc_(type|len)/;
/** Said to be unknown: what a document declares, what stands at a damaged end, and what QEMU makes of wrong places. */
const UNKNOWN =
  /^xml_doctype_bomb$|^config_len_huge$|^sp_(cut_200k|page_size|mapped_version|bitmap_offset|pages_offset)$/;

/** One release of each case in turn, or all. */
function sampled<T>(images: readonly T[], nth: number): readonly T[] {
  return process.env.NIGHTLY ? images : images.filter((_, i) => i === nth % images.length);
}

describe("what four releases did with more images", () => {
  for (const [nth, [name, { recipe, images, results, domain }]] of Object.entries(cases).entries())
    for (const { libvirt, base, steps, sha256 } of sampled(images, nth)) {
      const bytes = loadBase(base);
      const format = /-(gzip|bzip2|xz|lzop|zstd)\.save$/.exec(base)?.[1] ?? "qevm";
      const peer = OBSERVED_PAIRS.find((pair) => pair.libvirt === libvirt);
      const outcome = results.find((result) =>
        result.libvirt.some((of) => of.startsWith(`${libvirt}/`)),
      )?.outcome;
      it.skipIf(!bytes || !peer || !outcome || !canDecompress(format))(
        `${name} on ${libvirt}: ${recipe}`,
        () => {
          if (!bytes || !peer || !outcome) return;
          const changed = applySteps(bytes, steps);
          expect(createHash("sha256").update(changed).digest("hex").slice(0, 16)).toBe(sha256);
          const prediction = predictRestore(factsOf(changed), { ...peer, ...definedBeside(bytes, domain) });
          // Where the model is known to miss what happens, it must not claim that it was seen.
          if (BEYOND_THE_MODEL.includes(name)) expect(prediction.confidence).not.toBe("observed");
          else compare(name, prediction, unfolded(outcome));
        },
      );
    }
});

/** With the texts that are written once. */
function unfolded({ dumpxml = "", restore, managed_start }: Outcome): Outcome {
  const restored = restore?.replace("{dumpxml}", () => dumpxml);
  return {
    dumpxml,
    ...(restored === undefined ? {} : { restore: restored }),
    ...(managed_start === undefined
      ? {}
      : { managed_start: managed_start.replace("{restore}", () => restored ?? "") }),
  };
}

/** The domain that was defined where the image was tried; of another one the recorder changed a group of the UUID. */
function definedBeside(bytes: Uint8Array, domain = "shut off"): Pick<LibvirtPeer, "domain"> {
  const { name, uuid } = imageOf("", bytes);
  switch (domain) {
    case "none":
      return {};
    case "other_uuid":
      return { domain: { name, uuid: uuid.replace(/^(\w{7})\w/, "$19") } };
    case "other_name":
      return { domain: { name: "neighbour", uuid } };
    default:
      return { domain: { name, uuid, active: domain !== "shut off" } };
  }
}

function compare(name: string, prediction: LibvirtPrediction, recorded: Outcome): void {
  const told = renderPrediction(prediction);
  const pairs = [
    [told.dumpxml, recorded.dumpxml, prediction.dumpxml],
    [told.restore, recorded.restore, prediction.restore],
    [told.managed_start, recorded.managed_start, prediction.managedStart],
  ] as const;
  for (const [predicted, seen, { outcome, error }] of pairs) {
    if (seen === undefined || (outcome === "unknown" && UNKNOWN.test(name))) continue;
    // By chance libvirt notices that QEMU is gone before it has read what QEMU said.
    if (/operation failed: domain is no longer running/.test(seen) && error?.includes("closed the monitor"))
      continue;
    const textUnknown = outcome === "fails" && (error === undefined || AT_A_FOOTER.test(name));
    if (textUnknown) expect(seen).not.toMatch(/^(ok|HANG|virsh says|DAEMON)/);
    else expect(plain(seen)).toMatch(patternOf(plain(predicted)));
  }
}

/** How long was waited, what was running besides, and whether QEMU was spoken to when it went, are not of the image. */
function plain(sentence: string): string {
  if (sentence.startsWith("HANG")) return "HANG";
  return sentence
    .replace(/shut off \(\w+\)/, "shut off")
    .replace(/; domain left .*$/, "")
    .replace("process exited while connecting to monitor", "qemu unexpectedly closed the monitor");
}

/** An ellipsis stands for anything. */
function patternOf(sentence: string): RegExp {
  const literal = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(`^${sentence.split("…").map(literal).join("[\\s\\S]*")}$`);
}
