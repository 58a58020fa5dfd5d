import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../../test/temporary.ts";
import { type DiffOptions, diff } from "./diff.ts";

const fixture = (path: string) => new URL(`../../../fixtures/${path}`, import.meta.url).pathname;
const dump = (release: string) => fixture(`vmstate/dump-vmstate-${release}.json.gz`);

async function run(first: string, second: string, options: DiffOptions = {}) {
  let out = "";
  const output = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    colour: false,
    interactive: false,
  };
  const status = await diff(first, second, options, output);
  return { status, out };
}

describe("vmstate diff", () => {
  it("tells people, one way or both", async () => {
    const there = await run(dump("10.0"), dump("11.1"));
    expect(there.status).toBe(1);
    expect(there.out).toContain("error      isa-vga: vga: The state is sent as vga");
    expect(there.out).toMatch(/in all {5}1 error, /);
    const back = await run(dump("11.1"), dump("10.0"), { reverse: true, json: true });
    expect(JSON.parse(back.out).directions[0].from).toBe(dump("10.0"));
    const both = await run(dump("10.0"), dump("11.1"), { both: true, json: true });
    expect(JSON.parse(both.out)).toMatchObject({
      format: "migwire/vmstate-diff@1",
      inputs: [{ machine: "pc-i440fx-5.2" }, { machine: "pc-i440fx-5.2" }],
      directions: [{ to: dump("11.1") }, { to: dump("10.0") }],
    });
  });

  it("looks only at what a guest has", async () => {
    const onlyDevicesOf = fixture("qemu/precopy-10.0-i440fx-5.2.bin.gz");
    const { status, out } = await run(dump("10.0"), dump("11.1"), { onlyDevicesOf });
    expect(status).toBe(0);
    expect(out).not.toContain("isa-vga");
  });

  it("tells what is no dump", async () => {
    const file = join(temporaryDirectory(), "bad.json");
    writeFileSync(file, '{"x": NaN}');
    const { status, out } = await run(file, dump("11.1"));
    expect(status).toBe(2);
    expect(out).toContain("DUMP_WELL_FORMED");
    await expect(run("-", "-")).rejects.toThrow(/stdin/);
  });
});
