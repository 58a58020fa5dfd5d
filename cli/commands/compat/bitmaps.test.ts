import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../../test/temporary.ts";
import { type BitmapsOptions, bitmaps } from "./bitmaps.ts";

const MAP = `full-map:
  - { node-name: node0, name: bm0, to: { node-name: other0, name: bm0 } }
  - { node-name: node0, name: bm1, drop: true }
`;

async function run(text: string, options: BitmapsOptions = {}) {
  const file = join(temporaryDirectory(), "map.yaml");
  writeFileSync(file, text);
  let out = "";
  const output = {
    out: (more: string) => {
      out += more;
    },
    err: () => {},
    colour: false,
    interactive: false,
  };
  return { status: await bitmaps(file, options, output), out };
}

describe("compat bitmaps", () => {
  it("tells people, and gives the commands for both sides", async () => {
    const { status, out } = await run(MAP, {
      to: "block-bitmap-mapping",
      node: ["other0"],
      bitmap: ["node0/bm0", "node0/bm1"],
    });
    expect(status).toBe(0);
    expect(out).toContain("full-map, usable");
    expect(out).toContain(
      '{"execute":"migrate-set-parameters","arguments":{"block-bitmap-mapping":[{"node-name":"node0","alias":"other0","bitmaps":[{"name":"bm0","alias":"bm0"}]}]}}',
    );
  });

  it("has status 1 for a bitmap that is not covered", async () => {
    const { status, out } = await run(MAP, { bitmap: ["node0/bm2"] });
    expect(status).toBe(1);
    expect(out).toContain("error: full-map: Bitmap 'bm2' on node 'node0' is neither mapped nor dropped.");
  });

  it("tells programs", async () => {
    const { out } = await run(MAP, { json: true, release: "qemu-7.2.22" });
    expect(JSON.parse(out)).toMatchObject({
      format: "migwire/bitmaps@1",
      release: "7.2.22",
      kind: "full-map",
      translation: null,
      findings: [{ rule: "FULL_MAP_OURS" }],
    });
  });

  it("refuses what is no mapping, no release and no kind", async () => {
    await expect(run("3")).rejects.toThrow("neither a list of entries");
    await expect(run(MAP, { release: "7.2.99" })).rejects.toThrow("--release 7.2.99: no release of QEMU");
    await expect(run(MAP, { to: "sideways" })).rejects.toThrow(
      "--to sideways: full-map or block-bitmap-mapping",
    );
    await expect(run(MAP, { bitmap: ["node0"] })).rejects.toThrow("NODE/BITMAP");
  });
});
