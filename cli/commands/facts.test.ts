import { describe, expect, it } from "vitest";
import { FACTS } from "../../compat/index.ts";
import { UsageError } from "../exit.ts";
import { type FactsOptions, facts } from "./facts.ts";

async function run(subject?: string, options: FactsOptions = {}) {
  let out = "";
  const output = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    colour: false,
    interactive: false,
  };
  const status = await facts(subject, options, output);
  return { status, out };
}

describe("facts", () => {
  it("lists the subjects with how many facts each has", async () => {
    const { status, out } = await run();
    expect(status).toBe(0);
    expect(out).toMatch(/^qemu\/capabilities +\d+$/m);
    expect(out).toMatch(/^libvirt\/save-image +\d+$/m);
    expect(out.trimEnd().split("\n").at(-1)).toMatch(new RegExp(`^facts +${FACTS.flat().length}$`));
  });

  it("shows one with what it rests on", async () => {
    const { out } = await run("qemu/errata/multifd-id-off-by-one");
    expect(out).toContain("qemu/errata/multifd-id-off-by-one\n  A multifd init packet whose id");
    expect(out).toContain("  since     4.0, until 11.1\n");
    expect(out).toContain("  evidence  commit 810bf31a1b, first in 11.1\n");
    expect(out).toContain("            outcomes: guest-lost\n");
  });

  it("shows those under a path, and those that begin like it", async () => {
    expect((await run("qemu/capabilities/multifd")).out.match(/^qemu\//gm)).toHaveLength(2);
    expect((await run("qemu/parameters/multifd")).out).toContain("qemu/parameters/multifd-channels");
  });

  it("tells only what is true for a release", async () => {
    const { out } = await run("qemu/capabilities", { release: "7.2" });
    expect(out).toContain("qemu/capabilities/compress/stable");
    expect(out).not.toContain("qemu/capabilities/compress/deprecated");
    expect(out).not.toContain("mapped-ram");
    const document = JSON.parse((await run(undefined, { release: "libvirt-9.0.0", json: true })).out);
    expect(document.facts.length).toBeGreaterThan(20);
    expect(document.facts.every(({ id }: { id: string }) => id.startsWith("libvirt/"))).toBe(true);
  });

  it("writes one document", async () => {
    const document = JSON.parse((await run("qemu/errata", { json: true })).out);
    expect(Object.keys(document)).toEqual(["format", "facts"]);
    expect(document.format).toBe("migwire/facts@1");
    expect(document.facts.length).toBeGreaterThan(20);
  });

  it.each([
    ["qemu/multifdd", {}, /did you mean .*multifd/],
    ["capabilities", {}, /did you mean qemu\/capabilities/],
    ["qemu/errata", { release: "7.2.99" }, /qemu 7\.2\.99 is no release/],
    [undefined, { release: "7.2" }, /qemu-7\.2 or libvirt-7\.2/],
    ["", {}, /no facts/],
    ["xyzzy", {}, /lists what there is/],
  ])("refuses %s %o", async (subject, options, message) => {
    await expect(run(subject, options)).rejects.toThrow(message);
    await expect(run(subject, options)).rejects.toBeInstanceOf(UsageError);
  });
});
