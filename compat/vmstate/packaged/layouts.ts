import { compareVersions, lineOf } from "../../releases.ts";
import type { DumpDescription, DumpField } from "../description.ts";
import { DESCRIPTIONS_1 } from "./descriptions-1.ts";
import { DESCRIPTIONS_2 } from "./descriptions-2.ts";
import { RELEASES, STATES, UNDUMPED } from "./states.ts";

/** A description, and whether lengths of arrays are told in it. */
export interface Layout {
  readonly description: DumpDescription;
  readonly countsTold: boolean;
}

/** What is known of the layout of states. */
export interface Layouts {
  /** All layouts that states of a name have. None: it is not known. */
  of(state: string): readonly Layout[];
  /** Where it is from. */
  readonly source: "dump" | "packaged";
}

/** Field, version, whether it is conditional, elements, bytes of one, number of the description. */
type FieldRow = readonly [string, number, 0 | 1, number | null, number | null, number | null];
type Row = readonly [string, number, number, readonly FieldRow[] | null, readonly number[], 0 | 1];

const ROWS: readonly string[] = [...DESCRIPTIONS_1, ...DESCRIPTIONS_2];
const read = new Map<number, Layout>();

/**
 * The layouts of a release of x86: of a release between two that are known, those of both, for what it reads is read by both
 * in all likelihood. None for a release that is older or newer than all.
 */
export function packagedLayouts(qemu: string): readonly Layouts[] {
  return releasesAround(qemu).map((release) => ({
    source: "packaged",
    of: (state) => layoutsIn(state, release),
  }));
}

/** Layouts of a state that -dump-vmstate leaves out, because it is not registered with its device. */
export function undumpedLayouts(qemu: string, state: string): readonly Layout[] {
  const releases = Object.hasOwn(UNDUMPED, state) ? (UNDUMPED[state] ?? "") : "";
  const [release = -1] = releasesAround(qemu);
  return releases.includes(String(release)) ? layoutsIn(state, release) : [];
}

/** Whether dumps of some releases leave a state out although their devices have it. */
export function isLeftOut(state: string): boolean {
  return Object.hasOwn(UNDUMPED, state);
}

/** Positions in the list of releases: one, or two with the release between them. */
function releasesAround(qemu: string): readonly number[] {
  const line = lineOf(qemu);
  const before = RELEASES.findLastIndex((release) => compareVersions(release, line) <= 0);
  const after = RELEASES.findIndex((release) => compareVersions(release, line) >= 0);
  return before < 0 || after < 0 ? [] : [...new Set([before, after])];
}

function layoutsIn(state: string, release: number): readonly Layout[] {
  const all = (Object.hasOwn(STATES, state) ? STATES[state] : undefined) ?? "";
  return all.split(" ").flatMap((told) => {
    const [index = "", releases = ""] = told.split("@");
    return releases.includes(String(release)) ? [layoutOf(Number(index))] : [];
  });
}

function layoutOf(index: number): Layout {
  const known = read.get(index);
  if (known) return known;
  // The rows are made from dumps by a script of ours.
  const row = JSON.parse(ROWS[index] ?? "null") as Row;
  const [name, version, minimum, fields, subsections, told] = row;
  const description: DumpDescription = {
    name,
    version,
    minimum,
    ...(fields ? { fields: fields.map(fieldOf) } : {}),
    subsections: subsections.map((each) => layoutOf(each).description),
  };
  const layout = { description, countsTold: told === 1 };
  read.set(index, layout);
  return layout;
}

function fieldOf([name, version, conditional, count, size, struct]: FieldRow): DumpField {
  return {
    name,
    version,
    conditional: conditional === 1,
    ...(count === null ? {} : { count }),
    size: size ?? 0,
    ...(struct === null ? {} : { struct: layoutOf(struct).description }),
  };
}
