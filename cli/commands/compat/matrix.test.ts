import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../../../test/cli.ts";
import { temporaryDirectory } from "../../../test/temporary.ts";

const matrix = (...args: readonly string[]) => cli("compat", "matrix", ...args);

describe("migwire compat matrix", () => {
  it("is a table that fits on a screen", async () => {
    const { status, out } = await matrix("5.2..8.0", "11.1", "--machine", "pc-i440fx-4.1");
    expect(status).toBe(0);
    expect(out).toContain("pc-i440fx-4.1");
    expect(out).toMatch(/^ +\d+ 5\.2/m);
    expect(out).toContain("m cannot-start");
    expect(out).toMatch(/1089 pairs: \d+ complete, /);
    for (const line of out.split("\n")) expect(line.length).toBeLessThan(140);
  });

  it.each([
    [["8.1..7.2"], "name the older release first"],
    [["7.2..8.0..8.1"], "name a version of QEMU"],
    [["--with", "constructor"], "is no feature"],
    [["--json", "--csv"], "one of them"],
  ])("refuses %j", async (args, told) => {
    const { status, out, err } = await matrix(...args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toContain(told);
  });

  it("takes a parameter that is called mode", async () => {
    const { out } = await matrix("7.2.22", "10.0.13", "--with", "mode=cpr-reboot");
    expect(out).toContain("r refused");
  });

  it("lets no machine type steer a terminal, or end the page's script", async () => {
    const name = "</script><b>\u001b[31m";
    const page = await matrix("7.2.22", "--machine", name, "--html");
    expect(page.out).not.toContain(name.slice(0, 12));
    for (const { out } of [page, await matrix("7.2.22", "--machine", name)])
      expect(out).not.toContain("\u001b");
  });

  it("is a document", async () => {
    const { out } = await matrix("7.2.22", "10.0.13", "--with", "multifd,zstd", "--json");
    const { format, names, cells, verdicts } = JSON.parse(out);
    expect(format).toBe("migwire/matrix@1");
    expect(names).toEqual(["7.2.22", "10.0.13"]);
    expect(cells).toEqual([
      [expect.any(Number), expect.any(Number)],
      [expect.any(Number), expect.any(Number)],
    ]);
    expect(verdicts[cells[0][1]]).toMatchObject({
      sourceVersion: "7.2.22",
      destinationVersion: "10.0.13",
      machine: "pc-q35-7.2",
      outcome: "completes",
    });
  });

  it("takes a fleet's hosts, each kind once", async () => {
    const path = join(temporaryDirectory(), "fleet.yaml");
    writeFileSync(
      path,
      "hosts: [{name: a, qemu: 7.2.22}, {name: b, qemu: 10.0.13}, {name: c, qemu: 7.2.22}]",
    );
    const { out } = await matrix("--fleet", path, "--json");
    expect(JSON.parse(out).names).toEqual(["7.2.22", "10.0.13"]);
  });

  it("is a table for spreadsheets", async () => {
    const { out } = await matrix("7.2.22", "11.1.3", "--csv");
    const [head, ...rows] = out.trimEnd().split("\r\n");
    expect(head).toBe("source,destination,outcome,alternatives,stage,rules,confidence");
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatch(/^7\.2\.22,7\.2\.22,completes,/);
  });

  it("is a page that needs nothing else", async () => {
    const { out } = await matrix("5.2", "7.2.22", "11.1.3", "--with", "postcopy", "--html");
    expect(out).toMatch(/^<!doctype html>/);
    expect(out).not.toMatch(/<(link|img|iframe)|src=|https?:/);
    const data = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(out)?.[1] ?? "";
    const { names, cells, kinds, bodies } = JSON.parse(data);
    expect(names).toHaveLength(3);
    for (const place of cells.flat())
      expect(bodies[kinds[place][3]]).toMatchObject({ outcome: expect.any(String) });
  });

  it("has every release that is modelled, unless some are named", async () => {
    const { out } = await matrix("--json");
    const { names, cells } = JSON.parse(out);
    expect(names[0]).toBe("2.5");
    expect(names).toContain("7.2.22");
    expect(cells.flat()).toHaveLength(names.length ** 2);
  });

  it.each([
    [["--with", "warp"], /--with: warp is no feature/],
    [["warp"], /warp is neither a version/],
    [["7.2", "--fleet", "fleet.yaml"], /either --fleet/],
    [["--csv", "--html"], /one of them/],
  ])("refuses %j", async (args, message) => {
    const { status, err } = await matrix(...args);
    expect(status).toBe(2);
    expect(err).toMatch(message);
  });
});
