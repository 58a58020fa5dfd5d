import {
  createSessionSummariser,
  createSummariser,
  type SessionEvent,
  type StateDescription,
} from "../../codec/index.ts";
import { createLoadJudge, type LoadJudge } from "../../compat/load/judge.ts";
import type { LoadPeer } from "../../compat/load/peer.ts";
import type { LoadResult } from "../../compat/load/result.ts";
import { UsageError } from "../exit.ts";
import { readImage } from "../image/read-image.ts";
import { type InputOptions, type Job, onlyJob, type Source } from "../jobs.ts";
import type { Output } from "../output.ts";
import { printable } from "../printable.ts";
import { readSession } from "../read-session.ts";
import { readStream } from "../read-stream.ts";

export interface LoadInputOptions extends InputOptions {
  readonly snapshot?: string;
  /** Which migration of a capture. */
  readonly migration?: number;
}

/** An input as each QEMU would take it. */
export interface JudgedInput {
  readonly machine: string | null;
  readonly results: readonly LoadResult[];
}

/** Reads an input once, and judges it for all QEMUs meanwhile. */
export async function judgeInput(
  names: readonly string[],
  options: LoadInputOptions,
  peers: readonly LoadPeer[],
  output: Output,
): Promise<JudgedInput> {
  const job = onlyJob(names, options);
  if (options.migration !== undefined && job.kind !== "capture")
    throw new UsageError("--migration picks one of a capture: this is none");
  if (job.kind === "capture" || job.kind === "channels")
    return await judgeSession(job, options, peers, output);
  return await judgeOne(job, options, peers, output);
}

async function judgeOne(
  { kind, source }: Exclude<Job, { kind: "refused" | "capture" | "channels" }>,
  { snapshot }: LoadInputOptions,
  peers: readonly LoadPeer[],
  output: Output,
): Promise<JudgedInput> {
  const summariser = createSummariser();
  const judge = createLoadJudge(peers);
  const sink = {
    event(event: Parameters<LoadJudge["event"]>[0]) {
      summariser.event(event);
      judge.event(event);
    },
    state: judge.state,
  };
  const read = await readers[kind](source, sink, output, snapshot);
  const summary = summariser.summary();
  if (!read || summary.version === null)
    throw new UsageError(`${printable(source.name)} holds no stream of QEMU's`);
  return { machine: summary.machine, results: judge.results({ summary, ...read }) };
}

type Read = Pick<Parameters<LoadJudge["results"]>[0], "findings" | "isRestore">;
type Reader = (
  source: Source,
  sink: Pick<LoadJudge, "event" | "state">,
  output: Output,
  snapshot: string | undefined,
) => Promise<Read | undefined>;

const readers: Readonly<Record<"stream" | "save-image" | "qcow2", Reader>> = {
  stream: async (source, sink, output) => {
    const { findings, container } = await readStream(source.open(), sink, output);
    return { findings, isRestore: container === "mapped-ram" };
  },
  "save-image": async (source, sink, output) => {
    const { stream } = await readImage(source.open(), sink, output);
    return stream ? { findings: stream.findings, isRestore: true } : undefined;
  },
  qcow2: async (source, sink, output, snapshot) => {
    const { readSnapshot } = await import("../read-snapshot.ts");
    const { stream } = await readSnapshot(source.open(), sink, snapshot, output);
    return stream ? { findings: stream.findings, isRestore: true } : undefined;
  },
};

/** Migrations of a capture that are judged while it is not known how many there are. */
const MOST_MIGRATIONS = 64;

async function judgeSession(
  job: Extract<Job, { kind: "capture" | "channels" }>,
  { migration: wanted }: LoadInputOptions,
  peers: readonly LoadPeer[],
  output: Output,
): Promise<JudgedInput> {
  const summariser = createSessionSummariser();
  const judges = new Map<number, LoadJudge>();
  const judgeOf = (channel: {
    readonly migration: number | null;
    readonly role: string;
    readonly begins: unknown;
  }) => {
    const { migration, role, begins } = channel;
    if (migration === null || role !== "main" || begins === "recovery") return undefined;
    if (wanted !== undefined && migration !== wanted) return undefined;
    const judge =
      judges.get(migration) ?? (judges.size < MOST_MIGRATIONS ? createLoadJudge(peers) : undefined);
    if (judge) judges.set(migration, judge);
    return judge;
  };
  const { findings } = await readSession(
    job,
    {
      event(event: SessionEvent) {
        summariser.event(event);
        if (event.kind === "stream") judgeOf(event.channel)?.event(event.event);
      },
      state: (channel, ...told) => judgeOf(channel)?.state(...told),
    },
    output,
  );
  const [chosen, ...more] = [...judges];
  if (!chosen)
    throw new UsageError(
      wanted === undefined ? "no migration is in this" : `no migration ${wanted} is in this`,
    );
  if (more.length > 0) throw new UsageError(`it holds ${judges.size} migrations, pick one with --migration`);
  const [migration, judge] = chosen;
  const isMine = (channel: { readonly migration: number | null; readonly role: string }) =>
    channel.migration === migration && channel.role === "main";
  const summary = summariser
    .summary()
    .channels.find((each) => isMine(each) && each.begins !== "recovery")?.stream;
  if (!summary) throw new UsageError("no main channel is in this");
  const own = findings
    .filter(({ channel }) => channel !== null && isMine(channel))
    .map(({ finding }) => finding);
  return { machine: summary.machine, results: judge.results({ summary, findings: own, isRestore: false }) };
}

/** What is told of the state of devices while an input is read. */
export interface StateWatch {
  section(idstr: string): void;
  state(description: StateDescription): void;
}

/** Reads an input for the names and descriptions of its devices' states. */
export async function watchStates(
  names: readonly string[],
  options: LoadInputOptions,
  output: Output,
  watch: StateWatch,
): Promise<void> {
  const job = onlyJob(names, options);
  const event = (told: Parameters<LoadJudge["event"]>[0]) => {
    if (told.kind === "section") watch.section(told.section.idstr);
  };
  const state: LoadJudge["state"] = (_, description) => watch.state(description);
  if (job.kind === "capture" || job.kind === "channels")
    await readSession(
      job,
      { event: (told) => told.kind === "stream" && event(told.event), state: (_, ...rest) => state(...rest) },
      output,
    );
  else await readers[job.kind](job.source, { event, state }, output, options.snapshot);
}
