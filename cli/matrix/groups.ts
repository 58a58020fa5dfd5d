import type { Matrix } from "../../compat/matrix/matrix.ts";

/** Ends that stand next to each other and whose rows and columns say the same. */
export interface Group {
  /** Place of the first of them. */
  readonly at: number;
  readonly name: string;
}

/** Joins neighbours whose outcomes are the same throughout, so that a table of many releases fits on a screen. */
export function groupsOf({ names, cells, verdicts }: Matrix): readonly Group[] {
  const told = verdicts.map(({ verdict: { outcome, alternatives } }) => [outcome, ...alternatives].join());
  const row = (at: number) => (cells[at] ?? []).map((place) => told[place]).join(";");
  const column = (at: number) => cells.map((line) => told[line[at] ?? 0]).join(";");
  const groups: { at: number; last: number; key: string }[] = [];
  for (const at of names.keys()) {
    const key = `${row(at)}|${column(at)}`;
    const group = groups.at(-1);
    if (group?.key === key) group.last = at;
    else groups.push({ at, last: at, key });
  }
  return groups.map(({ at, last }) => ({
    at,
    name: at === last ? `${names[at]}` : `${names[at]}–${names[last]}`,
  }));
}
