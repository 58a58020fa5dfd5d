import type { Finding, StreamSummary } from "../../../codec/index.ts";
import { sizeMismatch } from "./beginning.ts";
import { footerFailure, inConfiguration, inSection, mismatchedFooter, ramFailure, UNKNOWN } from "./cut.ts";
import type { LoadedStream, LoadFailure, LoadingPeer, LoadRules } from "./load.ts";
import { newerVersion, otherVersion } from "./versions.ts";

type Section = StreamSummary["sections"][number];

/** What QEMU says of a stream that is damaged at a place: only where that is sure. */
export function loadDamaged(
  { summary, bytes }: LoadedStream,
  finding: Finding,
  peer: LoadingPeer,
  rules: LoadRules,
): LoadFailure | "unknown" | undefined {
  const { rule, subject, args } = finding;
  const section = sectionAt(summary, subject);
  switch (rule) {
    case "FILE_MAGIC_KNOWN":
      return {
        ...alike("Not a migration stream"),
        reason: `Not a migration stream, ${UNKNOWN}`,
        partial: true,
      };
    case "FILE_VERSION_SUPPORTED":
      return { errno: "ENOTSUP", printed: [UNKNOWN], reason: UNKNOWN, partial: true };
    case "RAM_OFFSET_IN_BLOCK":
      return section ? ramFailure(section, "EINVAL", [`Illegal RAM offset ${hex(args.found)}`]) : "unknown";
    case "RAM_BLOCK_KNOWN":
      return section ? strangeBlock(summary, section, String(args.block)) : "unknown";
    case "ZERO_PAGE_FILL_ZERO":
      return section ? { ...ramFailure(section, "EINVAL", [UNKNOWN]), partial: true } : "unknown";
    case "RAM_VERSION_SUPPORTED":
      return ramVersion(summary, Number(args.found));
    case "DEVICE_VERSION_AGREES":
      return section ? otherVersion(section, Number(args.expected), Number(args.found)) : "unknown";
    case "DEVICE_FITS_VMDESC":
      return misfit(summary, args, rules);
    case "STREAM_WELL_FORMED":
      if (subject.endsWith("configuration.nameLength") && Number(args.found) > bytes)
        return Number(args.found) <= LARGEST_NAME
          ? inConfiguration("configuration.machine", rules)
          : "unknown";
      return malformed(finding, section, summary, peer);
    default:
      return "unknown";
  }
}

/** Migration writes it behind all others, so that what stands behind its footer is no state. */
const LAST_DEVICE = "globalstate";
/** Of sections: START, PART, END, FULL and COMMAND. */
const SECTION_TYPES: readonly number[] = [1, 2, 3, 4, 8];

/** Room for a longer name is not always to be had: then QEMU does not live to say so. */
const LARGEST_NAME = 0x7fff_ffff;
/** Flags that have QEMU look for a page first, or call a hook. */
const NOT_JUST_UNKNOWN = 0x2 | 0x8 | 0x40 | 0x80 | 0x100;

function malformed(
  { subject, args }: Finding,
  section: Section | undefined,
  summary: StreamSummary,
  peer: LoadingPeer,
): LoadFailure | "unknown" | undefined {
  const found = String(args.found ?? "");
  if (subject.endsWith(".type")) return unknownType(Number(found));
  if (subject.endsWith(".next"))
    return goesOn(summary, subject) ? unknownType(UNKNOWN) : behindLast(found, summary);
  if (subject.endsWith("SectionHeader.sectionId"))
    return { ...footerFailure(Number(found), UNKNOWN), partial: true };
  if (subject.endsWith("SectionPartHeader.sectionId"))
    return { ...alike(`Unknown savevm section ${found}`), reason: `Unknown section ${found}` };
  if (subject.endsWith("SectionFooter") && section) return wrongFooter(found, section);
  if (/\.ram\.blocks$|RamBlockEntry/.test(subject)) return wrongBlocks(summary, found, peer);
  if (!subject.endsWith("RamRecord.word") || !section) return "unknown";
  const flags = Number(BigInt(found) & 0xfffn);
  const sure = (flags & NOT_JUST_UNKNOWN) === 0;
  const printed = sure ? `Unknown combination of migration flags: 0x${hex(flags)}` : UNKNOWN;
  return { ...ramFailure(section, "EINVAL", [printed]), ...(sure ? {} : { partial: true }) };
}

function unknownType(type: number | typeof UNKNOWN): LoadFailure {
  const failure = { ...alike(`Unknown savevm section type ${type}`), reason: `Unknown section type ${type}` };
  return type === UNKNOWN ? { ...failure, partial: true } : failure;
}

