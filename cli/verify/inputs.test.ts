import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryDirectory } from "../../test/temporary.ts";
import { jobsIn } from "./inputs.ts";

const HEADER = Uint8Array.of(0x51, 0x45, 0x56, 0x4d, 0, 0, 0, 3);

const told = (names: readonly string[]) =>
  [...jobsIn(names, {})].map((job) => {
    if (job.kind === "refused") return `refused: ${(job.error as Error).message}`;
    return job.kind === "channels" ? job.kind : `${job.kind} ${job.source.name}`;
  });

it("takes the images of a directory, in order", () => {
  const directory = temporaryDirectory();
  for (const name of ["b.save", "a.save", "c.save.bak", "notes", "10.save"])
    writeFileSync(join(directory, name), HEADER);
  mkdirSync(join(directory, "d.save"));
  symlinkSync("a.save", join(directory, "link.save"));
  symlinkSync("d.save", join(directory, "link-to-directory.save"));
  symlinkSync("/dev/zero", join(directory, "zeros.save"));
  const plain = join(directory, "notes");
  expect(told([directory, plain])).toEqual([
    `stream ${plain}`,
    ...["10.save", "a.save", "b.save", "link.save"].map((name) => `stream ${join(directory, name)}`),
  ]);
});

it("refuses links to nothing", () => {
  const directory = temporaryDirectory();
  symlinkSync("gone", join(directory, "a.save"));
  expect(told([directory])).toEqual([expect.stringContaining("refused: ENOENT")]);
});

it("refuses a directory without images, and what is not there", () => {
  const directory = temporaryDirectory();
  expect(told([directory, "/does/not/exist"])).toEqual([
    expect.stringContaining("refused: ENOENT"),
    `refused: ${directory} holds no *.save file`,
  ]);
});
