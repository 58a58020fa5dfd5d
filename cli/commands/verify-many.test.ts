import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { cli } from "../../test/cli.ts";
import { loadLibvirt } from "../../test/libvirt-fixtures.ts";
import { temporaryDirectory } from "../../test/temporary.ts";
import { run } from "../run.ts";

const whole = loadLibvirt("libvirt-9.0-raw.save");
const cut = loadLibvirt("libvirt-9.0-raw-truncated.save");
const gzip = loadLibvirt("libvirt-9.0-gzip.save");
const qcow2 = loadLibvirt("savevm-7.2.qcow2");

function directoryOf(files: Readonly<Record<string, Uint8Array>>): string {
  const directory = temporaryDirectory();
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(directory, name), bytes);
  return directory;
}

describe("a directory", () => {
  it("stands for its images, and ends in a table", async () => {
    const directory = directoryOf({ "b.save": cut, "a.save": whole, "c.save": gzip, notes: whole });
    mkdirSync(join(directory, "more.save"));
    const { status, out, err } = await cli("verify", directory);
    expect({ status, err }).toEqual({ status: 1, err: "" });
    const lines = out.trimEnd().split("\n");
    const table = lines.slice(lines.findIndex((line) => /^ +verdict +errors +warnings/.test(line)));
    expect(table).toHaveLength(5);
    expect(table[0]).toMatch(/ verdict +errors +warnings +container +payload +size +guest +machine$/);
    expect(table[1]).toMatch(
      /\/a\.save +whole +0 +0 +libvirt-save +raw +\S+ KiB +lab-1-raw +pc-i440fx-5\.2$/,
    );
    expect(table[2]).toMatch(/\/b\.save +partial +1 +0 +libvirt-save +raw /);
    expect(table[3]).toMatch(/\/c\.save +whole +0 +0 +libvirt-save +gzip /);
    expect(table[4]).toBe("3 inputs: 2 whole, 1 partial");
  });

  it("paints what is not whole", async () => {
    const directory = directoryOf({ "b.save": cut, "a.save": whole });
    let out = "";
    const output = {
      out: (text: string) => {
        out += text;
      },
      err: () => {},
      colour: true,
      interactive: false,
    };
    await run(["verify", directory], output);
    const table = out.slice(out.indexOf("\n\n")).split("\n");
    expect(table.filter((line) => line.startsWith("\u001b[31m") && line.includes("b.save"))).toHaveLength(1);
    expect(table.some((line) => line.startsWith("\u001b[31m") && line.includes("a.save"))).toBe(false);
  });

  it("that holds no image is refused, and does not stop the rest", async () => {
    const empty = temporaryDirectory();
    const directory = directoryOf({ "a.save": whole });
    const { status, out, err } = await cli("verify", empty, "/does/not/exist.save", directory);
    expect(status).toBe(2);
    expect(err).toContain(`migwire: ${empty} holds no *.save file\n`);
    expect(err).toContain("ENOENT");
    expect(out).toContain("3 inputs: 1 whole, 2 not read\n");
  });
});

it("tells one image in more words, and no table", async () => {
  const directory = directoryOf({ "a.save": whole });
  const { out } = await cli("verify", join(directory, "a.save"));
  expect(out).toMatch(/^\S+a\.save: whole\n {2}image +magic complete/);
  expect(out).toContain("lab-1-raw");
  expect(out).not.toContain("verdict");
});

describe("--ndjson", () => {
  it("tells each input in a line, as it is judged", async () => {
    const directory = directoryOf({ "a.save": whole, "b.save": cut });
    const lines: string[] = [];
    const output = {
      out: (text: string) => void lines.push(text),
      err: () => {},
      colour: false,
      interactive: false,
    };
    expect(await run(["verify", "--ndjson", directory], output)).toBe(1);
    expect(lines.map((line) => line.indexOf("\n") === line.length - 1)).toEqual([true, true]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { format: "migwire/verify@1", name: join(directory, "a.save"), verdict: "whole" },
      { format: "migwire/verify@1", name: join(directory, "b.save"), verdict: "partial" },
    ]);
  });
});

