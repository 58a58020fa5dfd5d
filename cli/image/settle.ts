import { existsSync, realpathSync } from "node:fs";
import { withImage } from "../durable/edit.ts";
import type { FileSystem } from "../durable/file-system.ts";
import { sideNames } from "../durable/names.ts";
import { takeStale } from "../durable/stale.ts";
import { isRefusal } from "../exit.ts";
import type { Output } from "../output.ts";

/**
 * Finishes what an interrupted write left beside an image that is only to be read. Where that is not possible, says so:
 * the image can be read all the same. Returns false then.
 */
export async function settle(name: string, output: Output, fs: FileSystem): Promise<boolean> {
  if (name === "-" || !hasLeftovers(name, fs)) return true;
  try {
    if (!existsSync(name)) takeStale(sideNames(name).newFile, undefined, fs);
    else await withImage(name, { fs, warn: (text) => output.err(`migwire: ${text}\n`) }, () => {});
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    output.err(`migwire: a write of this image was interrupted, and is not finished: ${error.message}\n`);
    return false;
  }
}

function hasLeftovers(name: string, fs: FileSystem): boolean {
  try {
    const { journal, newJournal, newFile } = sideNames(existsSync(name) ? realpathSync(name) : name);
    return [journal, newJournal, newFile].some((path) => fs.look(path) !== undefined);
  } catch {
    return false;
  }
}
