import { DecodeError, type Steps } from "../../layout/index.ts";
import { untoldFindings } from "../finding-counts.ts";
import { type Beginning, readBareRecords, readBeginning } from "./qemu-beginning.ts";
import { FOOTER_LENGTH } from "./qemu-boundary.ts";
import { readCommand } from "./qemu-command-reader.ts";
import { readConfiguration } from "./qemu-config.ts";
import { flushDevices } from "./qemu-device.ts";
import type { EndReason } from "./qemu-events.ts";
import {
  COMMAND,
  CONFIGURATION,
  EndOfFile,
  EOF,
  SECTION_END,
  SECTION_FOOTER,
  SECTION_FULL,
  SECTION_PART,
  SECTION_START,
  SectionFooter,
} from "./qemu-file.ts";
import { readRam } from "./qemu-ram-section.ts";
import {
  closeSection,
  find,
  isTruncation,
  pathOf,
  type Reader,
  reportDamage,
  reportTruncation,
  skipRaw,
  wrong,
} from "./qemu-reader.ts";
import { resume } from "./qemu-resume.ts";
import { endSection, openSection, readPayload, reopenSection } from "./qemu-section.ts";
import { readTrailer } from "./qemu-trailer.ts";
import { adoptRam, makeRamSection, tellUnannounced } from "./qemu-unseen.ts";

/** Packages are not nested by any release; a stream that nests them deeper than this is refused. */
const DEEPEST_PACKAGE = 4;