describe("--junit", () => {
  it("is XML with a test case for each input", async () => {
    const hostile = "<b>&\"']]>\u001b[31m\u0001\n.save";
    const directory = directoryOf({ "a.save": whole, [hostile]: cut });
    const { status, out } = await cli("verify", "--junit", directory, "/does/not/exist");
    expect(status).toBe(2);
    const opened: { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] = [];
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("opentag", ({ name, attributes }) => opened.push({ name, attributes: { ...attributes } }));
    parser.write(out).close();
    const cases = opened.filter(({ name }) => name === "testcase").map(({ attributes }) => attributes.name);
    expect(cases).toEqual([
      "/does/not/exist",
      join(directory, "<b>&\"']]>\\x1b[31m\\x01\\x0a.save"),
      join(directory, "a.save"),
    ]);
    expect(opened[0]?.attributes).toMatchObject({ tests: "3", failures: "1", errors: "1" });
    expect(opened.filter(({ name }) => name === "failure")).toMatchObject([
      { attributes: { type: "STREAM_COMPLETE" } },
    ]);
  });
});

describe("names that could steer a terminal", () => {
  it("are escaped, those of files and those in the image", async () => {
    const text = Buffer.from(whole);
    const at = text.indexOf("<name>lab-1-raw</name>");
    text.write("<name>lab\u009b1m\u202ew</name>".slice(0, 22), at, "utf8");
    const directory = directoryOf({ "a\u001b[2J.save": new Uint8Array(text), "b.save": whole });
    const { out } = await cli("verify", directory);
    expect(out).toContain("a\\x1b[2J.save");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out.
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe("snapshots of a qcow2", () => {
  it("are judged one by one", async () => {
    const path = join(directoryOf({ "disk.qcow2": qcow2 }), "disk.qcow2");
    const { status, out } = await cli("verify", "--json", path);
    expect(status).toBe(0);
    const { inputs } = JSON.parse(out);
    expect(inputs.length).toBeGreaterThanOrEqual(2);
    for (const input of inputs) {
      expect(input).toMatchObject({ container: "qcow2", verdict: "whole" });
      expect(input.name).toBe(`${path} snapshot ${input.snapshot.id} (${input.snapshot.name})`);
      expect(input.snapshot).toMatchObject({ machine: "pc-i440fx-5.2", size: expect.any(Number) });
    }
    const text = await cli("verify", path, path);
    expect(text.out).toMatch(/snapshot 1 \(snap-a\) +whole +0 +0 +qcow2 +raw /);
  });

  it("are missing in one that is cut", async () => {
    const path = join(directoryOf({ "disk.qcow2": qcow2.subarray(0, 5000) }), "disk.qcow2");
    const { status, out } = await cli("verify", "--json", path);
    expect(status).toBe(1);
    expect(JSON.parse(out).inputs).toMatchObject([{ name: path, container: "qcow2", verdict: "partial" }]);
  });
});

describe("options", () => {
  const path = () => join(directoryOf({ "a.save": whole }), "a.save");

  it.each([
    [["--json", "--junit"], "choose one"],
    [["--ndjson", "--json"], "choose one"],
    [["--qemu", "7.2.22"], "--libvirt"],
  ])("%j are refused", async (options, why) => {
    const { status, err, out } = await cli("verify", ...options, path());
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toContain(why);
  });

  it("narrow the policy to one release", async () => {
    const { out } = await cli("verify", "--json", "--libvirt", "9.0.0", "--qemu", "7.2.22", path());
    expect(JSON.parse(out).inputs[0].libvirt).toMatchObject([{ libvirt: "9.0.0", qemu: "7.2.22" }]);
    const text = await cli("verify", "--libvirt", "9.0.0", path());
    expect(text.out).toMatch(
      / libvirt +with QEMU +virsh restore +virsh start \(managed save\) +as\n +9\.0\.0 /,
    );
  });

  it("tell what the host has defined", async () => {
    const told = await cli("verify", "--json", "--domain", "lab-1-raw", "--uuid", UUID, path());
    const releases: { libvirt: string; managedStart: unknown }[] = JSON.parse(told.out).inputs[0].libvirt;
    expect(releases.find(({ libvirt }) => libvirt === "11.3.0")?.managedStart).toMatchObject({
      outcome: "nothing-runs",
      file: "removed",
    });
    expect(told.status).toBe(0);
  });
});

const UUID = "11111111-2222-4333-8444-555555555555";
