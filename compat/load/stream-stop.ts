import { CONFIGURATION, FILE_MAGIC, FILE_VERSION } from "../../codec/formats/stream/qemu-file.ts";
import type { Finding, StreamSummary } from "../../codec/index.ts";
import { mainMemory } from "../peers/main-channel/machine-type.ts";
import { type LoadedStream, type LoadOutcome, loadErrorOf, predictLoad } from "../peers/qemu-load/load.ts";
import type { Stop } from "./ending.ts";
import type { ReadStream } from "./judge.ts";
import type { LoadPeer } from "./peer.ts";
import type { BlockVerdict, LoadFinding } from "./result.ts";

const MIB = 2 ** 20;

/** What stops a load beside the state of devices: configuration, memory, damage. */
export interface StreamStop {
  readonly stop?: Stop;
  readonly findings: readonly LoadFinding[];
  /** Memory has another size. */
  readonly memory: boolean;
}

export function streamStop(read: ReadStream, peer: LoadPeer): StreamStop | undefined {
  const beginning = predictLoad(beginningOf(read), loadingPeer(read, peer));
  if (beginning.outcome !== "loads") return stopOf(beginning, -1, "setup", read, peer);
  const { summary, findings } = read;
  const all = predictLoad({ ...FIRST, summary, findings }, loadingPeer(read, peer));
  if (all.outcome === "loads") return undefined;
  const flush = summary.ram?.multifdFlushes
    ? summary.sections.find(({ kind }) => kind === "part")?.offset
    : undefined;
  const at = Math.min(flush ?? Number.POSITIVE_INFINITY, ...findings.map(offsetOf));
  return stopOf(all, at, at < beginsDevices(summary) ? "precopy" : "section", read, peer);
}

/** A stream that was recognised begins as one does. */
const FIRST: Pick<LoadedStream, "first" | "bytes"> = {
  first: Uint8Array.of(...word(FILE_MAGIC), ...word(FILE_VERSION), CONFIGURATION),
  bytes: 9,
};

function word(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
}

function offsetOf({ level, rule, offset }: Finding): number {
  const counts = level === "error" || rule === "DEVICE_FITS_VMDESC";
  return counts ? (offset ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
}

function beginsDevices({ sections }: StreamSummary): number {
  return sections.find(({ kind }) => kind === "full")?.offset ?? Number.POSITIVE_INFINITY;
}

/** Configuration and memory alone. */
function beginningOf({ summary }: ReadStream): LoadedStream {
  const sections = summary.sections.filter(({ idstr, kind }) => idstr === "ram" && kind === "start");
  const ram = summary.ram && { ...summary.ram, multifdFlushes: 0 };
  return { ...FIRST, summary: { ...summary, sections, ram, devices: [] }, findings: [] };
}

function loadingPeer({ summary }: ReadStream, { qemu, memoryMiB }: LoadPeer) {
  return {
    qemu,
    machine: summary.machine ?? undefined,
    mappedRam: summary.configuration.capabilities.includes("mapped-ram"),
    ...(memoryMiB === undefined ? {} : { ramBytes: memoryMiB * MIB }),
  };
}

function stopOf(
  outcome: Exclude<LoadOutcome, { outcome: "loads" }>,
  at: number,
  step: Stop["step"],
  read: ReadStream,
  peer: LoadPeer,
): StreamStop | undefined {
  const args = { qemu: peer.name };
  if (outcome.outcome === "unknown") {
    if (read.summary.machine === null && at < 0) return undefined;
    return { memory: false, findings: [finding("STREAM_SOUND", "warning", args, at)] };
  }
  const failed = outcome.outcome === "fails" ? outcome : undefined;
  const error = failed ? [...failed.printed, loadErrorOf(failed, peer.qemu)].join("\n") : "";
  const size = mainBlock(read)?.usedLength;
  const memory =
    at < 0 && peer.memoryMiB !== undefined && size !== undefined && Number(size) !== peer.memoryMiB * MIB;
  const told = memory
    ? finding(
        "MEMORY_SIZE_SAME",
        "error",
        { ...args, sent: Number(size) / MIB, own: peer.memoryMiB ?? 0 },
        at,
      )
    : finding(at < 0 ? "CONFIGURATION_TAKEN" : "STREAM_SOUND", "error", args, at);
  return { stop: { at, step, error, findings: [told] }, findings: [], memory };
}

function finding(
  rule: string,
  level: LoadFinding["level"],
  args: LoadFinding["args"],
  at: number,
): LoadFinding {
  const offset = at >= 0 && Number.isFinite(at) ? { offset: at } : {};
  return { rule, level, subject: "stream", ...offset, args, facts: [] };
}

function mainBlock({ summary }: ReadStream) {
  const main = mainMemory(summary.machine ?? undefined);
  return summary.ram?.blocks.find(({ idstr }) => idstr === main);
}

/** RAM blocks: the destination has those of the same devices; only the size of main memory is a choice. */
export function blocksOf(
  read: ReadStream,
  peer: LoadPeer,
  stopped: StreamStop | undefined,
): readonly BlockVerdict[] {
  const main = mainBlock(read);
  return (read.summary.ram?.blocks ?? []).map(({ idstr, usedLength }) => ({
    idstr,
    usedLength,
    verdict: idstr === main?.idstr && stopped?.memory && peer.memoryMiB !== undefined ? "refused" : "loads",
  }));
}
