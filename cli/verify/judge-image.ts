import { type Finding, type FindingRule, SAVE_MAGIC, SAVE_MAGIC_PARTIAL } from "../../codec/index.ts";
import type { ImageReading } from "../image/read-image.ts";
import { isUnjudged, type Verdict, verdictOfErrors } from "../verdict.ts";
import { crossChecks } from "./cross-checks.ts";
import { sentChecks } from "./sent-checks.ts";
import { NOTHING, type SeenRam, type Survivors, survivorsOf } from "./survivors.ts";
import { survivorsFinding } from "./survivors-finding.ts";

export interface ImageJudgement {
  readonly verdict: Verdict;
  /** What the verdict were if the magic said complete. */
  readonly content: Verdict;
  /** The payload could not be read to its end for want of a program, or of time. */
  readonly unjudged: boolean;
  /** About the header, the texts and the payload; offsets count in the file. */
  readonly findings: readonly Finding[];
  /** About the stream; offsets count in the file only where it is not compressed. */
  readonly streamFindings: readonly Finding[];
  readonly untold: Readonly<Record<string, number>>;
  /** What is left of a guest that is not whole; null where nothing can be said. */
  readonly survives: Survivors | null;
}

/** Errors over the mark of a finished image, whatever the stream is. */
const MARK: ReadonlySet<FindingRule> = new Set(["SAVE_IMAGE_FINISHED", "SAVE_STREAM_BEHIND_PARTIAL"]);

/**
 * Judges a save image that was read to its end: the header, the texts, the stream, and what they say of each other. `seen`
 * tells which pages came, `beside` what was found around the file.
 */
export function judgeImage(
  reading: ImageReading,
  { seen, beside = [] }: { readonly seen?: SeenRam; readonly beside?: readonly Finding[] } = {},
): ImageJudgement {
  const { image, xml, stream, summary } = reading;
  const findings = [...beside, ...reading.findings];
  const streamFindings = [...(stream?.findings ?? [])];
  if (image?.xml && xml) {
    if (xml.emulator !== null) findings.push(emulator(xml.emulator, image.xml.offset));
    if (summary) findings.push(...crossChecks(xml, summary, image.xml.offset));
  }
  if (image) streamFindings.push(...sentChecks(reading, seen));
  const told = [...findings, ...streamFindings];
  const unjudged = isUnjudged(told);
  const content = contentOf(reading, told);
  const isMarked = told.some(({ rule }) => MARK.has(rule));
  if (isMarked && image && content === "whole") findings.push(behindPartial(reading));
  const verdict = isMarked && image && content !== "damaged" ? "partial" : content;
  const isLess = image !== null && (content === "partial" || content === "damaged");
  const survives = isLess && !unjudged ? survivorsIn(reading, seen) : null;
  if (survives) findings.push(survivorsFinding(survives));
  return { verdict, content, unjudged, findings, streamFindings, untold: stream?.end.untold ?? {}, survives };
}

function survivorsIn({ stream, summary }: ImageReading, seen: SeenRam | undefined): Survivors | null {
  if (!stream || !summary) return NOTHING;
  return seen ? (survivorsOf(stream, summary, seen) ?? NOTHING) : null;
}

function contentOf({ image, size, stream }: ImageReading, findings: readonly Finding[]): Verdict {
  if (!image) return isBeginning(findings) && size > 0 ? "partial" : "unrecognised";
  const verdict = verdictOfErrors(findings.filter(({ rule }) => !MARK.has(rule)));
  return verdict === "whole" && stream?.end.reason !== "eof" ? "partial" : verdict;
}

/** Too few bytes to be anything, but as an image begins. */
function isBeginning(findings: readonly Finding[]): boolean {
  const errors = findings.filter(({ level }) => level === "error");
  return errors.length > 0 && errors.every(({ rule }) => rule === "SAVE_HEADER_COMPLETE" || MARK.has(rule));
}

function emulator(path: string, offset: number): Finding {
  const args = { found: path };
  return { rule: "SAVE_XML_EMULATOR", level: "note", subject: "domain.devices.emulator", offset, args };
}

/** Nothing but the mark is wrong: QEMU finished, and libvirt did not get to say so. */
function behindPartial({ payload, image }: ImageReading): Finding {
  const found = image?.magic === "zeroed" ? "zeros" : SAVE_MAGIC_PARTIAL;
  const args = { length: payload?.bytes ?? 0, expected: SAVE_MAGIC, found };
  return { rule: "SAVE_STREAM_BEHIND_PARTIAL", level: "error", subject: "SaveHeader.magic", offset: 0, args };
}
