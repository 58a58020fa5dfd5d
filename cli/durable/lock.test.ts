import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasFlock, hasPython, holding, pythonHolding } from "../../test/locked.ts";
import { temporaryDirectory } from "../../test/temporary.ts";
import { applyEdit, withImage } from "./edit.ts";
import { type FileSystem, nodeFileSystem } from "./file-system.ts";

const OLD = Uint8Array.from({ length: 100 }, (_, i) => i);
const EDIT = { offset: 10, old: OLD.slice(10, 20), fresh: new Uint8Array(10).fill(0xee) };
const NEW = Uint8Array.from(OLD, (byte, i) => (i >= 10 && i < 20 ? 0xee : byte));

function image(): string {
  const path = join(temporaryDirectory(), "vm.save");
  writeFileSync(path, OLD);
  return path;
}

async function edit(path: string, fs: FileSystem = nodeFileSystem): Promise<string[]> {
  const said: string[] = [];
  await withImage(path, { fs, warn: (text) => said.push(text) }, (opened) => applyEdit(opened, EDIT, fs));
  return said;
}

const bytesOf = (path: string) => new Uint8Array(readFileSync(path));
const entries = (path: string) => readdirSync(join(path, ".."));

describe("a lock of another process", () => {
  it.skipIf(!hasFlock)("keeps the image from being edited: flock", async () => {
    const path = image();
    const child = await holding("flock", [path, "sh", "-c", "echo held; cat"]);
    await expect(edit(path)).rejects.toThrow(
      /is locked by process \d+ \(flock, FLOCK WRITE\)|is locked by another/,
    );
    expect(bytesOf(path)).toEqual(OLD);
    expect(entries(path)).toEqual(["vm.save"]);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    await edit(path);
    expect(bytesOf(path)).toEqual(NEW);
  });

  it.skipIf(!hasPython).each([
    ["POSIX", "fcntl.lockf(f, fcntl.LOCK_EX, 4, 50)"],
    ["POSIX", "fcntl.lockf(f, fcntl.LOCK_SH)"],
    ["OFDLCK", "fcntl.fcntl(f, 37, struct.pack('hhqqi4x', fcntl.F_WRLCK, 0, 0, 0, 0))"],
    ["FLOCK", "fcntl.flock(f, fcntl.LOCK_SH)"],
  ])("keeps the image from being edited: %s by %s", async (kind, call) => {
    const path = image();
    await pythonHolding(path, call);
    await expect(edit(path)).rejects.toThrow(new RegExp(`is locked by .*${kind}`));
    expect(bytesOf(path)).toEqual(OLD);
  });

  it.skipIf(!hasPython)("keeps the image from being edited: a lease", async () => {
    const path = image();
    const call = "f.close(); f = open(sys.argv[1], 'rb'); fcntl.fcntl(f, 1024, 0)";
    await pythonHolding(path, `import signal; signal.signal(signal.SIGIO, signal.SIG_IGN); ${call}`);
    await expect(edit(path)).rejects.toThrow("holds a lease");
    expect(bytesOf(path)).toEqual(OLD);
  });

  it.skipIf(!hasPython)("is missing when the file is only open for writing, which is said", async () => {
    const path = image();
    const child = await pythonHolding(path, "pass");
    expect(await edit(path)).toEqual([
      expect.stringContaining(`open for writing by process ${child.pid} (python3)`),
    ]);
    expect(bytesOf(path)).toEqual(NEW);
  });

  it.skipIf(!hasFlock)("is held by ourselves meanwhile", async () => {
    const path = image();
    const tools = { fs: nodeFileSystem, warn: () => {} };
    await withImage(path, tools, async () => {
      expect(spawnSync("flock", ["-n", path, "true"]).status).toBe(1);
      await expect(edit(path)).rejects.toThrow("is locked by");
    });
    expect(spawnSync("flock", ["-n", path, "true"]).status).toBe(0);
  });

  it("cannot be taken without the program, which is said", async () => {
    const path = image();
    const { PATH } = process.env;
    process.env.PATH = "/nowhere";
    try {
      expect(await edit(path)).toEqual([expect.stringContaining("flock is not installed")]);
    } finally {
      process.env.PATH = PATH;
    }
    expect(bytesOf(path)).toEqual(NEW);
  });
});
