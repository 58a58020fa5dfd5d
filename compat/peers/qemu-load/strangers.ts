import type { StreamSummary } from "../../../codec/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { MULTIFD_FLUSH_KNOWN } from "../../facts/qemu/load.ts";
import { ramFailure, UNKNOWN } from "./cut.ts";
import type { LoadedStream, LoadFailure, LoadingPeer, LoadRules } from "./load.ts";

/** Names of sections that come in parts; those of VFIO devices are their paths. */
const IN_PARTS = /^(?:ram|block|dirty-bitmap|spapr\/htab|s390-storage_attributes|.*\/vfio)$/;

/**
 * A section that the receiver cannot know: it comes in parts under a name that nothing has, or the stream's own description
 * does not have it. Devices of a stream without a description are not judged.
 */
export function loadStrangers(
  { summary: { sections, devices, vmdesc }, findings }: LoadedStream,
  rules: LoadRules,
): LoadFailure | undefined {
  const start = sections.find(
    ({ kind, idstr, instance }) =>
      kind === "start" && (!IN_PARTS.test(idstr) || (idstr === "ram" && instance !== 0)),
  );
  if (start) return unknownSection(start, rules);
  const sound = !findings.some(({ rule }) => rule === "VMDESC_WELL_FORMED");
  const described = sound && vmdesc !== null && devices.some(({ fields }) => fields !== null);
  const stranger = devices.find(({ fields, length }) => fields === null && length <= LARGEST_DESCRIBED);
  return described && stranger ? unknownSection(stranger, rules) : undefined;
}

/** State of more bytes may have been let go before its description came. */
const LARGEST_DESCRIBED = 1 << 20;

function unknownSection(
  { idstr, instance }: { idstr: string; instance: number },
  rules: LoadRules,
): LoadFailure {
  const rest = `section or instance '${idstr}' ${instance}. Make sure that your current VM setup matches your saved VM setup, including any hotplugged devices`;
  const printed = rules.reason === "told" ? [] : [`Unknown savevm ${rest}`];
  return { errno: "EINVAL", printed, reason: `Unknown ${rest}` };
}

/** The bitmap and pages of a block are not where a mapped-ram file that was moved says. */
export function loadMoved(
  { summary: { sections }, findings }: LoadedStream,
  { mappedRam }: LoadingPeer,
): LoadFailure | undefined {
  const start = sections.find(({ idstr, kind }) => idstr === "ram" && kind === "start");
  if (!mappedRam || !start || !findings.some(({ rule }) => rule === "MAPPED_RAM_HEADER_SOUND"))
    return undefined;
  return { ...ramFailure(start, "EINVAL", [UNKNOWN]), partial: true };
}

/** Releases without MULTIFD_FLUSH stop at the first. */
export function loadFlushes(
  { ram, sections }: StreamSummary,
  { qemu }: LoadingPeer,
): LoadFailure | undefined {
  if (!ram?.multifdFlushes || valueAt(MULTIFD_FLUSH_KNOWN, qemu, "later")) return undefined;
  const part = sections.find(({ idstr, kind }) => idstr === "ram" && kind === "part");
  return part && ramFailure(part, "EINVAL", ["Unknown combination of migration flags: 0x200"]);
}
