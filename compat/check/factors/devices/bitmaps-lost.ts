import type { Pair } from "../../end.ts";
import { completes } from "../../endings/completes.ts";
import type { Ending } from "../../verdict.ts";

/** Both sides complete without the bitmaps; the destination may say why on stderr. */
export function bitmapsLost(pair: Pair, error: string | null = null): Ending {
  const ending = completes(pair);
  return { ...ending, outcome: "loses-bitmaps", destination: { ...ending.destination, error } };
}
