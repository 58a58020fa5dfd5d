import { MULTIFD_FLUSH } from "../../../codec/formats/stream/qemu-ram.ts";
import type { StreamSummary } from "../../../codec/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { FLAGS_UNKNOWN } from "../../facts/qemu/ram/ram-errors.ts";
import { MULTIFD_FLUSH_KNOWN } from "../../facts/qemu/stream/load.ts";
import { SECTION_UNKNOWN } from "../../facts/qemu/stream/sections.ts";
import type { Load } from "../main-channel/load.ts";
import { refuse, report } from "../postcopy/refuse.ts";
import type { LoadedStream, LoadingPeer } from "./load.ts";
import { ramFailsSomehow, ramFailure, type Stop } from "./teller.ts";

/** Names of sections that come in parts; those of VFIO devices are their paths. */
const IN_PARTS = /^(?:ram|block|dirty-bitmap|spapr\/htab|s390-storage_attributes|.*\/vfio)$/;

/**
 * A section that the receiver cannot know: it comes in parts under a name that nothing has, or the stream's own description
 * does not have it. Devices of a stream without a description are not judged.
 */
export function loadStrangers(
  { summary: { sections, devices, vmdesc }, findings }: LoadedStream,
  load: Load,
): Stop | undefined {
  const start = sections.find(
    ({ kind, idstr, instance }) =>
      kind === "start" && (!IN_PARTS.test(idstr) || (idstr === "ram" && instance !== 0)),
  );
  if (start) return unknownSection(load, start);
  const sound = !findings.some(({ rule }) => rule === "VMDESC_WELL_FORMED");
  const described = sound && vmdesc !== null && devices.some(({ fields }) => fields !== null);
  const stranger = devices.find(({ fields, length }) => fields === null && length <= LARGEST_DESCRIBED);
  return described && stranger ? unknownSection(load, stranger) : undefined;
}

/** State of more bytes may have been let go before its description came. */
const LARGEST_DESCRIBED = 1 << 20;

function unknownSection(
  load: Load,
  { idstr, instance }: { readonly idstr: string; readonly instance: number },
): Stop {
  return refuse(load, load.file, "EINVAL", SECTION_UNKNOWN, idstr, instance);
}

/** The bitmap and pages of a block are not where a mapped-ram file that was moved says. */
export function loadMoved(
  { summary: { sections }, findings }: LoadedStream,
  { mappedRam }: LoadingPeer,
  load: Load,
): Stop | undefined {
  const start = sections.find(({ idstr, kind }) => idstr === "ram" && kind === "start");
  if (!mappedRam || !start || !findings.some(({ rule }) => rule === "MAPPED_RAM_HEADER_SOUND"))
    return undefined;
  return ramFailsSomehow(load, start);
}

/** Releases without MULTIFD_FLUSH stop at the first. */
export function loadFlushes({ ram, sections }: StreamSummary, load: Load): Stop | undefined {
  if (!ram?.multifdFlushes || valueAt(MULTIFD_FLUSH_KNOWN, load.host.peer.version, "later")) return undefined;
  const part = sections.find(({ idstr, kind }) => idstr === "ram" && kind === "part");
  if (!part) return undefined;
  report(load, FLAGS_UNKNOWN, MULTIFD_FLUSH);
  return ramFailure(load, part, "EINVAL");
}
