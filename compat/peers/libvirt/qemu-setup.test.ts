import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { applySteps, type ImageStep } from "../../../test/image-steps.ts";
import { loadBase } from "../../../test/libvirt-bases.ts";
import { factsOf } from "../../../test/save-facts.ts";
import { predictRestore } from "../../index.ts";
import { heedDescription } from "../../replay/described.ts";
import { startRun } from "../../replay/run.ts";
import { setupOf } from "../../replay/setup.ts";
import { OBSERVED_PAIRS } from "./confidence.ts";
import { qemuSetup } from "./qemu-setup.ts";

interface Case {
  readonly images: readonly {
    readonly libvirt: string;
    readonly base: string;
    readonly steps: readonly ImageStep[];
  }[];
}
const FILE = new URL("../../../fixtures/libvirt/more-cases.json", import.meta.url);
const cases: Readonly<Record<string, Case>> = JSON.parse(readFileSync(FILE, "utf8")).cases;

/** What the model of a QEMU makes of the payload of a raw image, set up as libvirt does it. */
function replayed(image: Uint8Array, qemu: string) {
  const facts = factsOf(image);
  const { payload } = facts;
  const stream = payload?.stream;
  if (!payload || !stream) throw new Error("no stream in it");
  const { offset } = payload;
  const [inferred, setup] = [setupOf([{ role: "main", stream: stream.summary }]), qemuSetup(facts)];
  const capabilities = { ...inferred.capabilities, ...setup.capabilities };
  const options = { ...inferred, ...setup, capabilities, offset };
  const run = startRun(`qemu-${qemu}`, "destination", options);
  const connection = run.connect();
  run.push(connection, image.subarray(offset));
  const { summary, findings } = stream;
  return heedDescription(run.finish(), { summary, findings, start: offset }, options);
}

describe("the QEMU behind libvirt", () => {
  const sparse = loadBase("libvirt-11.3-sparse.save");
  it.skipIf(!sparse)("is set up by the domain and the format", () => {
    if (!sparse) return;
    expect(qemuSetup(factsOf(sparse))).toEqual({
      machine: "pc-i440fx-5.2",
      memoryMiB: 16,
      capabilities: { "mapped-ram": true },
    });
    expect(qemuSetup(factsOf(sparse.subarray(0, 91)))).toEqual({});
  });

  const plain = loadBase("libvirt-9.0-raw.save");
  it.skipIf(!plain)("is not where no release comes to it", () => {
    if (!plain) return;
    expect(qemuSetup(factsOf(plain)).capabilities).toEqual({ "mapped-ram": false });
    expect(qemuSetup(factsOf(applySteps(plain, [{ set: { field: "version", value: 3 } }])))).toEqual({});
    const bare = [{ replaceXml: { find: " machine='pc-i440fx-5.2'", with: "" } }];
    expect(qemuSetup(factsOf(applySteps(plain, bare))).machine).toBe("pc");
  });
});

/** What tells a difference between the domain, the stream and its description. */
const NAMES = [
  ...["machine_missing", "machine_isapc", "config_machine", "xml_memory_8m", "ram_block_length"],
  ...["byte_lost_in_device", "cpu_version_low", "subsection_name", "globalstate_bogus", "stream_cut_device"],
];

describe("the model of QEMU and the prediction for libvirt", () => {
  const rows = NAMES.flatMap((name) =>
    (cases[name]?.images ?? []).map((image) => [name, image.libvirt, image] as const),
  );
  it.for(rows)("agree on %s, %s", ([, libvirt, { base, steps }]) => {
    const bytes = loadBase(base);
    const peer = OBSERVED_PAIRS.find((pair) => pair.libvirt === libvirt);
    if (!bytes || !peer) return;
    const image = applySteps(bytes, steps);
    const { restore } = predictRestore(factsOf(image), peer);
    const answer = replayed(image, peer.qemu);
    expect(answer.accepts).toBe(restore.outcome === "runs");
    if (restore.outcome === "runs") return;
    expect(restore.stage).toBe("load");
    expect(answer.exit).toBe(1);
    // Where QEMU stays, what it prints is in its log.
    const lines = answer.stderr.split("\n");
    const said = /job 'start' failed/.test(restore.error ?? "") ? lines.slice(-1) : lines;
    for (const line of said.filter((text) => !text.includes("…"))) expect(restore.error).toContain(line);
  });
});
