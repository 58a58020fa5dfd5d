import type { Entry, Shape } from "./shape.ts";

/** How many bytes entries may come to. */
export interface Bytes {
  /** Sums that are possible; of very many only the smallest. */
  readonly sums: ReadonlySet<number>;
  /** Some of it may be any number of bytes more. */
  readonly open: boolean;
}

const NOTHING: Bytes = { sums: new Set([0]), open: false };
const MOST_SUMS = 128;

/** What a row of entries comes to. */
export function bytesOf(entries: readonly Entry[]): Bytes {
  let all = NOTHING;
  for (const entry of entries) all = plus(all, bytesOfEntry(entry));
  return all;
}

function bytesOfEntry({ size, count, soft, optional, struct }: Entry): Bytes {
  // Structs that a run counts may be none at all; numbers hardly ever are.
  if (struct && (soft || count === "any")) return ANYTHING;
  const one = struct
    ? bytesOf(struct.entries)
    : size === undefined
      ? ANYTHING
      : { sums: new Set([size]), open: false };
  const all = count === "any" ? { ...one, open: true } : times(one, count);
  return optional ? { ...all, sums: new Set([0, ...all.sums]) } : all;
}

const ANYTHING: Bytes = { sums: new Set([0]), open: true };

/** Type byte, length of the name, and version of a subsection. */
const SUBSECTION_HEADER = 6;

/** What a whole state comes to, with any of its subsections; those within structs may be there as well. */
export function bytesOfState(shape: Shape): Bytes {
  let all = bytesOf(shape.entries);
  for (const subsection of shape.subsections) {
    const { sums, open } = bytesOfState(subsection);
    const header = SUBSECTION_HEADER + (subsection.name?.length ?? 0);
    all = plus(all, { sums: new Set([0, ...[...sums].map((sum) => sum + header)]), open });
  }
  return shape.entries.some(({ struct }) => struct && hasSubsections(struct)) ? { ...all, open: true } : all;
}

function hasSubsections({ entries, subsections }: Shape): boolean {
  return subsections.length > 0 || entries.some(({ struct }) => struct && hasSubsections(struct));
}

function times(one: Bytes, count: number): Bytes {
  if (one.sums.size > 1 && count > 1) return { sums: new Set([Math.min(...one.sums) * count]), open: true };
  return { ...one, sums: new Set([...one.sums].map((sum) => sum * count)) };
}

function plus(a: Bytes, b: Bytes): Bytes {
  const sums = new Set<number>();
  for (const one of a.sums) for (const other of b.sums) sums.add(one + other);
  if (sums.size <= MOST_SUMS) return { sums, open: a.open || b.open };
  return { sums: new Set([Math.min(...sums)]), open: true };
}

/** Whether both can be the same bytes. */
export function mayAgree(a: Bytes, b: Bytes): boolean {
  if (a.open && b.open) return true;
  if (a.open) return Math.min(...a.sums) <= Math.max(...b.sums);
  if (b.open) return Math.min(...b.sums) <= Math.max(...a.sums);
  return [...a.sums].some((sum) => b.sums.has(sum));
}

/** In words. */
export function bytesText({ sums, open }: Bytes): string {
  const least = Math.min(...sums);
  if (open) return `${least} or more`;
  return [...sums]
    .toSorted((a, b) => a - b)
    .slice(0, 4)
    .join(" or ");
}
