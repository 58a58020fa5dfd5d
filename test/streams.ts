import { zlibSync } from "fflate";
import { CommandHeader, PACKAGED, PackagedPayload } from "../codec/formats/stream/qemu-command.ts";
import * as file from "../codec/formats/stream/qemu-file.ts";
import * as ram from "../codec/formats/stream/qemu-ram.ts";
import { encode, encodeText } from "../codec/layout/index.ts";

/** Section id of RAM in the streams built here. */
export const RAM_ID = 2;

export interface BlockSpec {
  readonly idstr: string;
  readonly usedLength: number;
  /** Told with postcopy-ram, for pages that are not of the host's size. */
  readonly pageSize?: number;
  /** Told with x-ignore-shared. */
  readonly address?: bigint;
  /** Told with x-ignore-shared by 4.0. */
  readonly ignoredFlag?: number;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A stream of named pieces, and where each begins. */
export function lay<Name extends string>(pieces: Readonly<Record<Name, Uint8Array>>) {
  const at = {} as Record<Name, number>;
  let offset = 0;
  for (const name in pieces) {
    at[name] = offset;
    offset += pieces[name].length;
  }
  return { data: concat(...Object.values<Uint8Array>(pieces)), at };
}

/** A page whose bytes follow from `seed` and are never all alike. */
export function pageOf(seed: number, size = 4096): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, i) => (seed * 31 + i * 7 + (i >> 8)) & 0xff);
}

export function header(version = file.FILE_VERSION): Uint8Array {
  return encode(file.FileHeader, { magic: file.FILE_MAGIC, version });
}

export interface ConfigurationSpec {
  readonly targetPageBits?: number;
  readonly capabilities?: readonly string[];
  readonly uuid?: string;
}

export function configuration(machine: string, spec: ConfigurationSpec = {}): Uint8Array {
  const { targetPageBits, capabilities, uuid } = spec;
  const name = encodeText(machine);
  const parts: Uint8Array[] = [
    encode(file.ConfigurationHeader, { type: file.CONFIGURATION, nameLength: name.length }),
    name,
  ];
  if (targetPageBits !== undefined)
    parts.push(subsection("target-page-bits"), encode(file.TargetPageBits, { targetPageBits }));
  if (capabilities) {
    const names = capabilities.map((capability) => ({ nameLength: capability.length, capability }));
    parts.push(subsection("capabilities"), encode(file.Capabilities, { count: names.length, names }));
  }
  if (uuid !== undefined) parts.push(subsection("uuid"), encode(file.ConfigurationUuid, { uuid }));
  return concat(...parts);
}

function subsection(name: string): Uint8Array {
  const idstr = `configuration/${name}`;
  return encode(file.SubsectionHeader, {
    type: file.SUBSECTION,
    idLength: idstr.length,
    idstr,
    versionId: 1,
  });
}

export function footer(sectionId = RAM_ID): Uint8Array {
  return encode(file.SectionFooter, { type: file.SECTION_FOOTER, sectionId });
}

export function eof(): Uint8Array {
  return encode(file.EndOfFile, { type: file.EOF });
}

export function vmdesc(json: unknown): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(json));
  return concat(encode(file.VmDescriptionHeader, { type: file.VMDESCRIPTION, length: text.length }), text);
}

export function command(number: number, payload: Uint8Array = new Uint8Array(0)): Uint8Array {
  const { length } = payload;
  return concat(encode(CommandHeader, { type: file.COMMAND, command: number, length }), payload);
}

export function packaged(...inner: readonly Uint8Array[]): Uint8Array {
  const body = concat(...inner);
  return concat(command(PACKAGED, encode(PackagedPayload, { length: body.length })), body);
}

/** Header of a START or FULL section. */
export function sectionHeader(
  type: typeof file.SECTION_START | typeof file.SECTION_FULL,
  sectionId: number,
  idstr: string,
  versionId = 1,
): Uint8Array {
  const idLength = encodeText(idstr).length;
  return encode(file.SectionHeader, { type, sectionId, idLength, idstr, instanceId: 0, versionId });
}

/** Header of a PART or END section. */
export function partHeader(
  type: typeof file.SECTION_PART | typeof file.SECTION_END,
  sectionId = RAM_ID,
): Uint8Array {
  return encode(file.SectionPartHeader, { type, sectionId });
}

/** A whole device section. */
export function device(sectionId: number, idstr: string, state: Uint8Array, version = 1): Uint8Array {
  return concat(sectionHeader(file.SECTION_FULL, sectionId, idstr, version), state, footer(sectionId));
}

