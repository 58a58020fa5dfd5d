import type { Finding } from "../../../codec/index.ts";
import { negative } from "../../errno.ts";
import { valueAt } from "../../facts/fact.ts";
import { ADDRESS_UNREADABLE, FLAGS_UNKNOWN } from "../../facts/qemu/ram/ram-errors.ts";
import { RAM_WORD_CHECKED } from "../../facts/qemu/stream/load.ts";
import * as texts from "../../facts/qemu/stream/sections.ts";
import { FIELD_PRINTED } from "../../facts/qemu/stream/vmstate.ts";
import { int32 } from "../main-channel/failure.ts";
import type { Load } from "../main-channel/load.ts";
import { unreadable } from "../main-channel/load-sections.ts";
import { errnoOf, fieldCut } from "../main-channel/vmstate-failure.ts";
import { refusal, refuse, report } from "../postcopy/refuse.ts";
import type { LoadedStream } from "./load.ts";
import {
  inSection,
  partly,
  ramFailsSomehow,
  ramFailure,
  type Section,
  type Stop,
  UNKNOWN,
} from "./teller.ts";

/** What QEMU says of a stream that ends at a place. Undefined where it does not mind. */
export function loadCut(
  { summary }: LoadedStream,
  { subject, args }: Finding,
  load: Load,
): Stop | "unknown" | "fails-somehow" | undefined {
  const have = Number(args.have ?? 0);
  if (/vmdescription|VmDescription/.test(subject)) return undefined;
  if (subject.startsWith("FileHeader")) {
    load.host.print(UNKNOWN);
    return partly(refusal(load.file, "EINVAL", UNKNOWN));
  }
  if (subject.includes("configuration")) return inConfiguration(load, subject);
  if (subject.endsWith(".type")) return unreadable(load, "EIO");
  if (subject.includes("SectionHeader")) return inHeader(load, subject);
  if (subject.includes("SectionPartHeader"))
    return refuse(load, load.file, "EIO", texts.PART_UNREADABLE, negative("EIO"));
  const cut = summary.sections.find(({ understood }) => understood === "cut");
  if (!cut) return "unknown";
  if (subject.includes("SectionFooter")) return inFooter(load, cut, have);
  if (summary.configuration.capabilities.includes("mapped-ram") && cut.idstr === "ram")
    return inMapped(load, cut, subject) ?? inRam(load, cut, subject);
  return cut.idstr === "ram" ? inRam(load, cut, subject) : inDevice(load, cut);
}

/** What is asked for of the configuration section is not there. */
export function inConfiguration(load: Load, subject: string): Stop {
  const field = subject.endsWith(".machine") ? "name" : subject.includes("nameLength") ? "len" : undefined;
  const stop = fieldCut(load, "configuration", field ?? UNKNOWN);
  return field === undefined ? partly({ ...stop, reason: UNKNOWN }) : stop;
}

function inHeader(load: Load, subject: string): Stop {
  if (/instanceId|versionId/.test(subject))
    return refuse(load, load.file, "EIO", texts.INSTANCE_UNREADABLE, negative("EIO"));
  return partly(refuse(load, load.file, "EINVAL", texts.IDSTR_UNREADABLE, UNKNOWN));
}

/** Bytes that are missing read as zero: an id that ends in zeros is right without them. */
function inFooter(load: Load, { id, idstr }: Section, have: number): Stop {
  if (have === 0) {
    report(load, texts.FOOTER_UNREADABLE, negative("EIO"));
    return footerFailure(load, id);
  }
  const unit = 256 ** (5 - have);
  const read = Math.floor(id / unit) * unit;
  if (read === id) return unreadable(load, "EIO");
  report(load, texts.FOOTER_DIFFERS, idstr, read, id);
  return footerFailure(load, id);
}

/** A footer that is not what it should be, which was printed before. */
export function footerFailure(load: Load, id: number): Stop {
  return refuse(load, load.file, "EINVAL", texts.FOOTER_FAILED, int32(id));
}

export function missingFooter(load: Load, { id, idstr }: Section): Stop {
  report(load, texts.FOOTER_MISSING, idstr);
  return footerFailure(load, id);
}

function inRam(load: Load, cut: Section, subject: string): Stop {
  if (/RamBlockEntry|RamBlockName|XbzrlePage|\.xbzrle$/.test(subject)) return ramFailsSomehow(load, cut);
  const checked = valueAt(RAM_WORD_CHECKED, load.host.peer.version, "later");
  if (subject.includes("RamRecord") && !checked) {
    report(load, FLAGS_UNKNOWN, 0);
    return ramFailure(load, cut, "EINVAL");
  }
  if (subject.includes("RamRecord")) report(load, ADDRESS_UNREADABLE);
  return ramFailure(load, cut, "EIO");
}

/** Pages are read by threads: those may bring QEMU down, or have it wait for ever where only padding is missing. */
function inMapped(load: Load, cut: Section, subject: string): Stop | "unknown" | "fails-somehow" | undefined {
  if (/\.(?:pages|page|hole)$/.test(subject)) return "fails-somehow";
  if (subject.endsWith(".padding")) return "unknown";
  return /\.bitmap$|MappedRamHeader/.test(subject) ? ramFailsSomehow(load, cut) : undefined;
}

/** Which field it was about to read only the end of the stream would have told; it may have been the footer. */
function inDevice(load: Load, cut: Section): Stop {
  if (valueAt(FIELD_PRINTED, load.host.peer.version, "later")) load.host.print(UNKNOWN);
  return partly(inSection(load, cut, refusal(load.file, errnoOf(load, "EIO"), UNKNOWN)));
}
