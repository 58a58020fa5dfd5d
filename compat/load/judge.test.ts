import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  createStreamReader,
  createSummariser,
  type Finding,
  type Section,
  type StateDescription,
  type StreamEvent,
} from "../../codec/index.ts";
import { fixtures } from "../../test/captures.ts";
import { packagedLayouts } from "../vmstate/packaged/layouts.ts";
import { parseDump } from "../vmstate/parse-dump.ts";
import { createLoadJudge } from "./judge.ts";
import { judgeSection } from "./judge-section.ts";
import type { LoadPeer } from "./peer.ts";
import type { LoadResult } from "./result.ts";
import { readVirtioState } from "./virtio-state.ts";
import { LOAD_WORDINGS } from "./wording.ts";

const folder = new URL("../../fixtures/vmstate/", import.meta.url);
const inflated = (file: string) => gunzipSync(readFileSync(new URL(file, folder))).toString();

interface RecordedDevice {
  readonly qemu: string;
  readonly section: Section;
  readonly description: StateDescription;
  readonly payload: string;
}
const devices: readonly RecordedDevice[] = JSON.parse(inflated("devices.json.gz"));

const RELEASES = ["5.2.0", "7.2.22", "10.0.13", "11.1.3"];
const peers = RELEASES.map((qemu): LoadPeer => ({ name: `qemu-${qemu}`, qemu }));

