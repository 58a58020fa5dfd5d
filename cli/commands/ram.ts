import type { Finding, RamBlock, StreamEvent, StreamSink } from "../../codec/index.ts";
import { anonymousFiles, filesIn } from "../block-files.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../exit.ts";
import { findingsDocument, hasErrors, onStream } from "../findings.ts";
import { cleanUpOnExit } from "../interrupt.ts";
import { type InputOptions, type Job, onlyJob } from "../jobs.ts";
import { type Output, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { startProgress } from "../progress.ts";
import { asErrors, lostBlocks, missingChannels, missingPages } from "../ram-findings.ts";
import type { SessionJob } from "../read-session.ts";
import { type Reading, readStream } from "../read-stream.ts";
import { createRebuild, type Rebuild } from "../rebuild.ts";
import { type RamResult, renderRam } from "../render-ram.ts";
import { ONLY_QCOW2 } from "../snapshot-option.ts";

export interface RamOptions extends InputOptions {
  readonly json?: boolean;
  /** Only this block. */
  readonly block?: string;
  /** Directory to write one file a block to. */
  readonly out?: string;
  /** Replace files that exist. */
  readonly force?: boolean;
  /** Which of the migrations in a capture. */
  readonly migration?: number;
  /** Which snapshot of a qcow2 image, by its id or name. */
  readonly snapshot?: string;
}

/**
 * Rebuilds guest memory from a stream, a capture or the files of one migration: page counts and SHA-256 of every RAM
 * block, and with `out` their content.
 */
export async function ram(
  names: readonly string[],
  options: RamOptions,
  output: Output,
): Promise<ExitStatus> {
  const { block, out, force = false } = options;
  const files = out === undefined ? anonymousFiles() : filesIn(out, force);
  const job = onlyJob(names, options);
  if (job.kind !== "qcow2" && options.snapshot !== undefined) throw new UsageError(ONLY_QCOW2);
  const rebuild = createRebuild({ files, ...(block === undefined ? {} : { only: block }) });
  const release = out === undefined ? () => {} : cleanUpOnExit(() => rebuild.discard());
  try {
    const result = await read(job, rebuild, options, output);
    if (options.json) output.out(`${JSON.stringify(document(result), null, 2)}\n`);
    else output.out(renderRam(result, painter(output)));
    return hasErrors(result.remarks.map(({ finding }) => finding)) ? FINDINGS : CLEAN;
  } finally {
    release();
    rebuild.discard();
  }
}

async function read(
  job: Exclude<Job, { kind: "refused" }>,
  rebuild: Rebuild,
  options: RamOptions,
  output: Output,
): Promise<RamResult> {
  const { block, migration } = options;
  const event = (told: StreamEvent) => {
    rebuild.event(told);
    if (told.kind === "ram-blocks" && block !== undefined) mustHave(told.blocks, block);
  };
  const watched = { event, page: rebuild.page };
  if (job.kind === "capture" || job.kind === "channels")
    return await readSessions(job, rebuild, watched, options, output);
  if (migration !== undefined && migration !== 0)
    throw new UsageError(`no migration ${migration}: a stream is one migration, number 0`);
  const { reading, around } = await readAlone(job, watched, options, output);
  if (block !== undefined && rebuild.blocks === undefined && !hasErrors([...around, ...reading.findings]))
    mustHave([], block);
  const { pageSize, untold } = reading.end;
  const blocks = await hashing(reading.name, rebuild, output, (progress) =>
    rebuild.finish(pageSize, progress),
  );
  const findings = [
    ...reading.findings,
    ...lostBlocks(blocks),
    ...missingChannels(reading, blocks, rebuild.blocks ?? []),
  ];
  const remarks = [...around.map((finding) => ({ finding, channel: null })), ...onStream(findings)];
  return { pageSize, remarks, untold, blocks };
}

/** What was read of one stream, and what is to be said of the file around it. */
interface Alone {
  readonly reading: Reading;
  readonly around: readonly Finding[];
}

/** Reads a stream by itself, or the one in an image. */
async function readAlone(
  job: Exclude<Job, { kind: "refused" | "capture" | "channels" }>,
  sink: StreamSink,
  { snapshot }: RamOptions,
  output: Output,
): Promise<Alone> {
  const input = job.source.open();
  switch (job.kind) {
    case "stream":
      return { reading: await readStream(input, sink, output), around: [] };
    case "save-image": {
      const { readImage } = await import("../image/read-image.ts");
      const { name, size, stream, findings } = await readImage(input, sink, output);
      return { reading: stream ?? nothingOf(name, size), around: findings };
    }
    case "qcow2": {
      const { readSnapshot } = await import("../read-snapshot.ts");
      const { name, size, stream, findings } = await readSnapshot(input, sink, snapshot, output);
      return {
        reading: stream ? { name, size, compression: null, ...stream } : nothingOf(name, size),
        around: findings,
      };
    }
  }
}

/** Of an image out of which nothing came. */
function nothingOf(name: string, size: number): Reading {
  const end = {
    kind: "end",
    offset: 0,
    reason: "truncated",
    pageSize: 4096,
    rounds: 0,
    flushes: 0,
    untold: {},
  } as const;
  return { name, size, compression: null, container: null, findings: [], end };
}

async function readSessions(
  job: SessionJob,
  rebuild: Rebuild,
  watched: Pick<Rebuild, "event" | "page">,
  options: RamOptions,
  output: Output,
): Promise<RamResult> {
  const [{ readSessionRam }, { remarksOf }] = await Promise.all([
    import("../ram-session.ts"),
    import("../session-remarks.ts"),
  ]);
  const told = await readSessionRam(job, watched, options.migration, output);
  const { reading, migration, pageSize, pagesOf } = told;
  if (options.block !== undefined && rebuild.blocks === undefined) mustHave([], options.block);
  const name = reading.inputs[0]?.name ?? "";
  const blocks = await hashing(name, rebuild, output, (progress) =>
    rebuild.finish(pageSize, progress, pagesOf),
  );
  const remarks = asErrors(remarksOf(reading));
  const missing = missingPages(reading, remarks, rebuild.blocks?.length ? blocks : undefined);
  return {
    ...(migration === undefined ? {} : { migration }),
    pageSize,
    remarks: [
      ...remarks,
      ...[...lostBlocks(blocks), ...missing].map((finding) => ({ finding, channel: null })),
    ],
    untold: reading.untold,
    blocks,
  };
}

function mustHave(blocks: readonly RamBlock[], name: string): void {
  if (blocks.some(({ idstr }) => idstr === name)) return;
  const names = blocks.map(({ idstr }) => printable(idstr)).join(", ");
  throw new UsageError(`no RAM block "${printable(name)}"; the stream has ${names || "none"}`);
}

async function hashing<T>(
  name: string,
  rebuild: Rebuild,
  output: Output,
  work: (progress: (bytes: number) => void) => Promise<T>,
): Promise<T> {
  const progress = startProgress({ name: `${name}: hashing`, size: rebuild.bytes }, output);
  try {
    return await work(progress.update);
  } finally {
    progress.stop();
  }
}

function document({ migration, pageSize, remarks, untold, blocks }: RamResult) {
  return {
    format: "migwire/ram@1",
    ...(migration === undefined ? {} : { migration }),
    blocks: blocks.map(
      ({ idstr, usedLength, pages: { normal, zero, xbzrle, compressed }, never, sha256, path }) => ({
        idstr,
        usedLength: String(usedLength),
        pageSize,
        pages: { normal, zero, xbzrle, compressed, never },
        sha256,
        ...(path === undefined ? {} : { file: path }),
      }),
    ),
    ...findingsDocument(remarks, untold),
  };
}