/** What QEMU meets behind the device it writes last. With EOF it is done, and reads nothing more. */
function behindLast(found: string, { sections }: StreamSummary): LoadFailure | "unknown" | undefined {
  const last = sections.at(-1);
  if (last?.idstr !== LAST_DEVICE || !last.footer) return "unknown";
  if (found.startsWith("EOF")) return undefined;
  const type = Number(/^type (\d+)$/.exec(found)?.[1] ?? Number.NaN);
  if (Number.isNaN(type)) return "unknown";
  if (!SECTION_TYPES.includes(type)) return unknownType(type);
  return { ...alike(UNKNOWN), partial: true };
}

/** Sections follow: what stands here is not the end of the stream. */
function goesOn({ sections }: StreamSummary, subject: string): boolean {
  return sections.slice(indexIn(subject) + 1).some(({ understood }) => understood !== "cut");
}

/** A block list that does not add up meets a block that is not there, or one of another size. */
function wrongBlocks(
  summary: StreamSummary,
  found: string,
  { ramBytes }: LoadingPeer,
): LoadFailure | "unknown" {
  const start = ramStart(summary);
  const used = Number(/^pc\.ram: (\d+)$/.exec(found)?.[1] ?? ramBytes);
  if (start && ramBytes !== undefined && used !== ramBytes) return sizeMismatch(start, used, ramBytes);
  return start ? { ...ramFailure(start, "EINVAL", [UNKNOWN]), partial: true } : "unknown";
}

/** Records name a block that the list has under another name: the one that no record names. */
function strangeBlock(summary: StreamSummary, section: Section, named: string): LoadFailure {
  const start = ramStart(summary);
  const unnamed = summary.ram?.blocks.filter(
    ({ usedLength, pages }) => usedLength !== null && Object.values(pages).every((count) => count === 0),
  );
  const [block] = unnamed ?? [];
  if (start && block && unnamed?.length === 1)
    return ramFailure(start, "EINVAL", [`Unknown ramblock "${block.idstr}", cannot accept migration`]);
  return { ...ramFailure(section, "EINVAL", [`Can't find block ${named}`, UNKNOWN]), partial: true };
}

function ramVersion(summary: StreamSummary, version: number): LoadFailure | "unknown" {
  const start = ramStart(summary);
  if (version > 4) return newerVersion("ram", version, 4);
  return start ? ramFailure(start, "EINVAL", [], version) : "unknown";
}

/** State that is longer or shorter than its own description: what QEMU takes for the footer is none. */
function misfit(
  summary: StreamSummary,
  args: Finding["args"],
  { reason: told }: LoadRules,
): LoadFailure | "unknown" {
  const found = String(args.found ?? "");
  const sections = summary.sections.filter(({ kind, idstr }) => kind === "full" && idstr === args.idstr);
  const [section] = sections;
  if (!section || sections.length > 1) return "unknown";
  if (/^\d+ (?:bytes|left)$/.test(found))
    return footerFailure(section.id, `Missing section footer for ${section.idstr}`);
  const parent = /^(.+)\/[^/]+$/.exec(String(args.expected ?? ""))?.[1];
  if (parent === undefined || !found.startsWith(`${parent}/`)) return "unknown";
  const reason = `VM subsection '${found}' in '${parent}' does not exist`;
  return { errno: told === "told" ? "EINVAL" : "ENOENT", ...inSection(section, [], reason) };
}

function ramStart({ sections }: StreamSummary): Section | undefined {
  return sections.find(({ idstr, kind }) => idstr === "ram" && kind === "start");
}

function wrongFooter(found: string, { id, idstr }: Section): LoadFailure | "unknown" {
  const other = /^footer of section (\d+)$/.exec(found)?.[1];
  if (other !== undefined) return footerFailure(id, mismatchedFooter(idstr, Number(other), id));
  const missing = footerFailure(id, `Missing section footer for ${idstr}`);
  return found.startsWith("byte ") ? missing : { ...footerFailure(id, UNKNOWN), partial: true };
}

function alike(text: string): LoadFailure {
  return { errno: "EINVAL", printed: [text], reason: text };
}

/** The section a subject names, such as `sections[3].SectionFooter`. */
function sectionAt(summary: StreamSummary, subject: string): Section | undefined {
  return summary.sections[indexIn(subject)];
}

function indexIn(subject: string): number {
  return Number(/^sections\[(\d+)\]/.exec(subject)?.[1] ?? -1);
}

function hex(number: unknown): string {
  return Number(number).toString(16);
}
