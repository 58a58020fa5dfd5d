import {
  COMMAND,
  FILE_MAGIC,
  FILE_VERSION,
  SECTION_END,
  SECTION_FULL,
  SECTION_PART,
  SECTION_START,
} from "../../../codec/formats/stream/qemu-file.ts";
import { COMPRESS_PAGE, HOOK, PAGE, XBZRLE, ZERO } from "../../../codec/formats/stream/qemu-ram.ts";
import type { Finding, StreamSummary } from "../../../codec/index.ts";
import { valueAt } from "../../facts/fact.ts";
import * as ramBlockErrors from "../../facts/qemu/ram/ram-block-errors.ts";
import * as ramErrors from "../../facts/qemu/ram/ram-errors.ts";
import * as file from "../../facts/qemu/stream/file.ts";
import { FOOTER_DIFFERS, PART_UNKNOWN } from "../../facts/qemu/stream/sections.ts";
import { LENGTHS_SIGNED, SUBSECTION_UNKNOWN } from "../../facts/qemu/stream/vmstate.ts";
import { int32 } from "../main-channel/failure.ts";
import type { Load } from "../main-channel/load.ts";
import { errnoOf } from "../main-channel/vmstate-failure.ts";
import { refusal, refuse, report } from "../postcopy/refuse.ts";
import { sizeMismatch } from "./beginning.ts";
import { footerFailure, inConfiguration, missingFooter } from "./cut.ts";
import type { LoadedStream, LoadingPeer } from "./load.ts";
import {
  inSection,
  partly,
  ramFailsSomehow,
  ramFailure,
  type Section,
  type Stop,
  UNKNOWN,
} from "./teller.ts";
import { newerVersion, otherVersion } from "./versions.ts";

const OBSOLETE = 2;
/** Of the RAM section. */
const RAM_VERSION = 4;

/** What QEMU says of a stream that is damaged at a place: only where that is sure. */
export function loadDamaged(
  { summary, bytes }: LoadedStream,
  finding: Finding,
  peer: LoadingPeer,
  load: Load,
): Stop | "unknown" | undefined {
  const { rule, subject, args } = finding;
  const found = Number(args.found);
  const section = sectionAt(summary, subject);
  switch (rule) {
    case "FILE_MAGIC_KNOWN":
      return refuse(load, load.file, "EINVAL", file.NOT_A_STREAM, found, FILE_MAGIC);
    case "FILE_VERSION_SUPPORTED":
      return found === OBSOLETE
        ? refuse(load, load.file, "ENOTSUP", file.OBSOLETE_VERSION)
        : refuse(load, load.file, "ENOTSUP", file.UNSUPPORTED_VERSION, found, FILE_VERSION);
    case "RAM_OFFSET_IN_BLOCK":
      if (!section) return "unknown";
      report(load, ramErrors.OFFSET_ILLEGAL, found);
      return ramFailure(load, section, "EINVAL");
    case "RAM_BLOCK_KNOWN":
      return section ? strangeBlock(load, summary, section, String(args.block)) : "unknown";
    case "ZERO_PAGE_FILL_ZERO":
      return section ? ramFailsSomehow(load, section) : "unknown";
    case "RAM_VERSION_SUPPORTED":
      return ramVersion(load, summary, found);
    case "DEVICE_VERSION_AGREES":
      return section ? otherVersion(load, section, Number(args.expected), found) : "unknown";
    case "DEVICE_FITS_VMDESC":
      return misfit(load, summary, args);
    case "STREAM_WELL_FORMED":
      if (subject.endsWith("configuration.nameLength") && found > bytes)
        return found <= LARGEST_NAME || !valueAt(LENGTHS_SIGNED, load.host.peer.version, "later")
          ? inConfiguration(load, "configuration.machine")
          : "unknown";
      return malformed(load, finding, section, summary, peer);
    default:
      return "unknown";
  }
}

/** Migration writes it behind all others, so that what stands behind its footer is no state. */
const LAST_DEVICE = "globalstate";
const SECTION_TYPES: readonly number[] = [SECTION_START, SECTION_PART, SECTION_END, SECTION_FULL, COMMAND];

/** Room for a longer name is not always to be had: then QEMU does not live to say so. */
const LARGEST_NAME = 0x7fff_ffff;
/** Flags that have QEMU look for a page first, or call a hook. */
const NOT_JUST_UNKNOWN = ZERO | PAGE | XBZRLE | HOOK | COMPRESS_PAGE;
const FLAGS = 0xfffn;

function malformed(
  load: Load,
  { subject, args }: Finding,
  section: Section | undefined,
  summary: StreamSummary,
  peer: LoadingPeer,
): Stop | "unknown" | undefined {
  const found = String(args.found ?? "");
  if (subject.endsWith(".type")) return unknownType(load, Number(found));
  if (subject.endsWith(".next"))
    return goesOn(summary, subject) ? partly(unknownType(load, UNKNOWN)) : behindLast(load, found, summary);
  if (subject.endsWith("SectionHeader.sectionId")) {
    load.host.print(UNKNOWN);
    return partly(footerFailure(load, Number(found)));
  }
  if (subject.endsWith("SectionPartHeader.sectionId"))
    return refuse(load, load.file, "EINVAL", PART_UNKNOWN, int32(Number(found)));
  if (subject.endsWith("SectionFooter") && section) return wrongFooter(load, found, section);
  if (/\.ram\.blocks$|RamBlockEntry/.test(subject)) return wrongBlocks(load, summary, found, peer);
  if (!subject.endsWith("RamRecord.word") || !section) return "unknown";
  const flags = Number(BigInt(found) & FLAGS);
  if ((flags & NOT_JUST_UNKNOWN) !== 0) return ramFailsSomehow(load, section);
  report(load, ramErrors.FLAGS_UNKNOWN, flags);
  return ramFailure(load, section, "EINVAL");
}

