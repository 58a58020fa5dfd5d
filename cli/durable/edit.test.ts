import {
  chmodSync,
  linkSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failing } from "../../test/failing-file-system.ts";
import { journalOf, leaveJournal } from "../../test/journals.ts";
import { temporaryDirectory } from "../../test/temporary.ts";
import { applyEdit, trim, withImage } from "./edit.ts";
import { type FileSystem, nodeFileSystem } from "./file-system.ts";
import { sideNames } from "./names.ts";
import { pendingJournal } from "./pending.ts";

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

it("trims an edit to what it changes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), fc.nat(1000), (a, b, offset) => {
      const length = Math.min(a.length, b.length);
      const [old, fresh] = [a.subarray(0, length), b.subarray(0, length)];
      const trimmed = trim({ offset, old, fresh });
      const out = old.slice();
      if (trimmed) {
        out.set(trimmed.fresh, trimmed.offset - offset);
        expect(trimmed.fresh[0]).not.toBe(trimmed.old[0]);
        expect(trimmed.fresh.at(-1)).not.toBe(trimmed.old.at(-1));
      }
      expect(out).toEqual(fresh);
    }),
  );
});

describe("an edit in place", () => {
  it("leaves the new bytes, and nothing else", async () => {
    const path = image();
    expect(await edit(path)).toEqual([]);
    expect(bytesOf(path)).toEqual(NEW);
    expect(entries(path)).toEqual(["vm.save"]);
  });

  it("keeps the file: its inode, its mode, its other names", async () => {
    const path = image();
    chmodSync(path, 0o640);
    linkSync(path, `${path}.other`);
    const before = statSync(path);
    await edit(path);
    const { ino, mode, nlink } = statSync(path);
    expect({ ino, mode, nlink }).toEqual({ ino: before.ino, mode: before.mode, nlink: 2 });
    expect(bytesOf(`${path}.other`)).toEqual(NEW);
  });

  it("follows links, and puts its journal beside the file itself", async () => {
    const path = image();
    const link = join(temporaryDirectory(), "link.save");
    symlinkSync(path, link);
    leaveJournal(path, EDIT);
    expect(pendingJournal(link)?.level).toBe("error");
    expect(await edit(link)).toHaveLength(1);
    expect(bytesOf(path)).toEqual(NEW);
    expect(entries(path)).toEqual(["vm.save"]);
    expect(entries(link)).toEqual(["link.save"]);
  });

  it("refuses what is not a regular file", async () => {
    await expect(edit("/dev/null")).rejects.toThrow("/dev/null is not a regular file");
    await expect(edit(temporaryDirectory())).rejects.toThrow("not a regular file");
    await expect(edit("/nowhere")).rejects.toThrow("ENOENT");
  });

  it.each(["ENOSPC", "EIO", "EROFS", "EACCES"])(
    "has not happened when its journal meets %s",
    async (code) => {
      for (const fails of ["open", "write", "sync", "rename"] as const) {
        const path = image();
        const { newJournal } = sideNames(path);
        const fs = failing({
          [fails]: (first: unknown) => (fails !== "open" || first === newJournal ? code : undefined),
        });
        await expect(edit(path, fs), fails).rejects.toThrow(code);
        expect(bytesOf(path)).toEqual(OLD);
        expect(entries(path)).toEqual(["vm.save"]);
      }
    },
  );

  it("is taken back when the image takes only a part of it", async () => {
    const path = image();
    let written = 0;
    const fs = {
      ...failing({ write: (_, __, position) => (position === 15 && written++ === 0 ? "ENOSPC" : undefined) }),
    };
    const { write } = fs;
    fs.write = (fd, bytes, position) =>
      write(fd, position === 10 && bytes[0] === 0xee ? bytes.subarray(0, 5) : bytes, position);
    await expect(edit(path, fs)).rejects.toThrow("ENOSPC");
    expect(written).toBe(1);
    expect(bytesOf(path)).toEqual(OLD);
    expect(entries(path)).toEqual(["vm.save"]);
  });

  it("waits for the next run when it can be neither finished nor taken back", async () => {
    const path = image();
    const fs = failing({ write: (_, __, position) => (position === 10 ? "EIO" : undefined) });
    await expect(edit(path, fs)).rejects.toThrow("neither be finished nor taken back");
    expect(entries(path)).toHaveLength(2);
    expect(pendingJournal(path)).toMatchObject({ rule: "IMAGE_JOURNAL_PENDING", level: "error", offset: 10 });
    expect(await edit(path)).toEqual([expect.stringContaining("is finished now")]);
    expect(bytesOf(path)).toEqual(NEW);
    expect(entries(path)).toEqual(["vm.save"]);
  });
});

describe("a journal that was left behind", () => {
  const settle = (path: string) => withImage(path, { fs: nodeFileSystem, warn: () => {} }, () => {});

  it("is finished from whatever a torn write left", async () => {
    for (let torn = 0; torn <= EDIT.fresh.length; torn++) {
      const path = image();
      writeFileSync(
        path,
        Uint8Array.from(OLD, (byte, i) => (i >= 10 && i < 10 + torn ? 0xee : byte)),
      );
      leaveJournal(path, EDIT);
      await settle(path);
      expect(bytesOf(path)).toEqual(NEW);
      expect(entries(path)).toEqual(["vm.save"]);
    }
  });

  it("is removed when it is not whole: the image was not touched", async () => {
    const path = image();
    const whole = journalOf(path, EDIT);
    for (const length of [0, 1, 40, whole.length - 1]) {
      writeFileSync(sideNames(path).journal, whole.subarray(0, length), { mode: 0o600 });
      expect(pendingJournal(path)).toMatchObject({ level: "warning", args: { state: "unsound" } });
      await settle(path);
      expect(bytesOf(path)).toEqual(OLD);
      expect(entries(path)).toEqual(["vm.save"]);
    }
  });

  it.each([
    ["another inode", { inode: 1n }, "another file"],
    ["another size", { size: 200 }, "another file"],
    ["other old bytes", { old: new Uint8Array(10) }, "changed since"],
    ["other bytes around them", { around: new Uint8Array(32) }, "changed since"],
  ])("stays, and keeps the image from being edited, when it tells of %s", async (_, changes, why) => {
    const path = image();
    leaveJournal(path, EDIT, changes);
    await expect(edit(path)).rejects.toThrow(why);
    expect(bytesOf(path)).toEqual(OLD);
    expect(entries(path)).toHaveLength(2);
    expect(pendingJournal(path)).toMatchObject({ level: "warning", args: { state: "foreign" } });
  });

  it("stays when the image was saved anew, with as many bytes, and the ones at stake are the same", async () => {
    const path = image();
    leaveJournal(path, EDIT);
    const other = OLD.slice();
    other[99] = 0;
    writeFileSync(path, other);
    await expect(edit(path)).rejects.toThrow("changed since");
    expect(bytesOf(path)).toEqual(other);
  });

  it("is not trusted when others may have written it", async () => {
    const path = image();
    const { journal } = sideNames(path);
    leaveJournal(path, EDIT);
    chmodSync(journal, 0o666);
    await expect(edit(path)).rejects.toThrow("others may write it");
    unlinkSync(journal);
    symlinkSync(join(path, "..", "elsewhere"), journal);
    await expect(edit(path)).rejects.toThrow("it is not a regular file");
    expect(bytesOf(path)).toEqual(OLD);
  });

  it("says nothing where nothing was left", () => {
    expect(pendingJournal(image())).toBe(undefined);
    expect(pendingJournal("/nowhere")).toBe(undefined);
  });
});
