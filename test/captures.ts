import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { inflatePage } from "../codec/formats/stream/zlib-page.ts";
import {
  createStreamReader,
  createSummariser,
  type Finding,
  type StreamEvent,
  type StreamSink,
} from "../codec/index.ts";

const FIXTURES = new URL("../fixtures/qemu/", import.meta.url);
const SHARED = new URL("../../shared/captures/", import.meta.url);

export interface Capture {
  readonly file: string;
  readonly what: string;
  readonly size: number;
  readonly sha256: string;
  readonly qemu: string;
  /** `null` when the stream has no configuration section that would tell it. */
  readonly machine: string | null;
  readonly capabilities: Readonly<Record<string, boolean>>;
  readonly ramBlocks: readonly {
    readonly idstr: string;
    readonly usedLength: number;
    readonly pageSize?: number;
  }[];
  /** Target page size, where it is not 4096. */
  readonly pageSize?: number;
  /** Sections have footers, and a vmdescription describes the devices, unless said otherwise. */
  readonly footers?: boolean;
  readonly described?: boolean;
  /** Rules that remark on the stream although nothing is wrong with it. */
  readonly findings?: readonly string[];
  /** Counters of query-migrate. */
  readonly pages: { readonly normal: number; readonly duplicate: number };
  readonly ram: { readonly block: string; readonly sha256: string } | null;
  /** Output of QEMU's own analyzer. */
  readonly analyzer?: string;
  readonly path: string;
}

export const fixtures: readonly Capture[] = JSON.parse(
  readFileSync(new URL("manifest.json", FIXTURES), "utf8"),
).files.map((capture: Omit<Capture, "path">) => ({
  ...capture,
  path: fileURLToPath(new URL(capture.file, FIXTURES)),
}));

interface SharedEntry {
  readonly file: string;
  readonly what: string;
  readonly size: number;
  readonly sha256: string;
  readonly uncompressed?: { readonly size: number; readonly sha256: string };
  readonly qemu: string;
  readonly machine: string;
  readonly capabilities: Readonly<Record<string, boolean>>;
  readonly ramblocks: readonly { readonly name: string; readonly used: number }[];
  readonly query_migrate_after: { readonly ram: { readonly normal: number; readonly duplicate: number } };
  readonly ram_loaded_by_qemu?: { readonly sha256: string };
  readonly analyze_migration_py?: Readonly<Record<string, { readonly ok: boolean; readonly file?: string }>>;
}

/** Recordings with the firmware of others: used where they are, never copied. Empty when they are not there. */
export const foreign: readonly Capture[] = existsSync(SHARED)
  ? sharedCaptures().filter(({ file }) => isForeign(file))
  : [];

function isForeign(file: string): boolean {
  return /^(precopy|xbzrle|compress|mapped-ram|file|dirty-bitmap).*(seabios|s390x|ppc64|riscv64).*\.bin(\.gz)?$/.test(
    file,
  );
}

function sharedCaptures(): Capture[] {
  const { files } = JSON.parse(readFileSync(new URL("manifest.json", SHARED), "utf8"));
  const entries: SharedEntry[] = Array.isArray(files) ? files : Object.values(files);
  return entries
    .filter(({ file }) => isForeign(file))
    .map((entry) => ({
      file: entry.file,
      what: entry.what,
      size: entry.uncompressed?.size ?? entry.size,
      sha256: entry.uncompressed?.sha256 ?? entry.sha256,
      qemu: entry.qemu,
      machine: entry.machine,
      capabilities: entry.capabilities,
      ramBlocks: entry.ramblocks.map(({ name, used }) => ({ idstr: name, usedLength: used })),
      pages: entry.query_migrate_after.ram,
      ram: entry.ram_loaded_by_qemu ? { block: "pc.ram", sha256: entry.ram_loaded_by_qemu.sha256 } : null,
      ...analyzerOf(entry),
      path: fileURLToPath(new URL(entry.file, SHARED)),
    }));
}

function analyzerOf(entry: SharedEntry): { analyzer?: string } {
  const run = entry.analyze_migration_py?.["10.2.2"];
  return run?.ok && run.file ? { analyzer: run.file } : {};
}

/** The bytes of a capture, decompressed. */
export function load({ path }: Capture): Uint8Array {
  return plain(path);
}

export function loadAnalyzer(capture: Capture): Record<string, unknown> {
  const path = capture.path.replace(/[^/]*$/, capture.analyzer ?? "");
  return JSON.parse(new TextDecoder().decode(plain(path)));
}

function plain(path: string): Uint8Array {
  const bytes = readFileSync(path);
  return new Uint8Array(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

/** Feeds `data` like a seekable file: in chunks, and past what the reader would only step over. */
export function readAll(data: Uint8Array, sink: StreamSink, chunk = 1 << 16): void {
  const reader = createStreamReader(sink, { inflatePage });
  let at = 0;
  while (at < data.length) {
    reader.push(data.subarray(at, at + chunk));
    at = Math.min(at + chunk, data.length);
    const step = Math.min(reader.skippable, data.length - at);
    reader.skip(step);
    at += step;
  }
  reader.finish();
}

/** Reads a stream and gathers what it told. */
export function summarise(data: Uint8Array, sink: Partial<StreamSink> = {}, chunk?: number) {
  const summariser = createSummariser();
  const findings: Finding[] = [];
  const event = (told: StreamEvent) => {
    summariser.event(told);
    if (told.kind === "finding") findings.push(told.finding);
    sink.event?.(told);
  };
  readAll(data, { ...sink, event }, chunk);
  return { ...summariser.summary(), findings };
}