function unknownType(load: Load, type: number | typeof UNKNOWN): Stop {
  return refuse(load, load.file, "EINVAL", file.UNKNOWN_SECTION_TYPE, type);
}

/** What QEMU meets behind the device it writes last. With EOF it is done, and reads nothing more. */
function behindLast(load: Load, found: string, { sections }: StreamSummary): Stop | "unknown" | undefined {
  const last = sections.at(-1);
  if (last?.idstr !== LAST_DEVICE || !last.footer) return "unknown";
  if (found.startsWith("EOF")) return undefined;
  const type = Number(/^type (\d+)$/.exec(found)?.[1] ?? Number.NaN);
  if (Number.isNaN(type)) return "unknown";
  if (!SECTION_TYPES.includes(type)) return unknownType(load, type);
  load.host.print(UNKNOWN);
  return partly(refusal(load.file, "EINVAL", UNKNOWN));
}

/** Sections follow: what stands here is not the end of the stream. */
function goesOn({ sections }: StreamSummary, subject: string): boolean {
  return sections.slice(indexIn(subject) + 1).some(({ understood }) => understood !== "cut");
}

/** A block list that does not add up meets a block that is not there, or one of another size. */
function wrongBlocks(
  load: Load,
  summary: StreamSummary,
  found: string,
  { ramBytes }: LoadingPeer,
): Stop | "unknown" {
  const start = ramStart(summary);
  const used = Number(/^pc\.ram: (\d+)$/.exec(found)?.[1] ?? ramBytes);
  if (start && ramBytes !== undefined && used !== ramBytes) return sizeMismatch(load, start, used, ramBytes);
  return start ? ramFailsSomehow(load, start) : "unknown";
}

/** Records name a block that the list has under another name: the one that no record names. */
function strangeBlock(load: Load, summary: StreamSummary, section: Section, named: string): Stop {
  const start = ramStart(summary);
  const unnamed = summary.ram?.blocks.filter(
    ({ usedLength, pages }) => usedLength !== null && Object.values(pages).every((count) => count === 0),
  );
  const [block] = unnamed ?? [];
  if (start && block && unnamed?.length === 1) {
    report(load, ramBlockErrors.BLOCK_UNKNOWN, block.idstr);
    return ramFailure(load, start, "EINVAL");
  }
  report(load, ramErrors.PAGE_BLOCK_UNKNOWN, named);
  return ramFailsSomehow(load, section);
}

function ramVersion(load: Load, summary: StreamSummary, version: number): Stop | "unknown" {
  const start = ramStart(summary);
  if (version > RAM_VERSION) return newerVersion(load, "ram", version, RAM_VERSION);
  return start ? ramFailure(load, start, "EINVAL", version) : "unknown";
}

/** State that is longer or shorter than its own description: what QEMU takes for the footer is none. */
function misfit(load: Load, summary: StreamSummary, args: Finding["args"]): Stop | "unknown" {
  const found = String(args.found ?? "");
  const sections = summary.sections.filter(({ kind, idstr }) => kind === "full" && idstr === args.idstr);
  const [section] = sections;
  if (!section || sections.length > 1) return "unknown";
  if (/^\d+ (?:bytes|left)$/.test(found)) return missingFooter(load, section);
  const parent = /^(.+)\/[^/]+$/.exec(String(args.expected ?? ""))?.[1];
  if (parent === undefined || !found.startsWith(`${parent}/`)) return "unknown";
  const reason = report(load, SUBSECTION_UNKNOWN, found, parent);
  return inSection(load, section, refusal(load.file, errnoOf(load, "ENOENT"), reason));
}

function ramStart({ sections }: StreamSummary): Section | undefined {
  return sections.find(({ idstr, kind }) => idstr === "ram" && kind === "start");
}

function wrongFooter(load: Load, found: string, section: Section): Stop {
  const { id, idstr } = section;
  const other = /^footer of section (\d+)$/.exec(found)?.[1];
  if (found.startsWith("byte ")) return missingFooter(load, section);
  if (other !== undefined) {
    report(load, FOOTER_DIFFERS, idstr, Number(other), id);
    return footerFailure(load, id);
  }
  load.host.print(UNKNOWN);
  return partly(footerFailure(load, id));
}

/** The section a subject names, such as `sections[3].SectionFooter`. */
function sectionAt(summary: StreamSummary, subject: string): Section | undefined {
  return summary.sections[indexIn(subject)];
}

function indexIn(subject: string): number {
  return Number(/^sections\[(\d+)\]/.exec(subject)?.[1] ?? -1);
}
