import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failing } from "../../test/failing-file-system.ts";
import { leaveJournal } from "../../test/journals.ts";
import { hasFlock, hasPython, holding, pythonHolding } from "../../test/locked.ts";
import { temporaryDirectory } from "../../test/temporary.ts";
import { type FileSystem, nodeFileSystem, writeFully } from "./file-system.ts";
import { sideNames } from "./names.ts";
import { newFile } from "./new-file.ts";

const CONTENT = Uint8Array.of(1, 2, 3);

function make(path: string, force = false, fs: FileSystem = nodeFileSystem): string[] {
  const said: string[] = [];
  const file = newFile(path, force, { fs, warn: (text) => said.push(text) });
  try {
    writeFully(fs, file.fd, CONTENT, null);
    file.commit();
  } finally {
    file.discard();
  }
  return said;
}

const bytesOf = (path: string) => new Uint8Array(readFileSync(path));
const inDirectory = () => join(temporaryDirectory(), "out.save");
const entries = (path: string) => readdirSync(join(path, ".."));

describe("a new file", () => {
  it("is private, and has its name once it is whole", () => {
    const path = inDirectory();
    const file = newFile(path, false, { fs: nodeFileSystem, warn: () => {} });
    expect(entries(path)).toEqual([".out.save.migwire-new"]);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    writeFully(nodeFileSystem, file.fd, CONTENT, null);
    file.commit();
    file.discard();
    expect(bytesOf(path)).toEqual(CONTENT);
    expect(entries(path)).toEqual(["out.save"]);
    expect(statSync(path)).toMatchObject({ nlink: 1 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is gone when it is discarded", () => {
    const path = inDirectory();
    newFile(path, false, { fs: nodeFileSystem, warn: () => {} }).discard();
    expect(entries(path)).toEqual([]);
  });

  it("does not replace another one unless forced, not even one that appears meanwhile", () => {
    const path = inDirectory();
    writeFileSync(path, "precious");
    expect(() => make(path)).toThrow("exists already; --force replaces it");
    const other = inDirectory();
    const file = newFile(other, false, { fs: nodeFileSystem, warn: () => {} });
    writeFileSync(other, "precious");
    expect(() => file.commit()).toThrow("exists already");
    file.discard();
    for (const kept of [path, other]) {
      expect(readFileSync(kept, "utf8")).toBe("precious");
      expect(entries(kept)).toEqual(["out.save"]);
    }
  });

  it("keeps mode and owner of the one that it replaces, and its link", () => {
    const path = inDirectory();
    const link = join(temporaryDirectory(), "link");
    writeFileSync(path, "old");
    chmodSync(path, 0o640);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) chownSync(path, 64055, 104);
    symlinkSync(path, link);
    expect(make(link, true)).toEqual([]);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    const { mode, uid, gid } = statSync(path);
    expect(mode & 0o7777).toBe(0o640);
    if (isRoot) expect({ uid, gid }).toEqual({ uid: 64055, gid: 104 });
    expect(bytesOf(path)).toEqual(CONTENT);
  });

  it("says when the owner cannot be kept", () => {
    const path = inDirectory();
    writeFileSync(path, "old", { mode: 0o644 });
    expect(make(path, true, failing({ chmod: () => "EPERM" }))).toEqual([expect.stringContaining("owner")]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is made without hard links where there are none", () => {
    const path = inDirectory();
    make(path, false, failing({ link: () => "EPERM" }));
    expect(entries(path)).toEqual(["out.save"]);
    expect(() => make(path, false, failing({ link: () => "EPERM" }))).toThrow("exists already");
  });

  it.each(["ENOSPC", "EIO"])("leaves nothing behind when the system says %s", (code) => {
    for (const fails of ["write", "sync", "rename"] as const) {
      const path = inDirectory();
      writeFileSync(path, "old");
      expect(() => make(path, true, failing({ [fails]: () => code }))).toThrow(code);
      expect(readFileSync(path, "utf8")).toBe("old");
      expect(entries(path)).toEqual(["out.save"]);
    }
  });

  it("takes the place of one that an interrupted run left", () => {
    const path = inDirectory();
    writeFileSync(sideNames(path).newFile, "half");
    make(path);
    expect(bytesOf(path)).toEqual(CONTENT);
    expect(entries(path)).toEqual(["out.save"]);
  });

  it("does not touch what an interrupted run has linked to its name already", () => {
    const path = inDirectory();
    writeFileSync(path, "done");
    linkSync(path, sideNames(path).newFile);
    make(path, true);
    expect(bytesOf(path)).toEqual(CONTENT);
    expect(entries(path)).toEqual(["out.save"]);
  });

  it("takes the journal of the file that it replaces with it", () => {
    const path = inDirectory();
    writeFileSync(path, "old");
    leaveJournal(path, { offset: 0, old: Uint8Array.of(1), fresh: Uint8Array.of(2) });
    make(path, true);
    expect(entries(path)).toEqual(["out.save"]);
    leaveJournal(path, { offset: 0, old: Uint8Array.of(1), fresh: Uint8Array.of(2) }, { inode: 1n });
    make(path, true);
    expect(entries(path)).toHaveLength(2);
  });

  it.skipIf(!hasFlock)("leaves alone one that another process is writing", async () => {
    const path = inDirectory();
    const { newFile: other } = sideNames(path);
    writeFileSync(other, "half");
    await holding("flock", [other, "sh", "-c", "echo held; cat"]);
    expect(() => make(path)).toThrow("another migwire is writing");
    expect(readFileSync(other, "utf8")).toBe("half");
  });

  it.skipIf(!hasPython)("does not replace one that is locked", async () => {
    const path = inDirectory();
    writeFileSync(path, "old");
    await pythonHolding(path, "fcntl.lockf(f, fcntl.LOCK_EX)");
    expect(() => make(path, true)).toThrow("is locked by process");
    expect(entries(path)).toEqual(["out.save"]);
  });

  it("refuses places where no file can be", () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "sub"));
    symlinkSync("nowhere", join(directory, "dangling"));
    expect(() => make(join(directory, "sub"), true)).toThrow("not a regular file");
    expect(() => make(join(directory, "dangling"), true)).toThrow("a link to nothing");
    expect(() => make(join(directory, "none", "out"))).toThrow("ENOENT");
    expect(() => make("/dev/null", true)).toThrow("not a regular file");
    expect(existsSync(join(directory, "nowhere"))).toBe(false);
  });
});
