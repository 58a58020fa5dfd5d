import type { Finding, StreamSummary } from "../../../codec/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { ZERO_PAGES_CHECKED } from "../../facts/qemu/stream/load.ts";
import type { Load } from "../main-channel/load.ts";
import { loadText } from "../main-channel/load-text.ts";
import { loadBlocks, loadConfiguration, loadHeader } from "./beginning.ts";
import { loadCut } from "./cut.ts";
import { loadDamaged } from "./damage.ts";
import { loadGlobalState } from "./global-state.ts";
import { loadFlushes, loadMoved, loadStrangers } from "./strangers.ts";
import { createTeller, type Stop } from "./teller.ts";

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
export interface LoadFailure extends Stop {
  /** What is printed on stderr before, line by line. */
  readonly printed: readonly string[];
}

export type LoadOutcome =
  | { readonly outcome: "loads" }
  | { readonly outcome: "unknown" }
  /** It fails or goes away, and what is said of it differs from time to time. */
  | { readonly outcome: "fails-somehow" }
  | ({ readonly outcome: "fails" } & LoadFailure);

/** What QEMU of a release does with a stream: where it stops first, and what it says. */
export function predictLoad(stream: LoadedStream, peer: LoadingPeer): LoadOutcome {
  const { load, printed } = createTeller(peer);
  const failure = loadHeader(stream, load) ?? firstFailure(stream, peer, load);
  if (failure === undefined) return { outcome: "loads" };
  return typeof failure === "string" ? { outcome: failure } : { outcome: "fails", ...failure, printed };
}

/** How QEMU refuses what does not begin as a stream. */
export function predictHeader(
  stream: Pick<LoadedStream, "first" | "bytes">,
  peer: LoadingPeer,
): LoadFailure | undefined {
  const { load, printed } = createTeller(peer);
  const failure = loadHeader(stream, load);
  return failure && { ...failure, printed };
}

/** The configuration is judged once it is read whole; damage and the end of the bytes count where they are. */
function firstFailure(
  stream: LoadedStream,
  peer: LoadingPeer,
  load: Load,
): Stop | "unknown" | "fails-somehow" | undefined {
  const [first] = stream.findings
    .filter((finding) => stops(finding, peer))
    .toSorted((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
  const begins = first === undefined || !/configuration|FileHeader/.test(first.subject);
  const refused = begins
    ? (loadConfiguration(stream.summary, peer, load) ?? loadBlocks(stream.summary, peer, load))
    : undefined;
  if (refused) return refused;
  const moved = loadMoved(stream, peer, load);
  if (moved) return moved;
  const { summary } = stream;
  if (first === undefined)
    return loadStrangers(stream, load) ?? loadFlushes(summary, load) ?? loadGlobalState(summary, load);
  return first.rule === "STREAM_COMPLETE"
    ? loadCut(stream, first, load)
    : loadDamaged(stream, first, peer, load);
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

/** The error of a failed load as QEMU of a release words it. */
export function loadErrorOf(failure: LoadFailure, qemu: string): string {
  return loadText(failure, qemu).join("\n");
}
