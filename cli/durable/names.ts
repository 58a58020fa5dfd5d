import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";

/** Longest name that file systems take. */
const LONGEST_NAME = 255;

/** Names beside an image that belong to a write in progress. They follow from its name, so that the next run finds them. */
export interface SideNames {
  readonly directory: string;
  /** What an edit in place is about to do, or was doing. */
  readonly journal: string;
  /** A journal that is not written to its end. The image was not touched yet. */
  readonly newJournal: string;
  /** A file that will take the name when it is whole. */
  readonly newFile: string;
}

export function sideNames(path: string): SideNames {
  const directory = dirname(path);
  const name = (suffix: string) => {
    const full = `.${basename(path)}.migwire-${suffix}`;
    if (new TextEncoder().encode(full).length <= LONGEST_NAME) return join(directory, full);
    const digest = createHash("sha256").update(basename(path)).digest("hex").slice(0, 32);
    return join(directory, `.${digest}.migwire-${suffix}`);
  };
  return {
    directory,
    journal: name("journal"),
    newJournal: name("journal.new"),
    newFile: name("new"),
  };
}
