import { unsure } from "../postcopy/refuse.ts";
import type { Load, Unsure } from "./load.ts";
import { isX86 } from "./machine-type.ts";

/** Whether pages may be of another size than those that are modelled: flags then stand elsewhere in a word. */
export function mayHaveOtherPages({ host: { peer }, receivedMachine }: Load): boolean {
  return !isX86(peer.machine ?? receivedMachine);
}

/** What a record says that makes no sense with pages of 4096 bytes. */
export function otherPages(
  { file }: Load,
  { offset, path }: { readonly offset: number; readonly path: string },
): Unsure {
  return unsure({ ...file, offset, path }, "pages of this machine may have another size than 4096 bytes");
}
