import type { Finding, StreamSummary } from "../../../codec/index.ts";
import type { LoadedStream, LoadFailure, LoadRules } from "./load.ts";

type Section = StreamSummary["sections"][number];

/** Stands for what cannot be known. */
export const UNKNOWN = "…";

const STREAM_ERROR = "stream error: -5";

/** What QEMU says of a stream that ends at a place. Undefined where it does not mind. */
export function loadCut(
  { summary }: LoadedStream,
  { subject, args }: Finding,
  rules: LoadRules,
): LoadFailure | "unknown" | "fails-somehow" | undefined {
  const have = Number(args.have ?? 0);
  if (/vmdescription|VmDescription/.test(subject)) return undefined;
  if (subject.startsWith("FileHeader"))
    return { errno: "EINVAL", printed: [UNKNOWN], reason: UNKNOWN, partial: true };
  if (subject.includes("configuration")) return inConfiguration(subject, rules);
  if (subject.endsWith(".type")) return betweenSections();
  if (subject.includes("SectionHeader")) return inHeader(subject);
  if (subject.includes("SectionPartHeader")) return inPartHeader();
  const cut = summary.sections.find(({ understood }) => understood === "cut");
  if (!cut) return "unknown";
  if (subject.includes("SectionFooter")) return inFooter(cut, have);
  if (summary.configuration.capabilities.includes("mapped-ram") && cut.idstr === "ram")
    return inMapped(cut, subject) ?? inRam(cut, subject, rules);
  return cut.idstr === "ram" ? inRam(cut, subject, rules) : inDevice(cut, rules);
}

/** What is asked for of the configuration section is not there. */
export function inConfiguration(subject: string, { reason: told }: LoadRules): LoadFailure {
  const field = subject.endsWith(".machine") ? "name" : subject.includes("nameLength") ? "len" : undefined;
  const reason = `Failed to load configuration state: ${STREAM_ERROR}`;
  const printed = [`Failed to load configuration:${field ?? UNKNOWN}`];
  const errno = told === "told" ? "EINVAL" : "EIO";
  return { errno, printed, reason, ...(field === undefined ? { partial: true } : {}) };
}

function betweenSections(): LoadFailure {
  const reason = `Failed to load section ID: ${STREAM_ERROR}: Channel error: Input/output error`;
  return { errno: "EIO", printed: [], reason };
}

function inHeader(subject: string): LoadFailure {
  if (/instanceId|versionId/.test(subject)) {
    const reason = "Failed to read instance/version ID: -5";
    return { errno: "EIO", printed: [`qemu_loadvm_section_start_full: ${reason}`], reason };
  }
  const reason = `Unable to read ID string for section ${UNKNOWN}`;
  return { errno: "EINVAL", printed: [reason], reason, partial: true };
}

function inPartHeader(): LoadFailure {
  const reason = "Failed to read section ID: -5";
  return { errno: "EIO", printed: [`qemu_loadvm_section_part_end: ${reason}`], reason };
}

/** Bytes that are missing read as zero: an id that ends in zeros is right without them. */
function inFooter({ id, idstr }: Section, have: number): LoadFailure {
  if (have === 0) return footerFailure(id, "check_section_footer: Read section footer failed: -5");
  const unit = 256 ** (5 - have);
  const read = Math.floor(id / unit) * unit;
  return read === id ? betweenSections() : footerFailure(id, mismatchedFooter(idstr, read, id));
}

/** A footer that is not what it should be; the reason that is told does not say why. */
export function footerFailure(id: number, printed: string): LoadFailure {
  return { errno: "EINVAL", printed: [printed], reason: `Section footer error, section_id: ${id}` };
}

export function mismatchedFooter(idstr: string, read: number, expected: number): string {
  const hex = (id: number) => `0x${id.toString(16)}`;
  return `Mismatched section id in footer for ${idstr} - read ${hex(read)} expected ${hex(expected)}`;
}

function inRam(cut: Section, subject: string, { ramWordChecked }: LoadRules): LoadFailure {
  if (/RamBlockEntry|RamBlockName|XbzrlePage|\.xbzrle$/.test(subject))
    return { ...ramFailure(cut, "EINVAL", [UNKNOWN]), partial: true };
  if (subject.includes("RamRecord") && !ramWordChecked)
    return ramFailure(cut, "EINVAL", ["Unknown combination of migration flags: 0x0"]);
  return ramFailure(cut, "EIO", subject.includes("RamRecord") ? ["Getting RAM address failed"] : []);
}

/** Pages are read by threads: those may bring QEMU down, or have it wait for ever where only padding is missing. */
function inMapped(cut: Section, subject: string): LoadFailure | "unknown" | "fails-somehow" | undefined {
  if (/\.(?:pages|page|hole)$/.test(subject)) return "fails-somehow";
  if (subject.endsWith(".padding")) return "unknown";
  if (!/\.bitmap$|MappedRamHeader/.test(subject)) return undefined;
  return { ...ramFailure(cut, "EINVAL", [UNKNOWN]), partial: true };
}

/** A failure among the records of RAM. */
export function ramFailure(
  section: Section,
  errno: "EIO" | "EINVAL",
  printed: readonly string[],
  version = 4,
): LoadFailure {
  const reason = `Failed to load vmstate version_id: ${version}, ret: ${errno === "EIO" ? -5 : -22}`;
  return { errno, ...inSection(section, printed, reason) };
}

/** How a failure inside a section is passed on. */
export function inSection(
  { kind, id, idstr, instance }: Section,
  printed: readonly string[],
  reason: string,
): Pick<LoadFailure, "printed" | "reason"> {
  if (kind === "part" || kind === "end")
    return { printed: [...printed, `error while loading state section id ${id}(${idstr})`], reason };
  const text = `error while loading state for instance 0x${instance.toString(16)} of device '${idstr}'`;
  return { printed: [...printed, text], reason: `${text}: ${reason}` };
}

/** Which field it was about to read only the end of the stream would have told; it may have been the footer. */
function inDevice(cut: Section, { reason: told }: LoadRules): LoadFailure {
  const where = inSection(cut, [UNKNOWN], UNKNOWN);
  return { errno: told === "told" ? "EINVAL" : "EIO", ...where, partial: true };
}
