import { PADDING, paddingFor } from "./padding.ts";
import type { SaveImage } from "./save-events.ts";
import { SAVE_HEADER_SIZE, SaveFormatNumber } from "./save-header.ts";

/** A run of releases; without an end where it reaches to the newest. */
export interface ReleaseRange {
  readonly since: string;
  readonly until: string | null;
}

/** One thing about an image that tells of its writer. */
export interface WriterEvidence extends ReleaseRange {
  readonly fact: string;
}

export interface WriterEra {
  /** Releases of libvirt that can have written it; none where what it says does not go together. */
  readonly releases: readonly ReleaseRange[];
  readonly evidence: readonly WriterEvidence[];
  /** Its padding fits no release: the XML was edited since, or something else wrote it. */
  readonly edited: boolean;
}

const FIRST = "0.3.2";

/**
 * Which releases can have written an image. `cookieChildren` are the names in its cookie, where that was read. An edited
 * image keeps its length, so its padding tells nothing.
 */
export function inferWriterEra(image: SaveImage, cookieChildren: readonly string[] = []): WriterEra {
  const evidence = [...headerEvidence(image), ...cookieEvidence(image, cookieChildren)];
  const eras = erasOf(image);
  const edited = image.padding !== null && eras.length === 0;
  const bounds = evidence.reduce<ReleaseRange>(intersect, { since: FIRST, until: null });
  const from = eras.length > 0 ? eras : [{ since: FIRST, until: null }];
  const releases = from.map((era) => intersect(era, bounds)).filter(isRange);
  const told = eras.map((era) => ({ ...era, fact: `${image.padding?.length} bytes of padding` }));
  return { releases, evidence: [...evidence, ...told], edited };
}

function headerEvidence({ version, format, magic }: SaveImage): WriterEvidence[] {
  const evidence: WriterEvidence[] = [];
  if (version === 1) evidence.push({ fact: "version 1", since: FIRST, until: "0.7.0" });
  if (version === 2) evidence.push({ fact: "version 2", since: "0.7.1", until: null });
  if (magic === "partial") evidence.push({ fact: "magic LibvirtQemudPart", since: "0.9.5", until: null });
  const known = SaveFormatNumber[(format ?? 0) as keyof typeof SaveFormatNumber];
  if (format !== null && known)
    evidence.push({ fact: `format ${known.name}`, since: known.since, until: null });
  return evidence;
}

function cookieEvidence({ cookieOffset, xml }: SaveImage, children: readonly string[]): WriterEvidence[] {
  if (cookieOffset === 0)
    return xml
      ? [{ fact: "no save cookie, which every save since 3.5.0 has", since: FIRST, until: "3.4.0" }]
      : [];
  const evidence: WriterEvidence[] = [{ fact: "a save cookie", since: "3.5.0", until: null }];
  if (children.includes("slirpHelper"))
    evidence.push({ fact: "<slirpHelper/> in the cookie", since: "5.8.0", until: null });
  return evidence;
}

function erasOf({ padding, payloadOffset, dataLength }: SaveImage): ReleaseRange[] {
  if (!padding) return [];
  const textEnd = padding.offset - (payloadOffset - dataLength - SAVE_HEADER_SIZE);
  return PADDING.filter(({ rule }) => paddingFor(rule, textEnd) === padding.length).map(
    ({ since, until }) => ({ since, until }),
  );
}

function intersect(a: ReleaseRange, b: ReleaseRange): ReleaseRange {
  const since = isBefore(a.since, b.since) ? b.since : a.since;
  const until = a.until === null || (b.until !== null && isBefore(b.until, a.until)) ? b.until : a.until;
  return { since, until };
}

function isRange({ since, until }: ReleaseRange): boolean {
  return until === null || !isBefore(until, since);
}

function isBefore(a: string, b: string): boolean {
  const [left, right] = [a, b].map((release) => release.split(".").map(Number));
  const at = left?.findIndex((part, i) => part !== right?.[i]) ?? -1;
  return at >= 0 && (left?.[at] ?? 0) < (right?.[at] ?? 0);
}
