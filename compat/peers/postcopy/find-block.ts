import type { Load } from "../main-channel/load.ts";
import type { PeerBlock } from "../peer.ts";

/** What names of RAM blocks begin with on the machines that have them. */
const USUAL_BEGINNINGS = ["pc.", "/rom@", "vga.", "mach-virt.", "0000:"];

/** The block of a name; undefined if there is none, with a null length where it is not known how long it is. */
export function findBlock(
  load: Load,
  idstr: string,
): PeerBlock | { readonly idstr: string; readonly length: null } | undefined {
  const block = load.blocks?.get(idstr) ?? load.announced.get(idstr);
  if (block) return block;
  const complete = load.host.peer.blocks !== undefined || load.announced.size > 0;
  if (complete || !USUAL_BEGINNINGS.some((beginning) => idstr.startsWith(beginning))) return undefined;
  return { idstr, length: null };
}
