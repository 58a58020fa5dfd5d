import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { fixtures } from "../test/captures.ts";
import { loadSession, sessionCapture } from "../test/session-captures.ts";
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

  it("reads a capture while it is being made, and outlasts the interrupt that ends it", async () => {
    const data = loadSession(sessionCapture("tcp-switchover-ack.pcap"));
    const child = spawn(process.execPath, [MAIN, "decode", "--ndjson", "-"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    let out = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text: string) => {
      out += text;
    });
    const until = async (text: string) => {
      while (!out.includes(text)) await once(child.stdout, "data");
    };
    child.stdin.write(data.subarray(0, 3));
    child.stdin.write(data.subarray(3, 100_000));
    await until('"kind":"configuration"');
    expect(out).not.toContain('"kind":"migration-end"');
    child.kill("SIGINT");
    child.stdin.end(data.subarray(100_000));
    const [status] = await once(child, "close");
    expect(status).toBe(0);
    expect(out).toContain('"kind":"migration-end"');
    expect(out.endsWith("\n")).toBe(true);
  });
});
