import { zlibSync } from "fflate";
import {
  CONFIGURATION,
  ConfigurationHeader,
  EndOfFile,
  EOF,
  FILE_MAGIC,
  FILE_VERSION,
  FileHeader,
  SECTION_END,
  SECTION_FOOTER,
  SECTION_PART,
  SECTION_START,
  SectionFooter,
  SectionHeader,
  SectionPartHeader,
  SUBSECTION,
  SubsectionHeader,
  TargetPageBits,
} from "../codec/formats/qemu-file.ts";
import * as ram from "../codec/formats/qemu-ram.ts";
import { encode, encodeText } from "../codec/layout/index.ts";

/** Section id of RAM in the streams built here. */
export const RAM_ID = 2;

export interface BlockSpec {
  readonly idstr: string;
  readonly usedLength: number;
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

/** A page whose bytes follow from `seed` and are never all alike. */
export function pageOf(seed: number, size = 4096): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, i) => (seed * 31 + i * 7 + (i >> 8)) & 0xff);
}

export function header(version = FILE_VERSION): Uint8Array {
  return encode(FileHeader, { magic: FILE_MAGIC, version });
}

export function configuration(
  machine: string,
  { targetPageBits }: { targetPageBits?: number } = {},
): Uint8Array {
  const name = encodeText(machine);
  const head = encode(ConfigurationHeader, { type: CONFIGURATION, nameLength: name.length });
  if (targetPageBits === undefined) return concat(head, name);
  const idstr = "configuration/target-page-bits";
  const subsection = encode(SubsectionHeader, {
    type: SUBSECTION,
    idLength: idstr.length,
    idstr,
    versionId: 1,
  });
  return concat(head, name, subsection, encode(TargetPageBits, { targetPageBits }));
}

export function footer(sectionId = RAM_ID): Uint8Array {
  return encode(SectionFooter, { type: SECTION_FOOTER, sectionId });
}

export function eof(): Uint8Array {
  return encode(EndOfFile, { type: EOF });
}

/** The START section of RAM: the block list and nothing else. */
export function ramStart(blocks: readonly BlockSpec[]): Uint8Array {
  const [type, idstr] = [SECTION_START, "ram"];
  const head = { type, sectionId: RAM_ID, idLength: idstr.length, idstr, instanceId: 0, versionId: 4 };
  return concat(encode(SectionHeader, head), blockList(blocks), eos(), footer());
}

/** A PART or END section of RAM with the given records. */
export function ramPart(
  records: readonly Uint8Array[],
  type: typeof SECTION_PART | typeof SECTION_END = SECTION_PART,
): Uint8Array {
  return concat(encode(SectionPartHeader, { type, sectionId: RAM_ID }), ...records, eos(), footer());
}

export function ramEnd(records: readonly Uint8Array[] = []): Uint8Array {
  return ramPart(records, SECTION_END);
}

export function blockList(blocks: readonly BlockSpec[]): Uint8Array {
  const total = blocks.reduce((sum, { usedLength }) => sum + usedLength, 0);
  const entries = blocks.map(({ idstr, usedLength }) =>
    encode(ram.RamBlockEntry, { nameLength: encodeText(idstr).length, idstr, usedLength }),
  );
  return concat(ramWord(total, ram.MEM_SIZE), ...entries);
}

export function eos(): Uint8Array {
  return ramWord(0, ram.EOS);
}

export function multifdFlush(): Uint8Array {
  return ramWord(0, ram.MULTIFD_FLUSH);
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
