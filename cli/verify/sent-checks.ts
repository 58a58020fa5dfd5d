import type { Finding, StreamSummary } from "../../codec/index.ts";
import type { ImageReading } from "../image/read-image.ts";
import type { SeenRam } from "./survivors.ts";

/** Names that one line has room for. */
const MOST_NAMES = 6;
/** Capabilities of a stream that leave pages to somebody else. */
const ELSEWHERE: readonly string[] = ["mapped-ram", "x-ignore-shared"];

/**
 * Whether all of RAM came in a stream that is at its end. The guest of an image stands still, and nothing but its stream
 * carries memory: it has no multifd channels beside it, and no postcopy behind it.
 */
export function sentChecks(reading: ImageReading, seen: SeenRam | undefined): Finding[] {
  const { stream, summary, xml } = reading;
  if (!stream || !summary || stream.end.reason !== "eof") return [];
  const told = new Set(stream.findings.map(({ rule }) => rule));
  if (told.has("STREAM_WELL_FORMED")) return [];
  const ram = summary.sections.some(({ idstr }) => idstr === "ram");
  if (!ram) return told.has("RAM_SECTION_PRESENT") || !isListed(summary) ? [] : [noRam(summary)];
  if (summary.configuration.capabilities.some((name) => ELSEWHERE.includes(name))) return [];
  const takesAway = xml?.memoryDevices.some(({ model }) => model === "virtio-mem") ?? false;
  return [...flushes(summary), ...(seen && !takesAway ? neverSent(summary, seen) : [])];
}

/** Whether all sections are known, and there are any. */
function isListed({ sections, sectionsOmitted }: StreamSummary): boolean {
  return sections.length > 0 && sectionsOmitted === undefined;
}

function noRam({ end }: StreamSummary): Finding {
  return { rule: "RAM_SECTION_PRESENT", level: "error", subject: "", offset: end.offset, args: {} };
}

/** libvirt saves with multifd only where it also saves with mapped-ram. */
function flushes({ ram, end }: StreamSummary): Finding[] {
  const found = ram?.multifdFlushes ?? 0;
  if (found === 0) return [];
  const args = { expected: "none", found };
  return [{ rule: "MULTIFD_FLUSH_EXPECTED", level: "warning", subject: "ram", offset: end.offset, args }];
}

function neverSent({ ram, end, commands }: StreamSummary, seen: SeenRam): Finding[] {
  if (!ram || commands.some(({ command }) => command.startsWith("POSTCOPY"))) return [];
  const blocks = ram.blocks.flatMap(({ idstr, usedLength }) => {
    if (usedLength === null) return [];
    const total = Math.ceil(Number(usedLength) / ram.pageSize);
    const missing = total - Math.min(total, seen.pages(idstr, false));
    return [{ idstr, total, missing }];
  });
  const pages = blocks.reduce((sum, { missing }) => sum + missing, 0);
  if (pages === 0 || seen.overflowed) return [];
  const total = blocks.reduce((sum, block) => sum + block.total, 0);
  const lacking = blocks.filter(({ missing }) => missing > 0);
  const names = lacking.slice(0, MOST_NAMES).map(({ idstr, missing }) => `${idstr} ${missing}`);
  if (lacking.length > MOST_NAMES) names.push(`${lacking.length - MOST_NAMES} more blocks`);
  const args = { pages, total, blocks: names.join(", ") };
  return [{ rule: "RAM_PAGES_SENT", level: "warning", subject: "ram", offset: end.offset, args }];
}