/** Reads a whole stream. Wrong input never throws: it ends in findings and one `end` event. */
export function* readStream(reader: Reader, beginning: Beginning): Steps {
  const { cursor, sink } = reader;
  let reason: EndReason = "eof";
  let offset: number | undefined;
  try {
    offset = yield* readBody(reader, beginning);
    if (offset !== undefined) {
      reason = "error";
      if (reader.missed > 0)
        find(reader, "STREAM_NOT_RESUMED", "warning", offset, { left: cursor.offset - offset });
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    if (error.code !== "lost") {
      reportTruncation(reader, error);
      reason = "truncated";
    }
    offset = cursor.inputEnd;
    closeSection(reader, false, offset, "cut", offset);
  }
  flushDevices(reader);
  if (reader.unseen) tellUnannounced(reader);
  const { pageSize, rounds, flushes } = reader.ram;
  const untold = untoldFindings(reader.findings);
  sink.event({ kind: "end", offset: offset ?? cursor.offset, reason, pageSize, rounds, flushes, untold });
}

/** Returns the offset of damage that nothing came after. */
function* readBody(reader: Reader, beginning: Beginning): Steps<number | undefined> {
  const { cursor } = reader;
  if (!(yield* readBeginning(reader, beginning))) return cursor.offset;
  if (beginning === "records") {
    yield* readBareRecords(reader);
    return undefined;
  }
  const damage = yield* readSections(reader, 0, reader.unseen && beginning !== "recovery");
  if (damage === undefined) yield* readTrailer(reader);
  return damage;
}

/**
 * Reads sections and commands up to EOF, or in a package up to its end, going on after damage where that is certain.
 * `damaged` says that the beginning is missing.
 * Returns the offset of damage that nothing came after.
 */
function* readSections(reader: Reader, depth: number, damaged = false): Steps<number | undefined> {
  const { cursor } = reader;
  let more = true;
  let damagedAt = damaged ? cursor.offset : -1;
  let untouched = damaged;
  while (more && cursor.offset < cursor.limit) {
    try {
      if (damagedAt >= 0) {
        if (cursor.offset === damagedAt && !untouched) yield* skipRaw(reader, 1, "damaged");
        untouched = false;
        if (!(yield* recover(reader))) return damagedAt;
        damagedAt = -1;
      } else more = yield* readNext(reader, depth);
    } catch (error) {
      if (!(error instanceof DecodeError) || isTruncation(reader, error)) throw error;
      reportDamage(reader, error);
      damagedAt = cursor.offset;
    }
  }
  return undefined;
}

/** Reads whatever begins at the cursor. Returns false at EOF. */
function* readNext(reader: Reader, depth: number): Steps<boolean> {
  const { cursor, sectionCount } = reader;
  yield* cursor.need(1, `sections[${sectionCount}].type`);
  const type = cursor.bytes[cursor.at] ?? 0;
  switch (type) {
    case EOF:
      yield* cursor.struct(EndOfFile);
      return false;
    case SECTION_START:
    case SECTION_FULL:
      yield* openSection(reader, type === SECTION_START ? "start" : "full");
      break;
    case SECTION_PART:
    case SECTION_END:
      yield* reopenSection(reader, type === SECTION_PART ? "part" : "end");
      break;
    case COMMAND:
      yield* readPackage(reader, yield* readCommand(reader), depth);
      return true;
    case CONFIGURATION:
      if (sectionCount > 0) throw unknownType(reader, type);
      yield* readConfiguration(reader);
      return true;
    default:
      throw unknownType(reader, type);
  }
  yield* endSection(reader, yield* readPayload(reader));
  return true;
}

function unknownType(reader: Reader, type: number): DecodeError {
  return wrong(
    reader,
    "type",
    reader.cursor.offset,
    "a section type",
    `0x${type.toString(16).padStart(2, "0")}`,
  );
}

/** Reads the package behind a PACKAGED command: a stream of its own inside the stream. */
function* readPackage(reader: Reader, length: number, depth: number): Steps {
  const { cursor } = reader;
  if (length === 0) return;
  const outer = cursor.limit;
  const end = cursor.offset + length;
  if (depth >= DEEPEST_PACKAGE)
    throw wrong(reader, "package", cursor.offset, `at most ${DEEPEST_PACKAGE} packages deep`, "one more");
  if (end > outer)
    find(reader, "PACKAGE_LENGTH_EXACT", "error", cursor.offset, {
      expected: outer - cursor.offset,
      found: length,
    });
  cursor.limit = Math.min(end, outer);
  try {
    yield* readSections(reader, depth + 1);
    yield* skipRaw(reader, Math.max(0, cursor.limit - cursor.offset), "packageRest");
  } finally {
    cursor.limit = outer;
  }
}

/** After damage: closes the open section and moves on to the next place that is certain. Returns false if there is none. */
function* recover(reader: Reader): Steps<boolean> {
  const { cursor, open, ram } = reader;
  const damagedAt = cursor.offset;
  const inDevice = open?.kind === "full";
  if (open) closeSection(reader, false, damagedAt, "damaged");
  const mayBeRam = ram.blocks.length > 0 || reader.unseen;
  const place = yield* resume(reader, mayBeRam && !ram.mapped && !inDevice);
  if (place === "record") yield* resumeRam(reader);
  else if (place && cursor.bytes[cursor.at] === SECTION_FOOTER)
    yield* cursor.struct(SectionFooter, { within: pathOf(reader) });
  return place !== undefined;
}

/** The header of a RAM part was damaged or not seen, but its records go on. */
function* resumeRam(reader: Reader): Steps {
  const { cursor, ramSection } = reader;
  const { offset } = cursor;
  const section = ramSection ?? makeRamSection(UNSEEN_ID, offset);
  reader.open = { ...section, kind: "part", offset, payloadOffset: offset };
  yield* readRam(reader);
  if (!ramSection && (yield* cursor.upTo(FOOTER_LENGTH)) === FOOTER_LENGTH && reader.open) {
    const { id } = adoptRam(reader, cursor.view.getUint32(cursor.at + 1), offset);
    reader.open = { ...reader.open, id };
  }
  yield* endSection(reader, "damaged");
}

/** Until the footer tells. */
const UNSEEN_ID = 0;
