import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { fixtures } from "../test/captures.ts";
import { VERSION } from "./version.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MAIN = fileURLToPath(new URL("../dist/migwire.cjs", import.meta.url));
const fixture = fixtures.find(({ file }) => file === "precopy-10.0-q35-5.2.bin")?.path ?? "";

const migwire = (args: readonly string[], input?: Uint8Array) =>
  spawnSync(process.execPath, [MAIN, ...args], { ...(input ? { input } : {}), encoding: "utf8", cwd: ROOT });

it("has the version of its package", () => {
  expect(VERSION).toBe(JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version);
});

describe("the built binary", () => {
  beforeAll(() => {
    execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-b"], { cwd: ROOT });
    execFileSync(process.execPath, ["scripts/bundle.mjs"], { cwd: ROOT });
  }, 60_000);

  it("decodes a file", () => {
    const { status, stdout, stderr } = migwire(["decode", fixture]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("machine   pc-q35-5.2");
  });

  it("reads stdin, and says where it was cut off", () => {
    const { status, stdout } = migwire(["verify", "--json"], readFileSync(fixture).subarray(0, 5000));
    expect(status).toBe(1);
    expect(JSON.parse(stdout).inputs[0]).toMatchObject({ name: "-", verdict: "partial" });
  });

  it("ends silently when nobody reads on", () => {
    const shell = `"${process.execPath}" "${MAIN}" hex "${fixture}" | head -n 1`;
    const { status, stdout, stderr } = spawnSync("sh", ["-c", shell], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("FileHeader.magic");
  });
});
