import type { PeerProcess } from "../ending.ts";

type Entry =
  | { readonly what: "connect" }
  | { readonly what: "push"; readonly connection: number; readonly chunk: Uint8Array }
  | { readonly what: "close"; readonly connection: number };

/** What was done to a process, as long as that is little. */
export interface Journal {
  note(entry: Entry): void;
  /** Does the same to another; false if it was too much to be kept. */
  replay(process: Pick<PeerProcess, "connect" | "push" | "close">): boolean;
}

const MOST = 1 << 20;
/** What an entry takes besides its bytes. */
const ENTRY = 64;

export function createJournal(): Journal {
  const entries: Entry[] = [];
  let size = 0;
  return {
    note(entry) {
      if (size > MOST) return;
      size += entry.what === "push" ? entry.chunk.length + ENTRY : ENTRY;
      if (size > MOST) entries.length = 0;
      else entries.push(entry.what === "push" ? { ...entry, chunk: entry.chunk.slice() } : entry);
    },
    replay(process) {
      if (size > MOST) return false;
      for (const entry of entries) {
        if (entry.what === "connect") process.connect();
        else if (entry.what === "push") process.push(entry.connection, entry.chunk);
        else process.close(entry.connection);
      }
      return true;
    },
  };
}
