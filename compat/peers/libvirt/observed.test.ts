import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { applySteps } from "../../../test/image-steps.ts";
import { loadBase } from "../../../test/libvirt-bases.ts";
import { applyRecipe, imageOf, otherUuid, RECIPES } from "../../../test/observed-recipes.ts";
import { factsOf } from "../../../test/save-facts.ts";
import { predictRestore, renderPrediction, type SaveImageFacts } from "../../index.ts";
import { OBSERVED_PAIRS } from "./confidence.ts";

interface Outcome {
  readonly dumpxml: string;
  readonly restore: string;
  readonly managed_start: string;
}
interface Recorded {
  readonly cases: Readonly<
    Record<
      string,
      { readonly results: readonly { readonly libvirt: readonly string[]; readonly outcome: Outcome }[] }
    >
  >;
  readonly crossVersion: readonly string[];
}
const FILE = new URL("../../../fixtures/libvirt/observed-cases.json", import.meta.url);
const { cases, crossVersion }: Recorded = JSON.parse(readFileSync(FILE, "utf8"));

/** Cases that are settled by the header and its lengths alone; the others depend on guest and host too. */
const BY_HEADER =
  /^(magic_|empty$|hdr_only|version_(3|0x)|bswap_(all_but|version0)|data_len_(0|huge|8|ffffffff)|fmt_)/;

const baseOf = (libvirt: string, format: string) =>
  loadBase(`libvirt-${libvirt.split(".").slice(0, 2).join(".")}-${format}.save`);

describe("what four releases did with damaged images", () => {
  it("has a recipe for each case that was recorded", () => {
    expect(Object.keys(RECIPES).toSorted()).toEqual(Object.keys(cases).toSorted());
    expect(Object.keys(cases)).toHaveLength(38);
  });

  for (const peer of OBSERVED_PAIRS) {
    const base = baseOf(peer.libvirt, "raw");
    describe.skipIf(!base)(`libvirt ${peer.libvirt}`, () => {
      const image = imageOf(peer.libvirt, base ?? new Uint8Array(92));
      it.each(Object.keys(cases))("%s", (name) => {
        const domain = { name: image.name, uuid: image.uuid };
        const prediction = predictRestore(factsOf(applyRecipe(name, image)), { ...peer, domain });
        expect(renderPrediction(prediction)).toEqual(adapted(outcomeOf(name, peer.libvirt), image));
        expect(prediction.confidence).toBe(BY_HEADER.test(name) ? "observed" : "modelled");
        expect(prediction.remarks).not.toContain("window-of-doubt");
      });
    });
  }
});

function outcomeOf(name: string, libvirt: string): Outcome {
  const result = cases[name]?.results.find((one) => one.libvirt.some((of) => of.startsWith(`${libvirt}/`)));
  if (!result) throw new Error(`${name} was not recorded on ${libvirt}`);
  return result.outcome;
}

/** The recorded guest had another name and UUID. */
function adapted(outcome: Outcome, { name, uuid }: { name: string; uuid: string }): Outcome {
  const adapt = (text: string) =>
    text
      .replaceAll("h2vm", name)
      .replaceAll("11111111-2222-3333-4444-555555555555", uuid)
      .replaceAll("11111111-3333-3333-4444-555555555555", otherUuid(uuid));
  return {
    dumpxml: adapt(outcome.dumpxml),
    restore: adapt(outcome.restore),
    managed_start: adapt(outcome.managed_start),
  };
}

describe("images of one release on another", () => {
  const rows = crossVersion.map((line) => {
    const [, from = "", format = "", to = "", rest = ""] =
      /^img:(\S+)\/(\w+) -> (\S+): (.*)$/.exec(line) ?? [];
    const said = rest.replace(/ {3}\[.*\]$/, "");
    return { from, format, to, said };
  });

  it("were recorded", () => {
    expect(rows).toHaveLength(32);
  });

  it.each(rows)("$format of $from on $to", ({ from, format, to, said }) => {
    const base = baseOf(from, format);
    const peer = OBSERVED_PAIRS.find(({ libvirt }) => libvirt === to);
    if (!base || !peer) return;
    const { restore } = predictRestore(newest(base, from), peer);
    if (restore.outcome === "runs") expect(said).toMatch(/^Domain restored/);
    else expect(alike(restore.error ?? restore.outcome)).toBe(alike(said.replace(/^error: /, "")));
  });
});

/** The recorded guests had the newest machine type of their QEMU, those of the fixtures have an old one. */
function newest(base: Uint8Array, libvirt: string): SaveImageFacts {
  const line = OBSERVED_PAIRS.find((pair) => pair.libvirt === libvirt)?.qemu.replace(/\.\d+$/, "");
  const machine = `pc-i440fx-${line}`;
  const facts = factsOf(applySteps(base, [{ replaceXml: { find: "pc-i440fx-5.2", with: machine } }]));
  const { payload } = facts;
  if (!payload?.stream) return facts;
  const { stream } = payload;
  return {
    ...facts,
    payload: { ...payload, stream: { ...stream, summary: { ...stream.summary, machine } } },
  };
}

/** On one line; whether QEMU was already spoken to when it exited is chance. */
function alike(error: string): string {
  const line = error.replaceAll(/\s+/g, " ");
  return line.replace("process exited while connecting to monitor", "qemu unexpectedly closed the monitor");
}
