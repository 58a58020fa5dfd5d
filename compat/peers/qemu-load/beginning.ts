import type { StreamSummary } from "../../../codec/index.ts";
import { encodeText, StreamCursor } from "../../../codec/layout/index.ts";
import { negative } from "../../errno.ts";
import { BLOCK_SIZE_DIFFERS } from "../../facts/qemu/ram/ram-block-errors.ts";
import { CAPABILITY_UNKNOWN } from "../../facts/qemu/stream/configuration.ts";
import { SUBSECTION_FAILED } from "../../facts/qemu/stream/vmstate.ts";
import { hasCapability } from "../main-channel/capability-names.ts";
import { within } from "../main-channel/failure.ts";
import type { Load } from "../main-channel/load.ts";
import { checkConfiguration } from "../main-channel/load-configuration.ts";
import { loadHeader as readHeader } from "../main-channel/load-header.ts";
import { isBare, mainMemory } from "../main-channel/machine-type.ts";
import { fieldRefused } from "../main-channel/vmstate-failure.ts";
import { report } from "../postcopy/refuse.ts";
import { openFile } from "../qemu-file.ts";
import type { LoadedStream, LoadingPeer } from "./load.ts";
import { ramFailure, type Section, type Stop } from "./teller.ts";

/** Magic, version, and the type of the section behind them. */
const BEGINNING = 9;

/** Judges magic, version and the byte behind them, as far as they are known. */
export function loadHeader(
  { first, bytes }: Pick<LoadedStream, "first" | "bytes">,
  load: Load,
): Stop | undefined {
  const known = first.subarray(0, Math.min(bytes, BEGINNING));
  if (known.length < Math.min(bytes, BEGINNING)) return undefined;
  const cursor = new StreamCursor();
  load.file = openFile(cursor, 0);
  const steps = readHeader(load);
  steps.next();
  cursor.push(known);
  let step = steps.next();
  if (known.length < BEGINNING) {
    cursor.finish();
    step = steps.next();
  }
  return step.done && step.value?.how === "refused" ? step.value : undefined;
}

/** Judges a whole configuration section. */
export function loadConfiguration(
  { machine, configuration }: StreamSummary,
  peer: LoadingPeer,
  load: Load,
): Stop | "unknown" | undefined {
  if (machine === null) return peer.machine !== undefined && isBare(peer.machine) ? undefined : "unknown";
  const { capabilities, targetPageBits } = configuration;
  const told = { pageBits: targetPageBits ?? undefined, capabilities };
  const failure =
    unknownCapability(load, capabilities) ?? checkConfiguration(load, encodeText(machine), told);
  return failure?.how === "refused" ? failure : undefined;
}

function unknownCapability(load: Load, capabilities: readonly string[]) {
  const unknown = capabilities.find((capability) => !hasCapability(capability, load.host.peer.version));
  if (unknown === undefined) return undefined;
  const [parent, state] = ["configuration", "configuration/capabilities"];
  const reason = report(load, CAPABILITY_UNKNOWN, unknown);
  const failure = fieldRefused(load, state, "capabilities", "capability", reason);
  return within(load, failure, SUBSECTION_FAILED, state, parent, negative("EINVAL"));
}

/** Judges the size of the main memory in the block list. */
export function loadBlocks(
  { ram, sections }: StreamSummary,
  { ramBytes, machine }: LoadingPeer,
  load: Load,
): Stop | undefined {
  const main = mainMemory(machine);
  const used = ram?.blocks.find(({ idstr }) => idstr === main)?.usedLength;
  const start = sections.find(({ idstr, kind }) => idstr === "ram" && kind === "start");
  if (!start || ramBytes === undefined || !used || Number(used) === ramBytes) return undefined;
  return sizeMismatch(load, start, Number(used), ramBytes);
}

/** The main memory has another size than the receiver's. */
export function sizeMismatch(load: Load, start: Section, theirs: number, ours: number): Stop {
  report(load, BLOCK_SIZE_DIFFERS, mainMemory(load.host.peer.machine) ?? "", theirs, ours);
  return ramFailure(load, start, "EINVAL");
}
