import { UsageError } from "./exit.ts";
import { closeInput, type Input, openInput } from "./io.ts";
import { endsClean, type Format, type Kind, kindOf } from "./kind.ts";
import { LIMITS } from "./payload/meter.ts";

export interface InputOptions {
  readonly offset?: number;
  /** What all inputs are, whatever they begin like. */
  readonly asFormat?: Format;
  /** Seconds that a program which decompresses may give nothing. */
  readonly helperTimeout?: number;
}

/** An input that is not read yet. */
export interface Source {
  readonly name: string;
  readonly kind: Kind;
  /** It is a recovery, and seen to end with the end of the migration. */
  readonly isLast: boolean;
  open(): Input;
}

/** What is read together: one stream, capture or image, or the files of several channels as one migration. */
export type Job =
  | { readonly kind: "stream"; readonly source: Source }
  | { readonly kind: "capture"; readonly source: Source }
  | { readonly kind: "save-image"; readonly source: Source }
  | { readonly kind: "qcow2"; readonly source: Source }
  | { readonly kind: "channels"; readonly sources: readonly Source[] }
  | { readonly kind: "refused"; readonly error: unknown };

/**
 * A stream among the files of one migration is its main channel; what comes later may need what that tells. Of several
 * recoveries only the last one can end well.
 */
const ORDER: readonly Kind[] = [
  "stream",
  "proposal",
  "recovery",
  "multifd",
  "postcopy-preempt",
  "return-path",
];

/** Looks at all inputs, and says which are read together. An input that cannot be opened keeps its place. */
export function jobsOf(names: readonly string[], options: InputOptions): readonly Job[] {
  const looks = names.map((name) => lookAt(name, options, names.length === 1));
  const sources = looks.flatMap((look) => ("error" in look || isAlone(look.kind) ? [] : [look]));
  const joined = sources.some(({ kind }) => kind !== "stream");
  const rank = ({ kind, isLast }: Source) => ORDER.indexOf(kind) + (isLast ? 0.5 : 0);
  const together: Job = { kind: "channels", sources: sources.toSorted((a, b) => rank(a) - rank(b)) };
  let told = false;
  return looks.flatMap((look): Job[] => {
    if ("error" in look) return [{ kind: "refused", error: look.error }];
    if (isAlone(look.kind)) return [{ kind: look.kind, source: look }];
    if (!joined) return [{ kind: "stream", source: look }];
    if (told) return [];
    told = true;
    return [together];
  });
}

/** Whether an input of this kind is never read together with others. */
export function isAlone(kind: Kind): kind is "capture" | "save-image" | "qcow2" {
  return kind === "capture" || kind === "save-image" || kind === "qcow2";
}

/** The only job that a verb for one migration has; throws when the inputs are several. */
export function onlyJob(names: readonly string[], options: InputOptions): Exclude<Job, { kind: "refused" }> {
  const [job, ...more] = jobsOf(names, options);
  if (job?.kind === "refused") throw job.error;
  if (!job || more.length > 0)
    throw new UsageError(
      "name one stream, one capture, one image, or the files of the channels of one migration",
    );
  return job;
}

/** Files are opened again when it is their turn: there may be more of them than can be open at once. */
function lookAt(
  name: string,
  { offset = 0, asFormat, helperTimeout = LIMITS.seconds }: InputOptions,
  single: boolean,
): Source | { readonly error: unknown } {
  const limits = { ...LIMITS, seconds: helperTimeout };
  try {
    const input = openInput(name, offset, limits);
    try {
      const kind = kindOf(input, asFormat);
      const isLast = kind === "recovery" && endsClean(input);
      if (single || !input.seekable) return { name, kind, isLast, open: () => input };
      closeInput(input);
      return { name, kind, isLast, open: () => openInput(name, offset, limits) };
    } catch (error) {
      closeInput(input);
      throw error;
    }
  } catch (error) {
    return { error };
  }
}
