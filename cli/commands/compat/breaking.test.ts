import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { FACTORS } from "../../../compat/check/factors/index.ts";
import { findRule, RULES } from "../../../compat/rules/index.ts";
import { temporaryDirectory } from "../../../test/temporary.ts";
import { rules } from "../rules.ts";
import { type BreakingOptions, breaking } from "./breaking.ts";
import { addCompat } from "./program.ts";

const proposal = (name: string) => new URL(`../../../proposals/${name}.yaml`, import.meta.url).pathname;

async function run(file: string, options: BreakingOptions = {}) {
  let out = "";
  const output = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    colour: false,
    interactive: false,
  };
  const status = await breaking(file, options, output);
  return { status, out };
}

const LIBVIRT = { against: ["libvirt-9.0.0"] };

describe("compat breaking", () => {
  it("tells people", async () => {
    const { status, out } = await run(proposal("save-header-complete-word"), LIBVIRT);
    expect(status).toBe(1);
    expect(out).toContain("misread   libvirt 9.0.0 (libvirt, finished)");
    expect(out).toContain("bytes 02 at 32");
    expect(out).toContain("error: SAVE_HEADER_BROKEN_IMAGE_REFUSED (STATE): breaks libvirt 9.0.0");
    expect(out).toContain("breaks 1 of 1 released peers");
    expect((await run(proposal("save-header-partial-magic"), LIBVIRT)).status).toBe(0);
  });

  it("tells programs", async () => {
    const { out } = await run(proposal("save-header-complete-word"), { ...LIBVIRT, format: "json" });
    expect(JSON.parse(out)).toMatchObject({
      format: "migwire/breaking@1",
      proposal: { id: "save-header-complete-word", gate: { kind: "nothing", sendsByDefault: true } },
      breaks: true,
      peers: { asked: 1, concerned: 1 },
      findings: [
        { rule: "SAVE_HEADER_FINISHED_IMAGE_RESTORED", level: "error", peers: ["libvirt-9.0.0"] },
        { rule: "SAVE_HEADER_BROKEN_IMAGE_REFUSED", remedies: [{ kind: "distinct-magic" }] },
      ],
      results: [
        { state: "finished", outcome: "misread", proof: { bytes: "02", offset: 32 } },
        { state: "unfinished", outcome: "misread", gate: "none" },
      ],
    });
  });

  it("tells continuous integration", async () => {
    const github = await run(proposal("save-header-complete-word"), { ...LIBVIRT, format: "github" });
    expect(github.out.split("\n")).toHaveLength(3);
    expect(github.out).toMatch(
      /^::error file=[^,]*,title=SAVE_HEADER_FINISHED_IMAGE_RESTORED::breaks libvirt 9\.0\.0%0A/,
    );
    const silent = await run(proposal("save-header-partial-magic"), { ...LIBVIRT, format: "github" });
    expect(silent.out).toMatch(/^::notice /);

    const sarif = await run(proposal("save-header-complete-word"), { ...LIBVIRT, format: "sarif" });
    const [log] = JSON.parse(sarif.out).runs;
    expect(log.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(
      log.tool.driver.rules.map(({ id }: { id: string }) => id),
    );
    expect(log.results[0]).toMatchObject({ level: "error", ruleIndex: 0 });

    const { out } = await run(proposal("save-header-complete-word"), { ...LIBVIRT, format: "junit" });
    const tags: string[] = [];
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("opentag", ({ name, attributes }) =>
      tags.push(`${name} ${attributes.name ?? attributes.type}`),
    );
    parser.write(out).close();
    expect(tags).toEqual([
      "testsuites migwire compat breaking",
      "testsuite migwire compat breaking",
      "testcase save-header-complete-word against libvirt-9.0.0",
      "failure SAVE_HEADER_FINISHED_IMAGE_RESTORED",
      "failure SAVE_HEADER_BROKEN_IMAGE_REFUSED",
    ]);
  });

  it("says what is wrong with a file, or with what was asked for", async () => {
    const file = join(temporaryDirectory(), "bad.yaml");
    writeFileSync(file, "format: migwire/proposal@1\nid: Bad\n");
    await expect(run(file)).rejects.toThrow(/bad\.yaml: id: words in kebab-case/);
    const binary = join(temporaryDirectory(), "bad.bin");
    writeFileSync(binary, Uint8Array.of(0x66, 0xff, 0xfe));
    await expect(run(binary)).rejects.toThrow(/not UTF-8 text/);
    await expect(run(proposal("none"))).rejects.toThrow(/ENOENT/);
    const good = proposal("save-header-partial-magic");
    await expect(run(good, { against: ["qemu-99.0"] })).rejects.toThrow(
      "qemu-99.0: there is no such release",
    );
    await expect(run(good, { against: ["qemu-5.2"] })).rejects.toThrow(/is about libvirt/);
  });
});

describe("the command line", () => {
  async function parse(...args: readonly string[]) {
    let out = "";
    let status: number | undefined;
    const output = {
      out: (text: string) => {
        out += text;
      },
      err: () => {},
      colour: false,
      interactive: false,
    };
    const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
    addCompat(program, output, (how) => {
      status = how;
    });
    await program.parseAsync(args, { from: "user" });
    return { status, out };
  }

  it("takes releases with commas, before or behind the file", async () => {
    const file = proposal("return-path-keepalive");
    const first = await parse("compat", "breaking", "--against", "qemu-5.2,qemu-7.2.22", file);
    expect(first.status).toBe(1);
    expect(first.out).toContain("against   2 releases: qemu 5.2, 7.2.22");
    const last = await parse(
      "compat",
      "breaking",
      file,
      "--json",
      "--against",
      "qemu-5.2",
      "--against",
      "qemu-7.2.22",
    );
    expect(JSON.parse(last.out).peers).toEqual({ asked: 2, concerned: 2 });
    await expect(parse("compat", "breaking", file, "--format", "xml")).rejects.toThrow(/xml/);
    expect((await parse("rules", "COMMAND_KNOWN", "--json")).status).toBe(0);
  });
});

describe("rules", () => {
  async function list(id?: string, json = false) {
    let out = "";
    const output = {
      out: (text: string) => {
        out += text;
      },
      err: () => {},
      colour: false,
      interactive: false,
    };
    await rules(id, { json }, output);
    return out;
  }

  it("are listed and shown", async () => {
    const all = await list();
    for (const { id, purpose } of RULES) expect(all).toMatch(new RegExp(`^${id} .*${purpose}$`, "m"));
    for (const { rule } of FACTORS) expect(all).toMatch(new RegExp(`^${rule} +Checks that `, "m"));
    const shown = await list("COMMAND_KNOWN");
    expect(shown).toContain(findRule("COMMAND_KNOWN")?.purpose);
    expect(await list("command-known")).toBe(shown);
    expect(JSON.parse(await list(undefined, true)).rules).toHaveLength(RULES.length + FACTORS.length);
    expect(await list("MULTIFD_ON_BOTH_SIDES")).toContain("Checks that multifd is on");
    await expect(list("NO_SUCH_RULE")).rejects.toThrow(/no rule NO_SUCH_RULE/);
  });
});
