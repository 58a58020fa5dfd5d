import { CONTINUE, KNOWN_FLAGS, PAGE_KINDS } from "./qemu-ram.ts";
import { noPages, type RamState } from "./qemu-ram-state.ts";
import type { OpenSection, Reader } from "./qemu-reader.ts";

/** From here on sections and blocks may turn up that nothing has announced: the beginning of the stream was not seen. */
export function forgetBeginning(reader: Reader): void {
  const { ram } = reader;
  if (reader.unseen) return;
  reader.unseen = true;
  ram.totalBytes = Number.MAX_SAFE_INTEGER;
  ram.current = { idstr: "", index: -1, usedLength: Number.MAX_SAFE_INTEGER, pages: noPages() };
  ram.byName.set("", ram.current);
}

/** Tells the blocks that records named without a list that would have announced them. */
export function tellUnannounced({ ram, cursor, sink }: Reader): void {
  const blocks = [...ram.byName.values()].filter(({ pages }) =>
    Object.values(pages).some((count) => count > 0),
  );
  const reading = { ignoreShared: false, ignoreSharedFlag: false, postcopyPageSize: false, mappedRam: false };
  if (!ram.reading) sink.event({ kind: "ram-blocks", offset: cursor.offset, totalBytes: 0, blocks, reading });
}

/** Whether the header of a section part stands at `at` that can only be one of RAM, because a RAM record follows. */
export function isUnseenRamPart(reader: Reader, at: number, end: number): boolean {
  const { view } = reader.cursor;
  return (
    reader.unseen && end - at >= 13 && view.getUint16(at + 1) === 0 && isRecordWord(reader.ram, view, at + 5)
  );
}

export function makeRamSection(id: number, offset: number): OpenSection {
  return { kind: "start", id, idstr: "ram", instance: 0, version: 4, offset, payloadOffset: offset };
}

/** Takes the section of this id for that of RAM. */
export function adoptRam(reader: Reader, id: number, offset: number): OpenSection {
  const section = makeRamSection(id, offset);
  reader.known.set(id, section);
  reader.ramSection = section;
  return section;
}

function isRecordWord({ pageSize }: RamState, view: DataView, at: number): boolean {
  const flags = view.getUint32(at + 4) & (pageSize - 1);
  const kind = flags & ~CONTINUE;
  const single = kind !== 0 && (kind & (kind - 1)) === 0 && (kind & ~KNOWN_FLAGS) === 0;
  return single && view.getUint16(at) === 0 && (kind === flags || (kind & PAGE_KINDS) !== 0);
}
