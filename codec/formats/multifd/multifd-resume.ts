import type { Steps } from "../../layout/index.ts";
import { headLength, isPlausibleHead } from "./multifd-head.ts";
import { find, type Multifd, skipRaw } from "./multifd-state.ts";

const STRETCH = 4096;
const MAGIC_BYTE = 0x11;

/** After damage or a gap, moves on to the next header that can be true. Returns false when the input ends first. */
export function* resume(multifd: Multifd, from: number): Steps<boolean> {
  const { cursor } = multifd;
  const reach = headLength(multifd.old);
  for (;;) {
    const have = yield* cursor.upTo(STRETCH + reach);
    if (have === 0) {
      if (cursor.lost === 0) return false;
      cursor.cross();
      continue;
    }
    const stretch = have < STRETCH + reach ? have : STRETCH;
    const found = search(multifd, stretch, have);
    yield* skipRaw(multifd, found, "damaged");
    if (found === stretch) continue;
    const lost = cursor.offset - from;
    if (lost > 0) find(multifd, "MULTIFD_RESUMED", "note", cursor.offset, { lost });
    return true;
  }
}

/** Bytes before the first plausible header that begins within the stretch; all of it when there is none. */
function search({ cursor, old }: Multifd, stretch: number, have: number): number {
  const { bytes, view, at } = cursor;
  for (let next = at; ; next++) {
    next = bytes.indexOf(MAGIC_BYTE, next);
    if (next < 0 || next >= at + stretch) return stretch;
    if (isPlausibleHead(view, next, at + have - next, old)) return next - at;
  }
}
