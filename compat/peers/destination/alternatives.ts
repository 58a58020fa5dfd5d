import type { Seen } from "../ending.ts";
import type { Machine } from "./machine.ts";

/** How a process ends where one of its races comes out the other way. */
export function otherEndings(
  seen: Seen,
  { raced, load, lines, forkedAt }: Machine,
  rerun: (flipped: ReadonlySet<string>) => Seen | undefined,
): readonly Seen[] {
  const others = [...raced].map((race) => rerun(new Set([race])));
  for (const { lines: told, status, exit } of load.otherwise ?? []) {
    const stderr = [...lines.slice(0, forkedAt ?? lines.length), ...told].join("\n");
    others.push({ ...seen, status, exit, alive: exit === null, errorDesc: null, stderr });
  }
  const known = new Set([JSON.stringify(seen)]);
  return others.filter((other): other is Seen => {
    const key = JSON.stringify(other);
    if (!other || known.has(key)) return false;
    known.add(key);
    return true;
  });
}
