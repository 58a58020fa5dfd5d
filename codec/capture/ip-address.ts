import type { Address } from "./tcp-flow.ts";

const octets = (word: number) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255];

/** An address as people write it; IPv6 as RFC 5952 says. */
export function addressText(v6: boolean, { a, b, c, d }: Address): string {
  if (!v6) return octets(d).join(".");
  if (a === 0 && b === 0 && c === 0xffff) return `::ffff:${octets(d).join(".")}`;
  const groups = [a, b, c, d].flatMap((word) => [word >>> 16, word & 0xffff]);
  let best = 0;
  let most = 1;
  for (let from = 0; from < groups.length; from++) {
    let to = from;
    while (groups[to] === 0) to++;
    if (to - from > most) {
      best = from;
      most = to - from;
    }
  }
  const hex = groups.map((group) => group.toString(16));
  if (most === 1) return hex.join(":");
  return `${hex.slice(0, best).join(":")}::${hex.slice(best + most).join(":")}`;
}
