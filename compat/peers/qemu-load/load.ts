import type { Finding, StreamSummary } from "../../../codec/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { LOAD_REASON, RAM_WORD_CHECKED, ZERO_PAGES_CHECKED } from "../../facts/qemu/load.ts";
import { hasNoConfiguration, loadBlocks, loadConfiguration, loadHeader } from "./beginning.ts";
import { loadCut } from "./cut.ts";
import { loadDamaged } from "./damage.ts";
import { loadGlobalState } from "./global-state.ts";
import { loadFlushes, loadMoved, loadStrangers } from "./strangers.ts";

/** A stream as QEMU is given it. */
export interface LoadedStream {
  /** How many bytes there are. */
  readonly bytes: number;
  /** The first of them, as many as are known; 9 are enough. */
  readonly first: Uint8Array;
  readonly summary: StreamSummary;
  readonly findings: readonly Finding[];
}

/** The QEMU that is given it. */
export interface LoadingPeer {
  readonly qemu: string;
  /** The machine type it was started with, by the name that is in streams; undefined where that is not known. */
  readonly machine: string | undefined;
  /** It was told to expect a mapped-ram file. */
  readonly mappedRam: boolean;
  /** Bytes of its main memory, where it is one block. */
  readonly ramBytes?: number;
}

/** How a load fails. */
export interface LoadFailure {
  /** The errno whose text QEMU tells. */
  readonly errno: "EIO" | "EINVAL" | "ENOTSUP" | "ENOENT";
  /** What is printed on stderr before, line by line, where the reason is not in the error. */
  readonly printed: readonly string[];
  /** What follows the errno where it is. */
  readonly reason: string;
  /** Some of it is not known; an ellipsis stands for it. */
  readonly partial?: true;
}

export type LoadOutcome =
  | { readonly outcome: "loads" }
  | { readonly outcome: "unknown" }
  /** It fails or goes away, and what is said of it differs from time to time. */
  | { readonly outcome: "fails-somehow" }
  | ({ readonly outcome: "fails" } & LoadFailure);

/** What a release is like where loads fail. */
export interface LoadRules {
  readonly reason: "printed" | "told";
  readonly ramWordChecked: boolean;
}

/** What QEMU of a release does with a stream: where it stops first, and what it says. */
export function predictLoad(stream: LoadedStream, peer: LoadingPeer): LoadOutcome {
  const rules = {
    reason: valueAt(LOAD_REASON, peer.qemu, "later") ?? "printed",
    ramWordChecked: valueAt(RAM_WORD_CHECKED, peer.qemu, "later") === true,
  };
  const begun = { ...stream, hasConfiguration: startsAnyhow(stream, peer) };
  const failure = loadHeader(begun) ?? firstFailure(stream, peer, rules);
  if (failure === undefined) return { outcome: "loads" };
  return typeof failure === "string" ? { outcome: failure } : { outcome: "fails", ...failure };
}

/** Old machine types expect no configuration section; whether this one does is not known of every name. */
function startsAnyhow({ summary }: LoadedStream, { machine }: LoadingPeer): boolean {
  return summary.machine !== null || (machine !== undefined && hasNoConfiguration(machine));
}

/** The configuration is judged once it is read whole; damage and the end of the bytes count where they are. */
function firstFailure(
  stream: LoadedStream,
  peer: LoadingPeer,
  rules: LoadRules,
): LoadFailure | "unknown" | "fails-somehow" | undefined {
  const [first] = stream.findings
    .filter((finding) => stops(finding, peer))
    .toSorted((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
  const begins = first === undefined || !/configuration|FileHeader/.test(first.subject);
  const refused = begins
    ? (loadConfiguration(stream.summary, peer) ?? loadBlocks(stream.summary, peer))
    : undefined;
  if (refused) return refused;
  const moved = loadMoved(stream, peer);
  if (moved) return moved;
  const { summary } = stream;
  if (first === undefined)
    return loadStrangers(stream, rules) ?? loadFlushes(summary, peer) ?? loadGlobalState(summary);
  return first.rule === "STREAM_COMPLETE"
    ? loadCut(stream, first, rules)
    : loadDamaged(stream, first, peer, rules);
}

/** Findings about what QEMU does not look at do not stop it. */
function stops({ level, rule, offset }: Finding, { qemu }: LoadingPeer): boolean {
  if (offset === undefined || NOT_LOOKED_AT.includes(rule)) return false;
  if (rule === "ZERO_PAGE_FILL_ZERO") return valueAt(ZERO_PAGES_CHECKED, qemu, "later") === true;
  return level === "error" || rule === "DEVICE_FITS_VMDESC";
}

/** What QEMU does not compare, or stops at for a reason that is looked for apart. */
const NOT_LOOKED_AT: readonly Finding["rule"][] = [
  "CONTAINER_SOUND",
  "DEVICE_DESCRIBED",
  "DEVICE_PRESENT",
  "MULTIFD_FLUSH_EXPECTED",
  "RAM_PAGES_SENT",
  "RAM_SECTION_PRESENT",
  "SAVE_TRAILING_BYTES",
];

/** The errno as strerror() words it. */
const ERRNO_TEXT = {
  EIO: "Input/output error",
  EINVAL: "Invalid argument",
  ENOENT: "No such file or directory",
  ENOTSUP: "Operation not supported",
} as const;

/** The error of a failed load as QEMU of a release words it. */
export function loadErrorOf(failure: LoadFailure, qemu: string): string {
  const text = `load of migration failed: ${ERRNO_TEXT[failure.errno]}`;
  const told = valueAt(LOAD_REASON, qemu, "later") === "told" && failure.reason !== "";
  return told ? `${text}: ${failure.reason}` : text;
}
