import { DecodeError, type Steps } from "../../layout/index.ts";
import {
  BOUNDARY_LENGTH,
  FOOTER_LENGTH,
  isFooter,
  isNext,
  isPlausible,
  isPlausibleId,
} from "./qemu-boundary.ts";
import { delimit, traceDelimited } from "./qemu-delimit.ts";
import { readDevice } from "./qemu-device.ts";
import type { SectionKind, Understanding } from "./qemu-events.ts";
import { SECTION_FOOTER, SectionFooter, SectionHeader, SectionPartHeader } from "./qemu-file.ts";
import { WALKERS } from "./qemu-iterative.ts";
import { readRam } from "./qemu-ram-section.ts";
import {
  closeSection,
  find,
  type OpenSection,
  pathOf,
  type Reader,
  reportDamage,
  wrong,
} from "./qemu-reader.ts";
import { adoptRam, isUnseenRamPart } from "./qemu-unseen.ts";

/** Reads the header of a START or FULL section. */
export function* openSection(reader: Reader, kind: SectionKind): Steps {
  const { cursor, known } = reader;
  const offset = cursor.offset;
  const header = yield* cursor.struct(SectionHeader, { within: pathOf(reader) });
  const { sectionId: id, idstr, instanceId: instance, versionId: version } = header;
  if (!isPlausible(idstr, idstr === "ram" ? 4 : version)) {
    const found = `${JSON.stringify(idstr.slice(0, 40))} version ${version}`;
    throw wrong(reader, "SectionHeader.idstr", offset + 6, "the name of a section", found);
  }
  if (!isPlausibleId(id))
    throw wrong(reader, "SectionHeader.sectionId", offset + 1, "the number of a section", String(id));
  const before = known.get(id);
  if (before && before.idstr !== idstr)
    find(reader, "SECTION_ID_UNIQUE", "error", offset, { id, expected: before.idstr, found: idstr });
  reader.open = { kind, id, idstr, instance, version, offset, payloadOffset: cursor.offset };
  known.set(id, reader.open);
  if (idstr === "ram") reader.ramSection = reader.open;
}

/** Reads the header of a PART or END section. */
export function* reopenSection(reader: Reader, kind: SectionKind): Steps {
  const { cursor, known } = reader;
  const offset = cursor.offset;
  yield* cursor.need(5, `${pathOf(reader)}.SectionPartHeader`);
  const id = cursor.view.getUint32(cursor.at + 1);
  const have = reader.unseen ? yield* cursor.upTo(13) : 5;
  const adopted = isUnseenRamPart(reader, cursor.at, cursor.at + have);
  const section = known.get(id) ?? (adopted ? adoptRam(reader, id, offset) : undefined);
  if (!section) {
    const found = String(id);
    throw wrong(
      reader,
      "SectionPartHeader.sectionId",
      offset + 1,
      "the id of a section that was started",
      found,
    );
  }
  yield* cursor.struct(SectionPartHeader, { within: pathOf(reader) });
  reader.open = { ...section, kind, offset, payloadOffset: cursor.offset };
}

/** Reads the payload of the open section, by its name. */
export function* readPayload(reader: Reader): Steps<Understanding> {
  const { open } = reader;
  if (!open) return "damaged";
  const { idstr, version, kind } = open;
  if (idstr === "ram") {
    if (version !== 4 && kind === "start")
      find(reader, "RAM_VERSION_SUPPORTED", "error", open.offset, { expected: 4, found: version });
    return yield* readRam(reader);
  }
  const walker = kind === "full" ? undefined : WALKERS[idstr];
  if (walker) return yield* walker(reader);
  if (kind === "full" ? yield* readDevice(reader) : yield* delimitPart(reader)) return "delimited";
  throw new DecodeError({
    code: "truncated",
    path: `${pathOf(reader)}.${idstr}`,
    offset: reader.cursor.offset,
    need: 5,
    have: 0,
  });
}

/** A part of an iterative section that no walker knows. */
function* delimitPart(reader: Reader): Steps<boolean> {
  const start = reader.cursor.offset;
  const { found } = yield* delimit(reader);
  traceDelimited(reader, start);
  return found;
}

/** Reads the footer and closes the section. Streams of old machine types have none, which the first section tells. */
export function* endSection(reader: Reader, understood: Understanding): Steps {
  const { cursor, open } = reader;
  if (!open) return;
  const end = cursor.offset;
  let have = yield* cursor.upTo(FOOTER_LENGTH);
  const stands = have > 0 && cursor.bytes[cursor.at] === SECTION_FOOTER;
  // More is only waited for where it decides: a section must be told when it has come, not with the next one.
  const own = stands && have === FOOTER_LENGTH && cursor.view.getUint32(cursor.at + 1) === open.id;
  if (!own) have = yield* cursor.upTo(BOUNDARY_LENGTH);
  if (reader.footers === undefined && understood !== "damaged")
    reader.footers =
      stands || have === 0 || !isNext(reader.known, cursor.view, cursor.at, cursor.at + have, false);
  if (reader.footers === false) return closeSection(reader, false, end, understood);
  yield* cursor.need(5, `${pathOf(reader)}.SectionFooter`);
  const id = cursor.view.getUint32(cursor.at + 1);
  if (!stands || id !== open.id) {
    const found = stands
      ? `footer of section ${id}`
      : `byte 0x${(cursor.bytes[cursor.at] ?? 0).toString(16)}`;
    const error = wrong(reader, "SectionFooter", end, `footer of section ${open.id}`, found);
    if (!stands || !adoptId(reader, open, id, cursor.at + have)) throw error;
    reportDamage(reader, error);
  }
  yield* cursor.struct(SectionFooter, { within: pathOf(reader) });
  closeSection(reader, true, end, understood);
}

/** The id in a START header was damaged, when its footer has one that nobody else has and later parts use. */
function adoptId(reader: Reader, open: OpenSection, id: number, end: number): boolean {
  const { cursor, known } = reader;
  if (open.kind !== "start" || known.has(id)) return false;
  known.set(id, { ...open, id });
  const sound = isFooter(id, cursor.view, cursor.at, end, known);
  if (!sound) known.delete(id);
  return sound;
}
