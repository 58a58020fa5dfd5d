import { describe, expect, it } from "vitest";
import { UsageError } from "../../exit.ts";
import { type LoadOptions, load } from "./load.ts";

const fixture = (path: string) => new URL(`../../../fixtures/${path}`, import.meta.url).pathname;

async function run(input: string, options: LoadOptions) {
  let out = "";
  const output = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    colour: false,
    interactive: false,
  };
  const status = await load([fixture(input)], options, output);
  return { status, out };
}

const STREAM = "qemu/precopy-10.0-q35-5.2.bin";

describe("compat load", () => {
  it("tells people", async () => {
    const { status, out } = await run(STREAM, { on: ["qemu-7.2.22,11.1.3"] });
    expect(status).toBe(0);
    expect(out).toContain("(pc-q35-5.2)\n\non qemu-7.2.22\noutcome     completes\n");
    expect(out).toContain("on qemu-11.1.3\n");
    expect(out).toMatch(/sections {4}(\d+): \1 load, 0 refused, 0 not judged/);
  });

  it("tells programs", async () => {
    const { status, out } = await run(STREAM, { on: ["qemu-5.2.0"], memory: 64, json: true });
    expect(status).toBe(1);
    const document = JSON.parse(out);
    expect(document).toMatchObject({ format: "migwire/load@1", machine: "pc-q35-5.2" });
    expect(document.results[0]).toMatchObject({
      outcome: "fails",
      stage: "setup",
      findings: [{ rule: "MEMORY_SIZE_SAME", remedy: "Start the destination with -m 16." }],
    });
    expect(document.results[0].blocks[0]).toMatchObject({ idstr: "pc.ram", verdict: "refused" });
  });

  it.each([
    ["libvirt/libvirt-11.3-raw.save.gz", 0],
    ["captures/tcp-precopy.pcap.gz", 0],
    ["captures/tcp-postcopy-7.2-to-7.2.pcap.gz", 0],
    ["qemu/mapped-ram-11.1.bin.gz", 0],
    ["captures/tcp-failed-missing-device.pcap.gz", 1],
  ])("reads %s", async (input, expected) => {
    expect((await run(input, { on: ["qemu-10.0.13"] })).status).toBe(expected);
  });

  it("takes the destination's dump", async () => {
    const vmstate = fixture("vmstate/dump-vmstate-11.1.json.gz");
    const { out, status } = await run(STREAM, { on: ["qemu-11.1.3"], vmstate });
    expect(out).toContain("layouts     of the dump that was given");
    expect(out).toContain("DUMP_MACHINE_SAME");
    expect(status).toBe(0);
    await expect(run(STREAM, { on: ["all"], vmstate })).rejects.toThrow(/--vmstate is of one peer/);
    await expect(run(STREAM, { on: ["qemu-11.1.3"], vmstate: fixture(STREAM) })).rejects.toThrow(UsageError);
  });

  it("says what it cannot do", async () => {
    await expect(run(STREAM, {})).rejects.toThrow(/--on qemu-7.2.22/);
    await expect(run(STREAM, { on: ["qemu-99"] })).rejects.toThrow(UsageError);
    await expect(run("captures/tcp-precopy.pcap.gz", { on: ["qemu-7.2.22"], migration: 7 })).rejects.toThrow(
      /no migration 7/,
    );
    await expect(run(STREAM, { on: ["qemu-7.2.22"], migration: 0 })).rejects.toThrow(/this is none/);
  });
});