/** The START section of RAM: the block list and nothing else. */
export function ramStart(blocks: readonly BlockSpec[]): Uint8Array {
  return concat(sectionHeader(file.SECTION_START, RAM_ID, "ram", 4), blockList(blocks), eos(), footer());
}

/** A PART or END section of RAM with the given records. */
export function ramPart(
  records: readonly Uint8Array[],
  type: typeof file.SECTION_PART | typeof file.SECTION_END = file.SECTION_PART,
): Uint8Array {
  return concat(partHeader(type), ...records, eos(), footer());
}

export function ramEnd(records: readonly Uint8Array[] = []): Uint8Array {
  return ramPart(records, file.SECTION_END);
}

export function blockList(blocks: readonly BlockSpec[]): Uint8Array {
  return concat(
    memSize(blocks.reduce((sum, { usedLength }) => sum + usedLength, 0)),
    ...blocks.map(blockEntry),
  );
}

export function memSize(total: number): Uint8Array {
  return ramWord(total, ram.MEM_SIZE);
}

export function blockEntry(block: BlockSpec): Uint8Array {
  const context = {
    postcopyPageSize: block.pageSize !== undefined,
    ignoreShared: block.address !== undefined,
    ignoreSharedFlag: block.ignoredFlag !== undefined,
  };
  return encode(ram.RamBlockEntry, { nameLength: encodeText(block.idstr).length, ...block }, { context });
}

/** A block of a mapped-ram file as it begins at `at`: entry, header, bitmap and the pages present. */
export function mappedBlock(
  at: number,
  block: BlockSpec,
  present: readonly number[],
  { pageSize = 4096, align = 1 << 20 } = {},
): Uint8Array {
  const entry = blockEntry(block);
  const bitmapOffset = at + entry.length + 28;
  const bitmap = new Uint8Array(8 * Math.ceil(block.usedLength / pageSize / 64));
  const pagesOffset = Math.ceil((bitmapOffset + bitmap.length) / align) * align;
  const pages = new Uint8Array(block.usedLength);
  for (const page of present) {
    bitmap[page >> 3] = (bitmap[page >> 3] ?? 0) | (1 << (page & 7));
    pages.set(pageOf(page, pageSize), page * pageSize);
  }
  const head = encode(ram.MappedRamHeader, { version: 1, pageSize, bitmapOffset, pagesOffset });
  const padding = new Uint8Array(pagesOffset - bitmapOffset - bitmap.length);
  return concat(entry, head, bitmap, padding, pages);
}

export function eos(): Uint8Array {
  return ramWord(0, ram.EOS);
}

export function multifdFlush(): Uint8Array {
  return ramWord(0, ram.MULTIFD_FLUSH);
}

export function hook(): Uint8Array {
  return ramWord(0, ram.HOOK);
}

/** Page records name their block; without a name they go on with the block before. */
export function zeroPage(offset: number, block?: string, fill = 0): Uint8Array {
  return concat(pageHead(offset, ram.ZERO, block), encode(ram.ZeroPage, { fill }));
}

export function normalPage(offset: number, page: Uint8Array, block?: string): Uint8Array {
  return concat(pageHead(offset, ram.PAGE, block), page);
}

export function xbzrlePage(offset: number, encoded: Uint8Array, block?: string): Uint8Array {
  const head = encode(ram.XbzrlePage, { encoding: 1, length: encoded.length });
  return concat(pageHead(offset, ram.XBZRLE, block), head, encoded);
}

export function compressedPage(offset: number, page: Uint8Array, block?: string): Uint8Array {
  const data = zlibSync(page);
  return concat(
    pageHead(offset, ram.COMPRESS_PAGE, block),
    encode(ram.CompressedPage, { length: data.length }),
    data,
  );
}

function pageHead(offset: number, flags: number, block: string | undefined): Uint8Array {
  if (block === undefined) return ramWord(offset, flags | ram.CONTINUE);
  const name = { nameLength: encodeText(block).length, idstr: block };
  return concat(ramWord(offset, flags), encode(ram.RamBlockName, name));
}

function ramWord(value: number, flags: number): Uint8Array {
  return encode(ram.RamRecord, { word: BigInt(value) | BigInt(flags) });
}

/** A whole stream of RAM alone: the block list, one part with the records, an empty end. */
export function ramStream(
  blocks: readonly BlockSpec[],
  records: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  return concat(header(), configuration("none"), ramStart(blocks), ramPart(records), ramEnd(), eof());
}
