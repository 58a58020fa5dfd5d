import {
  createSummariser,
  type Finding,
  type Qcow2Snapshot,
  type StreamEvent,
  type StreamSummary,
} from "../codec/index.ts";
import { eventLine, type Told } from "./event-line.ts";
import { findingLines } from "./finding-lines.ts";
import { findingsDocument, hasErrors, type Remark } from "./findings.ts";
import { closeInput } from "./io.ts";
import type { Source } from "./jobs.ts";
import { type Output, painter } from "./output.ts";
import { printable } from "./printable.ts";
import { type Progress, startProgress } from "./progress.ts";
import { type OpenedQcow2, openQcow2 } from "./qcow2/read-qcow2.ts";
import { type OpenStream, openStream } from "./read-stream.ts";
import { streamLines, titleOf } from "./render-summary.ts";
import { chosenSnapshots } from "./snapshot-choice.ts";
import { human, plural } from "./text.ts";

export interface Qcow2Options {
  readonly json?: boolean;
  readonly ndjson?: boolean;
  /** Id or name of a snapshot; all that hold a VM state where none is named. */
  readonly snapshot?: string;
}

/** The VM state of one snapshot, read to its end. */
interface State {
  readonly snapshot: Qcow2Snapshot;
  readonly summary: StreamSummary;
  readonly stream: ReturnType<OpenStream["result"]>;
  readonly findings: readonly Finding[];
}

/** Decodes the VM states in the internal snapshots of a qcow2 image, each by itself. Returns whether there are errors. */
export async function decodeQcow2(source: Source, options: Qcow2Options, output: Output): Promise<boolean> {
  const input = source.open();
  const progress = startProgress(input, output);
  try {
    const image = await openQcow2(input);
    try {
      return await decodeStates(image, options, output, progress.update);
    } finally {
      image.close();
    }
  } finally {
    progress.stop();
    closeInput(input);
  }
}

async function decodeStates(
  image: OpenedQcow2,
  options: Qcow2Options,
  output: Output,
  progress: Progress,
): Promise<boolean> {
  const { name, facts, findings } = image;
  let errors = hasErrors(findings);
  const states = chosenSnapshots(image, options.snapshot);
  if (options.ndjson) {
    const say = <E extends Told>(event: E) => output.out(`${eventLine(name, event)}\n`);
    if (facts) say({ kind: "qcow2", facts, snapshots: image.snapshots });
    for (const finding of findings) say({ kind: "finding", finding });
  } else if (states.length === 0) output.out(told(image, undefined, options, output));
  for (const snapshot of states) {
    const state = await readState(image, snapshot, options, output, progress);
    errors ||= hasErrors([...state.findings, ...state.stream.findings]);
    if (!options.ndjson) output.out(told(image, state, options, output));
  }
  return errors;
}

async function readState(
  image: OpenedQcow2,
  snapshot: Qcow2Snapshot,
  { ndjson }: Qcow2Options,
  output: Output,
  progress: Progress,
): Promise<State> {
  const summariser = createSummariser();
  const { id } = snapshot;
  const say = <E extends Told>(event: E) =>
    output.out(`${eventLine(image.name, { ...event, snapshot: id })}\n`);
  const event = (told: StreamEvent) => {
    if (ndjson) say(told);
    else summariser.event(told);
  };
  const stream = openStream({ event }, { offset: 0 });
  const { findings } = await image.feed(snapshot, stream.reader, progress);
  if (ndjson) for (const finding of findings) say({ kind: "finding", finding });
  return { snapshot, summary: summariser.summary(), stream: stream.result(), findings };
}

function told(image: OpenedQcow2, state: State | undefined, { json }: Qcow2Options, output: Output): string {
  const remarks = remarksOf(image, state);
  const untold = state?.stream.end.untold ?? {};
  if (json) return `${JSON.stringify(document(image, state, remarks), plain, 2)}\n`;
  const paint = painter(output);
  const lines = [
    `${titleOf("input", paint)} ${printable(image.name)} (${plural(image.size, "byte")}), qcow2 image`,
  ];
  if (state) lines.push(snapshotLine(state.snapshot, titleOf("snapshot", paint)));
  if (state && state.summary.version !== null) lines.push(...streamLines(state.summary, paint));
  return `${lines.join("\n")}\n${findingLines(remarks, paint, untold)}`;
}

function snapshotLine({ id, name, date, vmClock, vmStateSize }: Qcow2Snapshot, title: string): string {
  const clock = `${Number(vmClock / 1_000_000n) / 1000} s`;
  return `${title} ${printable(id)}, ${printable(name)}, of ${date}, guest had run ${clock}, ${human(vmStateSize)} of VM state`;
}

function remarksOf({ findings }: OpenedQcow2, state: State | undefined): readonly Remark[] {
  const around = [...findings, ...(state?.findings ?? [])];
  return [
    ...around.map((finding) => ({ finding, channel: null })),
    ...(state?.stream.findings ?? []).map((finding) => ({ finding, channel: 0, label: "VM state" })),
  ];
}

function document({ name, size, facts }: OpenedQcow2, state: State | undefined, remarks: readonly Remark[]) {
  const main = state && {
    role: "main",
    direction: "source-to-destination",
    connection: null,
    bytes: state.stream.end.offset,
    stream: state.summary,
  };
  return {
    format: "migwire/decode@1",
    input: { name, size, container: facts ? "qcow2" : null },
    qcow2: facts,
    snapshot: state ? snapshotDocument(state.snapshot) : null,
    channels: main && main.stream.version !== null ? [main] : [],
    ...findingsDocument(remarks, state?.stream.end.untold ?? {}),
  };
}

function snapshotDocument({ id, name, date, vmClock, vmStateSize }: Qcow2Snapshot) {
  return { id, name, date, vmClock: String(vmClock), size: vmStateSize };
}

function plain(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