function results(path: string, on: readonly LoadPeer[]): readonly LoadResult[] {
  const bytes = readFileSync(path);
  const judge = createLoadJudge(on);
  const summariser = createSummariser();
  const findings: Finding[] = [];
  const event = (told: StreamEvent) => {
    summariser.event(told);
    judge.event(told);
    if (told.kind === "finding") findings.push(told.finding);
  };
  const reader = createStreamReader({ event, state: judge.state });
  reader.push(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  reader.finish();
  return judge.results({ summary: summariser.summary(), findings, isRestore: false });
}

function judged(from: string, idstr: RegExp, to: string) {
  const device = devices.find(({ qemu, section }) => qemu === from && idstr.test(section.idstr));
  if (!device) throw new Error(`${idstr}`);
  const { section, description, payload } = device;
  const state = { description, payload: Uint8Array.from(Buffer.from(payload, "base64")) };
  const peer = { name: `qemu-${to}`, qemu: to };
  const machine = "pc-i440fx-5.2";
  return judgeSection(section, state, { peer, machine, layouts: packagedLayouts(to) });
}

describe("streams of pc-i440fx-5.2 and pc-q35-5.2", () => {
  const shared = fixtures.filter(({ file }) => /^precopy-[\d.]+-(?:i440fx|q35)-5\.2\.bin/.test(file));

  it.each(shared.map(({ file, path }) => [file, path]))("%s loads on every release", (_, path) => {
    const all = results(path, [...peers, { name: "qemu-8.2.0", qemu: "8.2.0" }]);
    expect(all.map(({ outcome, findings }) => [outcome, findings])).toEqual(all.map(() => ["completes", []]));
    expect(all.every(({ sections }) => sections.length > 25)).toBe(true);
    const [tooOld] = results(path, [{ name: "qemu-4.2.0", qemu: "4.2.0" }]);
    expect(tooOld?.outcome).not.toBe("completes");
  });

  it("are there to be looked at", () => {
    expect(shared.length).toBeGreaterThanOrEqual(7);
  });

  it("name what a dump does not tell", () => {
    const { dump } = parseDump(inflated("dump-vmstate-11.1.json.gz"));
    const path = shared.find(({ file }) => file.includes("5.2-i440fx"))?.path ?? "";
    if (!dump) throw new Error("no dump");
    const [result] = results(path, [{ name: "qemu-11.1.3", qemu: "11.1.3", dump }]);
    expect(result).toMatchObject({ outcome: "completes", layouts: "dump" });
    const [other] = results(path, [{ name: "old", qemu: "11.1.3", memoryMiB: 64 }]);
    expect(other).toMatchObject({ outcome: "fails", stage: "setup" });
    expect(other?.destination.error).toContain(
      "Size mismatch: pc.ram: 0x1000000 != 0x4000000: Invalid argument",
    );
    expect(other?.findings[0]?.rule).toBe("MEMORY_SIZE_SAME");
  });
});

it("a machine type that is gone cannot start", () => {
  const path = fixtures.find(({ file }) => file.startsWith("precopy-11.1-newest"))?.path ?? "";
  const [old, own] = results(path, [peers[0] as LoadPeer, peers[3] as LoadPeer]);
  expect(old).toMatchObject({ outcome: "cannot-start", machine: { verdict: "refused" } });
  expect(own?.outcome).toBe("completes");
});

describe("devices", () => {
  it("10.0.13 sends virtqueues of 1024 entries, which 11.1.3 refuses", () => {
    expect(judged("10.0.13", /rng/, "11.1.3")).toMatchObject({
      verdict: "refused",
      error:
        "VQ 0 vring.num 1024 exceeds allocated max 8\nload of migration failed: Invalid argument: error while loading state for instance 0x0 of device '0000:00:02.0/virtio-rng': Failed to load element of type virtio for virtio",
    });
    expect(judged("10.0.13", /net/, "11.1.3").error).toContain(
      "VQ 0 vring.num 1024 exceeds allocated max 256",
    );
    expect(judged("10.0.13", /rng/, "7.2.22").verdict).toBe("loads");
    expect(judged("7.2.22", /rng/, "11.1.3").verdict).toBe("loads");
  });

  it("a state that lost its name is not known", () => {
    expect(judged("10.0.13", /^vga$/, "11.1.3")).toMatchObject({
      verdict: "refused",
      error:
        "load of migration failed: Invalid argument: Unknown section or instance 'vga' 0. Make sure that your current VM setup matches your saved VM setup, including any hotplugged devices",
    });
    expect(judged("10.0.13", /^vga$/, "7.2.22").verdict).toBe("loads");
  });

  it("a device that may not migrate blocks the load", () => {
    expect(judged("11.1.3", /nvme/, "7.2.22")).toMatchObject({
      verdict: "refused",
      error:
        "State blocked by non-migratable device '0000:00:02.0/nvme'\nload of migration failed: Invalid argument",
    });
    expect(judged("11.1.3", /nvme/, "11.1.3").verdict).toBe("loads");
  });

  it("of other versions, fields and subsections are refused or left open", () => {
    expect(judged("11.1.3", /pciespscsi/, "5.2.0").error).toBe(
      "savevm: unsupported version 2 for '0000:00:02.0/pciespscsi' v1\nload of migration failed: Invalid argument",
    );
    expect(judged("11.1.3", /pciespscsi/, "10.0.13").verdict).toBe("not-judged");
    expect(judged("11.1.3", /^pckbd$/, "5.2.0")).toMatchObject({ verdict: "refused" });
    expect(judged("11.1.3", /^pckbd$/, "5.2.0").error).toMatch(
      /^Failed to load pckbd:kbd\nerror while loading state for instance 0x0 of device 'pckbd'\n/,
    );
    expect(judged("5.2.0", /hpet/, "11.1.3").verdict).toBe("loads");
    expect(judged("5.2.0", /ide$/, "7.2.22").verdict).toBe("loads");
  });

  it("meet mistakes of releases", () => {
    const found = judged("7.2.22", /rng/, "7.2.0");
    expect(found).toMatchObject({ verdict: "not-judged", findings: [{ rule: "ERRATUM_MET" }] });
    expect(found.findings[0]?.facts).toEqual(["qemu/errata/rng-vectors-before-8.0"]);
  });

  it("say it in words", () => {
    const all = devices.flatMap(({ qemu, section }) =>
      RELEASES.flatMap((to) => judged(qemu, new RegExp(`^${section.idstr}$`), to).findings),
    );
    expect(all.length).toBeGreaterThan(5);
    for (const { rule, args } of all) expect(LOAD_WORDINGS[rule]?.message(args)).not.toContain("undefined");
  });
});

describe("virtio state", () => {
  const payloads = devices
    .filter(({ section }) => section.idstr.includes("virtio"))
    .map(({ payload }) => Uint8Array.from(Buffer.from(payload, "base64")));

  it("tells queues behind PCI and PCI Express", () => {
    expect(payloads.map((payload) => readVirtioState(payload)?.queues.map(({ size }) => size))).toEqual([
      [1024],
      [1024, 1024, 1024],
      [8],
      [1024, 1024, 1024],
    ]);
  });

  it("never throws on less of it", () => {
    for (const payload of payloads)
      for (let length = 0; length < payload.length; length += 7) readVirtioState(payload.subarray(0, length));
  });
});
