import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../exit.ts";
import { type InputOptions, type Job, jobsOf } from "../jobs.ts";

const IMAGE_SUFFIX = ".save";

/** Whether a file goes by the name that libvirt gives to managed saves, whatever is in it. */
export function isSaveName(name: string): boolean {
  return name.endsWith(IMAGE_SUFFIX);
}

/** The named inputs, of which some may be one migration, then the images of each directory; opened when it is their turn. */
export function* jobsIn(names: readonly string[], options: InputOptions): Generator<Job> {
  const directories = new Set(names.filter(isDirectory));
  yield* jobsOf(
    names.filter((name) => !directories.has(name)),
    options,
  );
  for (const directory of directories) yield* jobsInDirectory(directory, options);
}

function* jobsInDirectory(directory: string, options: InputOptions): Generator<Job> {
  const images = imagesIn(directory);
  if (!Array.isArray(images)) yield { kind: "refused", error: images };
  else for (const image of images) yield* jobsOf([image], options);
}

/** Regular files, and links to such or to nothing, which will be refused: a pipe would be waited for. */
function imagesIn(directory: string): string[] | Error {
  try {
    const files = readdirSync(directory, { withFileTypes: true })
      .filter((entry) => isSaveName(entry.name) && (entry.isFile() || entry.isSymbolicLink()))
      .map(({ name }) => join(directory, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() !== false)
      .sort();
    return files.length > 0 ? files : new UsageError(`${directory} holds no *${IMAGE_SUFFIX} file`);
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/** What cannot be looked at is no directory: opening it will say why. */
export function isDirectory(name: string): boolean {
  return name !== "-" && statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
}
