import { closeSync, openSync, writeFileSync } from "node:fs";
import type { Edit } from "../cli/durable/edit.ts";
import { nodeFileSystem } from "../cli/durable/file-system.ts";
import { fingerprint } from "../cli/durable/fingerprint.ts";
import { type EditJournal, journalBytes } from "../cli/durable/journal.ts";
import { sideNames } from "../cli/durable/names.ts";

/** The journal of an edit of a file that may be half done; some of it may be wrong. */
export function journalOf(path: string, edit: Edit, wrong: Partial<EditJournal> = {}): Uint8Array {
  const fd = openSync(path, "r");
  try {
    const { ino: inode, size } = nodeFileSystem.stat(fd);
    const place = { size: Number(size), offset: edit.offset, length: edit.old.length };
    const { old, fresh } = edit;
    const entry = { ...place, inode, around: fingerprint(nodeFileSystem, fd, place), old, fresh };
    return journalBytes({ ...entry, ...wrong });
  } finally {
    closeSync(fd);
  }
}

/** Leaves it beside the file, as an interrupted edit would. */
export function leaveJournal(path: string, edit: Edit, wrong: Partial<EditJournal> = {}): void {
  writeFileSync(sideNames(path).journal, journalOf(path, edit, wrong), { mode: 0o600 });
}
