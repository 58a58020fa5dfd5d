import type { StreamSummary } from "../../../codec/index.ts";
import { ramFailure } from "./cut.ts";
import type { LoadedStream, LoadFailure, LoadingPeer } from "./load.ts";

const MAGIC = 0x5145564d;
const VERSION = 3;
const OBSOLETE = 2;
const CONFIGURATION = 7;
const NO_CONFIGURATION = /^pc-(?:0\.|1\.|i440fx-[12]\.[0-3]$|q35-[12]\.[0-3]$)|^isapc$/;

/** Machine types before 2.4 write and expect no configuration section. */
export function hasNoConfiguration(machine: string): boolean {
  return NO_CONFIGURATION.test(machine);
}

/** The beginning of a stream; `hasConfiguration` where a reader found that section in it. */
export type Beginning = Pick<LoadedStream, "first" | "bytes"> & { readonly hasConfiguration: boolean };

/** Judges magic, version and the byte behind them. Bytes that are missing read as zero. */
export function loadHeader({ first, bytes, hasConfiguration }: Beginning): LoadFailure | undefined {
  const known = Math.min(bytes, first.length);
  if (known < Math.min(bytes, 9)) return undefined;
  const at = (i: number) => (i < known ? (first[i] ?? 0) : 0);
  const word = (i: number) => ((at(i) * 256 + at(i + 1)) * 256 + at(i + 2)) * 256 + at(i + 3);
  const magic = word(0);
  if (magic !== MAGIC)
    return {
      errno: "EINVAL",
      printed: ["Not a migration stream"],
      reason: `Not a migration stream, magic: ${magic.toString(16)} != ${MAGIC.toString(16)}`,
    };
  const version = word(4);
  if (version === OBSOLETE)
    return {
      errno: "ENOTSUP",
      printed: ["SaveVM v2 format is obsolete and don't work anymore"],
      reason: "SaveVM v2 format is obsolete and no longer supported",
    };
  if (version !== VERSION)
    return {
      errno: "ENOTSUP",
      printed: ["Unsupported migration stream version"],
      reason: `Unsupported migration stream version, file version ${version.toString(16)} != ${VERSION}`,
    };
  const type = at(8);
  if (type === CONFIGURATION || hasConfiguration) return undefined;
  return {
    errno: "EINVAL",
    printed: ["Configuration section missing"],
    reason: `Configuration section missing, ${type.toString(16)} != ${CONFIGURATION}`,
  };
}

/** Judges a whole configuration section. */
export function loadConfiguration(
  { machine, configuration }: StreamSummary,
  peer: LoadingPeer,
): LoadFailure | "unknown" | undefined {
  if (machine === null)
    return peer.machine !== undefined && hasNoConfiguration(peer.machine) ? undefined : "unknown";
  if (peer.machine !== undefined && !peer.machine.startsWith(machine))
    return refused(`Machine type received is '${machine}' and local is '${peer.machine}'`);
  const received = configuration.capabilities.includes("mapped-ram");
  if (received === peer.mappedRam) return undefined;
  const [here, there] = peer.mappedRam ? ["on", "off"] : ["off", "on"];
  return {
    ...refused("Failed to validate capabilities"),
    printed: [`Capability mapped-ram is ${here}, but received capability is ${there}`],
  };
}

function refused(text: string): LoadFailure {
  const reason = `post load hook failed for: configuration, version_id: 1, minimum_version: 0: ${text}`;
  return { errno: "EINVAL", printed: [text], reason };
}

/** Judges the size of the main memory in the block list. */
export function loadBlocks(
  { ram, sections }: StreamSummary,
  { ramBytes }: LoadingPeer,
): LoadFailure | undefined {
  const used = ram?.blocks.find(({ idstr }) => idstr === "pc.ram")?.usedLength;
  const start = sections.find(({ idstr, kind }) => idstr === "ram" && kind === "start");
  if (!start || ramBytes === undefined || !used || Number(used) === ramBytes) return undefined;
  return sizeMismatch(start, Number(used), ramBytes);
}

/** The main memory has another size than the receiver's. */
export function sizeMismatch(
  start: StreamSummary["sections"][number],
  theirs: number,
  ours: number,
): LoadFailure {
  const text = `Size mismatch: pc.ram: 0x${theirs.toString(16)} != 0x${ours.toString(16)}: Invalid argument`;
  return ramFailure(start, "EINVAL", [text]);
}
