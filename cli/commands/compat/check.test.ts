import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../../../test/cli.ts";
import { recordedMigrations } from "../../../test/migrations.ts";
import { temporaryDirectory } from "../../../test/temporary.ts";

const BREAK = ["compat", "check", "--from", "qemu-10.0.13", "--to", "11.1.3", "--machine", "pc-i440fx-10.0"];

function file(text: string): string {
  const path = join(temporaryDirectory(), "scenarios");
  writeFileSync(path, text);
  return path;
}

describe("migwire compat check", () => {
  it("says first that the source would call a lost guest a success, and what to do", async () => {
    const { status, out, err } = await cli(...BREAK, "--device", "virtio-rng-pci");
    expect(status).toBe(1);
    expect(err).toBe("");
    expect(out).toContain("outcome     guest-lost at switchover, which the source calls a success");
    expect(out).toContain("VQ 0 vring.num 1024 exceeds allocated max 8");
    expect(out).toMatch(/→ .*return-path/s);
  });

  it("keeps the guest with a return path, and takes it the other way", async () => {
    const kept = await cli(...BREAK, "--device", "virtio-rng-pci", "--source-cap", "return-path", "--json");
    expect(JSON.parse(kept.out)).toMatchObject({ outcome: "fails", source: { state: "failed" } });
    const back = ["compat", "check", "--from", "11.1.3", "--to", "10.0.13", "--machine", "pc-i440fx-10.0"];
    const { status, out } = await cli(...back, "--device", "virtio-rng-pci", "--json");
    expect(JSON.parse(out)).toMatchObject({ format: "migwire/verdict@1", outcome: "completes" });
    expect(status).toBe(0);
  });

  it.each<[string, readonly string[], string | null, string]>([
    ["an option that nothing is done with", ["--machine", "pc-q35-7.2"], "{}", "--machine goes with --from"],
    ["two kinds of output", ["--json", "--ndjson"], "{}", "--json or --ndjson"],
    ["a capability with two values", ["--from", "7.2", "--to", "8.0", "--cap", "a=on=off"], null, "NAME=off"],
    ["an empty file", [], "\n\n", "no scenario in it"],
    ["what is no JSON", [], '{\n  "source": NaN\n}', "no JSON: "],
    ["bytes of no text", [], "\u0000", "no JSON: "],
  ])("refuses %s, and says so", async (_, args, text, told) => {
    const files = text === null ? [] : [file(text)];
    const { status, out, err } = await cli("compat", "check", ...args, ...files);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toContain(told);
  });

  it("lets no name steer a terminal, in errors neither", async () => {
    const name = "\u001b]0;x\u0007\u202e\u009b";
    const both = { qemu: "7.2.22", capabilities: { [name]: true }, devices: [{ driver: name, addr: name }] };
    const scenario = { id: name, source: both, destination: { qemu: "10.0.13", machine: name } };
    const told = await cli("compat", "check", file(JSON.stringify(scenario)));
    const refused = await cli("compat", "check", file(JSON.stringify({ source: { qemu: name } })));
    const unknown = await cli("compat", "check", `--${name}`);
    for (const { out, err } of [told, refused, unknown])
      expect(["\u001b", "\u0007", "\u202e", "\u009b"].filter((each) => (out + err).includes(each))).toEqual(
        [],
      );
  });

  it("takes a byte order mark and CRLF", async () => {
    const line = JSON.stringify({ source: { qemu: "7.2.22" }, destination: { qemu: "10.0.13" } });
    expect((await cli("compat", "check", file(`\ufeff${line}\r\n${line}\r\n`))).status).toBe(0);
  });

  it("sets what is told on both ends, or on one", async () => {
    const { out } = await cli(
      ...[
        "compat",
        "check",
        "--from",
        "7.2.22",
        "--to",
        "10.0.13",
        "--machine",
        "pc-q35-7.2",
        "--cap",
        "multifd",
      ],
      ...["--param", "multifd-channels=4", "--destination-param", "multifd-channels=2", "--mode", "precopy"],
    );
    expect(out).toContain("qemu-7.2.22 (pc-q35-7.2, multifd, multifd-channels=4)");
    expect(out).toContain("qemu-10.0.13 (pc-q35-7.2, multifd, multifd-channels=2)");
    expect(out).toContain("MULTIFD_CHANNELS_ALIKE");
  });

  it("knows bitmaps and nodes, and parameters that are lists", async () => {
    const mapping = '[{"node-name":"node0","alias":"a","bitmaps":[{"name":"b","alias":"b"}]}]';
    const ends = [
      "compat",
      "check",
      "--from",
      "7.2.22",
      "--to",
      "10.0.13",
      "--machine",
      "pc-q35-7.2",
      "--json",
    ];
    const bitmaps = ["--source-cap", "dirty-bitmaps", "--bitmap", "node0/b", "--node", "node0"];
    const lost = await cli(...ends, ...bitmaps, "--source-param", `block-bitmap-mapping=${mapping}`);
    expect(JSON.parse(lost.out)).toMatchObject({ outcome: "loses-bitmaps" });
    const kept = await cli(...ends, ...bitmaps, "--param", `block-bitmap-mapping=${mapping}`);
    expect(JSON.parse(kept.out)).toMatchObject({ outcome: "completes" });
  });

  it("answers a line with a line, one that is no scenario too", async () => {
    const [record] = recordedMigrations("recorded.ndjson");
    const path = file(
      `${JSON.stringify(record)}\nnot JSON\n{"id":"x","source":{"qemu":"9.9"},"destination":{}}\n`,
    );
    const { status, out } = await cli("compat", "check", "--ndjson", path);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { format: "migwire/verdict@1", id: record?.id, confidence: "observed" },
      { format: "migwire/verdict@1", error: "this line is no JSON" },
      { format: "migwire/verdict@1", id: "x", error: expect.stringContaining("source.qemu") },
    ]);
    expect(status).toBe(2);
  });

  it("says by the models alone what no recording says", async () => {
    const path = file(
      recordedMigrations("recorded.ndjson")
        .slice(0, 20)
        .map((one) => JSON.stringify(one))
        .join("\n"),
    );
    const { out } = await cli("compat", "check", "--no-observations", "--ndjson", path);
    const verdicts = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(verdicts.map(({ confidence }) => confidence)).toEqual(verdicts.map(() => "modelled"));
  });

  it("reads one scenario or several from a file", async () => {
    const one = { source: { qemu: "7.2.22" }, destination: { qemu: "10.0.13" } };
    expect((await cli("compat", "check", "--json", file(JSON.stringify(one, null, 2)))).status).toBe(0);
    const several = await cli("compat", "check", "--json", file(JSON.stringify([one, { id: "2", ...one }])));
    expect(JSON.parse(several.out)).toHaveLength(2);
    const lines = await cli("compat", "check", file(`${JSON.stringify(one)}\n${JSON.stringify(one)}\n`));
    expect(lines.out.match(/^outcome/gm)).toHaveLength(2);
  });

  it.each([
    [["--from", "7.2.22"], /--from and --to/],
    [["--from", "warp", "--to", "10.0"], /warp is neither a version/],
    [["--from", "7.2.22", "--to", "10.0", "--cap", "multifd=maybe"], /--cap multifd=maybe/],
    [["--from", "7.2.22", "--to", "10.0", "--param", "multifd-channels"], /NAME=VALUE/],
    [["--from", "7.2.22", "--to", "10.0", "--param", "a=[1"], /no JSON/],
    [["--from", "7.2.22", "--to", "10.0", "--bitmap", "node0"], /NODE\/BITMAP/],
    [["--from", "7.2.22", "--to", "10.0", "--mode", "warp"], /mode/],
    [["--from", "7.2.22", "--to", "10.0", "file"], /either --from and --to, or a file/],
    [["--json", "no-such-file"], /no-such-file/],
  ])("refuses %j", async (args, message) => {
    const { status, out, err } = await cli("compat", "check", ...args);
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(message);
  });
});
