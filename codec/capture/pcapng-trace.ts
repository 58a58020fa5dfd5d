import { read, type Span, type StructDef } from "../layout/index.ts";
import { type CaptureFile, traceRaw } from "./capture-file.ts";
import {
  PcapngBlockHeader,
  PcapngBlockTrailer,
  PcapngEnhancedPacket,
  PcapngInterface,
  PcapngObsoletePacket,
  PcapngOption,
  PcapngSectionHeader,
  PcapngSimplePacket,
} from "./pcapng.ts";

const HEADERS: Readonly<Record<number, StructDef>> = {
  0x0a0d0d0a: PcapngSectionHeader,
  1: PcapngInterface,
  2: PcapngObsoletePacket,
  3: PcapngSimplePacket,
  6: PcapngEnhancedPacket,
};

/** Traces the block at hand, which is whole: its header, options and the length at its end by name, the rest as it is. */
export function traceBlock(file: CaptureFile, length: number, little: boolean): void {
  const { cursor, network } = file;
  const endian = little ? ("le" as const) : ("be" as const);
  const block = cursor.bytes.subarray(cursor.at, cursor.at + length);
  const base = cursor.offset;
  const type = cursor.view.getUint32(cursor.at, little);
  const within = type === 6 || type === 3 || type === 2 ? `packets[${network.capture.packets}]` : "capture";
  const trace = (span: Span) => cursor.trace?.(span);
  const inner = block.subarray(0, length - 4);
  const options = { endian, within, trace, base };
  const fits = HEADERS[type];
  const least = fits ? sizeOf(fits) : 0;
  const def = fits && least <= inner.length ? fits : PcapngBlockHeader;
  let at = read(def, inner, options).end;
  if (type === 1 || type === 0x0a0d0d0a) at = traceOptions(inner, at, options);
  traceRaw(file, `${within}.data`, base + at, base + inner.length);
  read(PcapngBlockTrailer, block, { ...options, at: inner.length });
}

function sizeOf(def: StructDef): number {
  return { PcapngSectionHeader: 24, PcapngInterface: 16, PcapngSimplePacket: 12 }[def.name] ?? 28;
}

function traceOptions(
  block: Uint8Array,
  from: number,
  options: { endian: "be" | "le"; within: string; trace: (span: Span) => void; base: number },
): number {
  let at = from;
  for (let count = 0; block.length - at >= 4; count++) {
    const within = `${options.within}.options[${count}]`;
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    const length = view.getUint16(at + 2, options.endian === "le");
    const next = at + 4 + length + ((4 - (length % 4)) % 4);
    if (next > block.length) break;
    const { code } = read(PcapngOption, block, { ...options, within, at }).value;
    if (next > at + 4)
      options.trace({
        path: `${within}.value`,
        start: options.base + at + 4,
        end: options.base + next,
        value: block.subarray(at + 4, at + 4 + length),
        field: { kind: "bytes", length, doc: "Value of the option." },
      });
    at = next;
    if (code === 0) break;
  }
  return at;
}
