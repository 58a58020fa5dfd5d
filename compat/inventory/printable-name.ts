/** Longer names are cut in messages. */
const LONGEST = 80;

/** A name of the user's as a message may show it: nothing in it steers a terminal, and it is short. */
export function printableName(name: string): string {
  const shown = name.slice(0, LONGEST).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "?");
  return name.length > LONGEST ? `${shown}…` : shown;
}
