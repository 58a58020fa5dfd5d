import { align, type Step } from "./align.ts";
import { bytesOf, bytesText } from "./bytes.ts";
import type { Entry, Shape } from "./shape.ts";

/** A place where what one side sends is not what the other reads. */
export interface Difference {
  readonly rule: DifferenceRule;
  readonly level: "error" | "warning" | "note";
  /** Where, from the outermost state inwards. */
  readonly trail: readonly Place[];
  readonly args: Readonly<Record<string, string | number>>;
}

/** A state, and what of it leads on: a field or a subsection. */
export interface Place {
  /** Name of the state on the reading side. */
  readonly state: string;
  readonly field?: string;
  readonly subsection?: string;
}

export type DifferenceRule =
  | "STATE_VERSION_NOT_NEWER"
  | "STATE_VERSION_NOT_TOO_OLD"
  | "SUBSECTION_KNOWN"
  | "FIELD_SIZE_KEPT"
  | "FIELDS_KEPT"
  | "CONDITIONAL_FIELDS_AGREE"
  | "FIELDS_REGROUPED";

export interface CompareOptions {
  /** What is compared was really sent: all that is there has to be read. */
  readonly sent: boolean;
  /** Subsections that are known to be sent. */
  readonly isSent?: (subsection: string) => boolean;
}

/** Structs and subsections within each other. */
const DEEPEST = 64;

/** Compares state as it is sent with state as it is read, by bytes: the wire has no names of fields. */
export function compareState(sent: Shape, read: Shape, options: CompareOptions): readonly Difference[] {
  const found: Difference[] = [];
  compareShapes(sent, read, { found, options, trail: [], certain: true });
  return found;
}

interface Context {
  readonly found: Difference[];
  readonly options: CompareOptions;
  readonly trail: readonly Place[];
  /** What is looked at is on the wire, not just maybe. */
  readonly certain: boolean;
}

function compareShapes(sent: Shape, read: Shape, context: Context): void {
  if (context.trail.length > DEEPEST) return;
  const state = read.name ?? sent.name ?? "";
  for (const step of align(sent.entries, read.entries)) compareStep(step, state, context);
  for (const subsection of sent.subsections) compareSubsection(subsection, read, state, context);
}

function compareStep(step: Step, state: string, context: Context): void {
  if (step.kind === "same") {
    const { sent, read } = step;
    if (!sent.struct || !read.struct) return;
    const trail = [...context.trail, { state, field: read.name }];
    const certain = context.certain && !sent.optional && !read.optional;
    compareShapes(sent.struct, read.struct, { ...context, trail, certain });
    return;
  }
  const difference = blockDifference(step);
  if (difference) tell(context, state, difference);
}

type Told = Pick<Difference, "rule" | "level" | "args"> & { readonly field?: string };

function blockDifference(step: Exclude<Step, { kind: "same" }>): Told | undefined {
  const { sent, read } = step;
  const field = (read[0] ?? sent[0])?.name ?? "";
  const args = {
    sent: namesOf(sent),
    read: namesOf(read),
    sentBytes: bytesText(bytesOf(sent)),
    readBytes: bytesText(bytesOf(read)),
  };
  if (step.kind === "differs") {
    const single = sent.length === 1 && read.length === 1 && sent[0]?.name === read[0]?.name;
    return { rule: single ? "FIELD_SIZE_KEPT" : "FIELDS_KEPT", level: "error", args, field };
  }
  if (step.kind === "doubtful") return { rule: "CONDITIONAL_FIELDS_AGREE", level: "warning", args, field };
  const conditional = [...sent, ...read].some(({ optional }) => optional);
  if (!conditional) return { rule: "FIELDS_REGROUPED", level: "note", args, field };
  // What is conditional only where it is read was added with a condition that old senders do not meet.
  if (sent.length === 0) return undefined;
  return { rule: "CONDITIONAL_FIELDS_AGREE", level: "warning", args, field };
}

function compareSubsection(sent: Shape, read: Shape, state: string, context: Context): void {
  const { options, trail: outer } = context;
  const name = sent.name ?? "";
  const known = read.subsections.find((each) => each.name === name);
  const certain = context.certain && (options.sent || options.isSent?.(name) === true);
  const inner = { ...context, certain, trail: [...outer, { state, subsection: name }] };
  if (!known) {
    tell(
      { ...context, certain },
      state,
      { rule: "SUBSECTION_KNOWN", level: "error", args: { subsection: name } },
      name,
    );
    return;
  }
  const version = versionDifference(sent, known);
  if (version) tell(inner, name, version);
  else compareShapes(sent, known, inner);
}

/** How a version that is sent does not suit the versions that are read. */
export function versionDifference(sent: Shape, read: Shape): Told | undefined {
  const args = { sent: sent.version, read: read.version, oldest: read.minimum ?? 0 };
  if (sent.version > read.version) return { rule: "STATE_VERSION_NOT_NEWER", level: "error", args };
  if (sent.version < args.oldest) return { rule: "STATE_VERSION_NOT_TOO_OLD", level: "error", args };
  return undefined;
}

function tell(
  context: Context,
  state: string,
  { rule, level, args, field }: Told,
  subsection?: string,
): void {
  const place = {
    state,
    ...(field === undefined ? {} : { field }),
    ...(subsection === undefined ? {} : { subsection }),
  };
  const lowered = level === "error" && !context.certain ? "warning" : level;
  context.found.push({ rule, level: lowered, trail: [...context.trail, place], args });
}

const MOST_NAMES = 4;

function namesOf(entries: readonly Entry[]): string {
  const names = entries.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = entries.length - names.length;
  return names.length === 0 ? "nothing" : `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
