import { atLeast, compareVersions } from "../releases.ts";

/** What a fact rests on. `run` names what was seen running, `commit` an upstream commit, `source` a file of a release. */
export type Evidence =
  | { readonly kind: "commit"; readonly commit: string; readonly release: string }
  | { readonly kind: "source"; readonly where: string }
  | { readonly kind: "news"; readonly release: string }
  | { readonly kind: "run"; readonly of: string };

/** The first release something is true for: known exactly, or only to lie in the window `after < first <= atLatest`. */
export type Bound = string | { readonly after: string; readonly atLatest: string };

/** One thing that is so from one release to another. Only literals. */
export interface Fact<T = true> {
  /** A path, such as `libvirt/save-image/byte-swap`. */
  readonly id: string;
  readonly claim: string;
  readonly value: T;
  readonly since: Bound;
  /** The first release for which it is not so any more. */
  readonly until?: Bound;
  readonly evidence: readonly Evidence[];
  readonly notes?: string;
}

/** Inside a window of doubt: read it as if the change came at the end of the window, or at its beginning. */
export type Lean = "earlier" | "later";

/** Whether the release that `bound` stands for is `version` or older. */
export function reached(bound: Bound, version: string, lean: Lean): boolean {
  if (typeof bound === "string") return atLeast(version, bound);
  return lean === "later" ? compareVersions(version, bound.after) > 0 : atLeast(version, bound.atLatest);
}

/** The one of several chapters that is true for a version; undefined before the first. */
export function chapterAt<T>(chapters: readonly Fact<T>[], version: string, lean: Lean): Fact<T> | undefined {
  return factsAt(version, lean)(chapters).chapter;
}

/** Its value, where it is still true. */
export function valueAt<T>(chapters: readonly Fact<T>[], version: string, lean: Lean): T | undefined {
  return factsAt(version, lean)(chapters).value;
}

/** What chapters come to for a version. */
interface Found<T> {
  readonly chapter: Fact<T> | undefined;
  readonly value: T | undefined;
}
type FactsAt = <T>(chapters: readonly Fact<T>[]) => Found<T>;

const known: Readonly<Record<Lean, Map<string, FactsAt>>> = { earlier: new Map(), later: new Map() };
const MOST_VERSIONS = 1000;

/** The facts of one version. What was found is kept: models ask for the same with every record they read. */
export function factsAt(version: string, lean: Lean): FactsAt {
  const before = known[lean].get(version);
  if (before) return before;
  if (known[lean].size >= MOST_VERSIONS) known[lean].clear();
  const found = new WeakMap<readonly Fact<unknown>[], Found<unknown>>();
  const ask = <T>(chapters: readonly Fact<T>[]): Found<T> => {
    const all = found as WeakMap<readonly Fact<T>[], Found<T>>;
    const known = all.get(chapters);
    if (known) return known;
    const made = lookUp(chapters, version, lean);
    all.set(chapters, made);
    return made;
  };
  known[lean].set(version, ask);
  return ask;
}

function lookUp<T>(chapters: readonly Fact<T>[], version: string, lean: Lean): Found<T> {
  const chapter = chapters.findLast(({ since }) => reached(since, version, lean));
  const gone = chapter?.until !== undefined && reached(chapter.until, version, lean);
  return { chapter, value: gone ? undefined : chapter?.value };
}
