import { PcapFileHeader, PcapModifiedPart, PcapRecordHeader } from "../codec/capture/pcap.ts";
import {
  PcapngBlockHeader,
  PcapngBlockTrailer,
  PcapngEnhancedPacket,
  PcapngInterface,
  PcapngObsoletePacket,
  PcapngOption,
  PcapngSectionHeader,
  PcapngSimplePacket,
} from "../codec/capture/pcapng.ts";
import { concat, type Endian, encode } from "../codec/layout/index.ts";

/** A packet for a capture file. `time` is in microseconds since 1970; `cut` is the length kept of it. */
export interface Captured {
  readonly data: Uint8Array;
  readonly time?: number;
  readonly cut?: number;
}

export interface PcapOptions {
  readonly endian?: Endian;
  readonly magic?: number;
  readonly linkType?: number;
  readonly snapLength?: number;
}

const START = 1_700_000_000_000_000;

/** A pcap file; packets are a millisecond apart unless they say otherwise. */
export function pcapFile(packets: readonly Captured[], options: PcapOptions = {}): Uint8Array<ArrayBuffer> {
  const { endian = "le", magic = 0xa1b2c3d4, linkType = 1, snapLength = 262144 } = options;
  const header = { magic, versionMajor: 2, versionMinor: 4, thisZone: 0, significantFigures: 0 };
  const parts = [encode(PcapFileHeader, { ...header, snapLength, linkType }, { endian })];
  packets.forEach(({ data, time, cut = data.length }, i) => {
    const now = time ?? START + 1000 * i;
    const record = {
      seconds: Math.floor(now / 1e6),
      fraction: magic === 0xa1b23c4d ? (now % 1e6) * 1000 : now % 1e6,
      capturedLength: Math.min(cut, data.length),
      originalLength: data.length,
    };
    parts.push(encode(PcapRecordHeader, record, { endian }));
    if (magic === 0xa1b2cd34)
      parts.push(encode(PcapModifiedPart, { interfaceIndex: i, protocol: 0, packetType: 0 }, { endian }));
    parts.push(data.slice(0, cut));
  });
  return concat(parts);
}

const padded = (bytes: Uint8Array) => concat([bytes, new Uint8Array((4 - (bytes.length % 4)) % 4)]);

function option(endian: Endian, code: number, value: Uint8Array): Uint8Array {
  return concat([encode(PcapngOption, { code, length: value.length }, { endian }), padded(value)]);
}

/** Blocks of one section, all in its byte order. */
export function pcapng(endian: Endian = "le") {
  const close = (make: (totalLength: number) => Uint8Array): Uint8Array<ArrayBuffer> => {
    const totalLength = make(0).length + 4;
    return concat([make(totalLength), encode(PcapngBlockTrailer, { totalLength }, { endian })]);
  };
  const packet = (id: number, high: number, low: number, { data, cut = data.length }: Captured) => ({
    interfaceId: id,
    timeHigh: high,
    timeLow: low,
    capturedLength: Math.min(cut, data.length),
    originalLength: data.length,
  });
  return {
    section: () =>
      close((totalLength) =>
        encode(
          PcapngSectionHeader,
          {
            type: 0x0a0d0d0a,
            totalLength,
            byteOrderMagic: 0x1a2b3c4d,
            versionMajor: 1,
            versionMinor: 0,
            sectionLengthLow: 0xffffffff,
            sectionLengthHigh: 0xffffffff,
          },
          { endian },
        ),
      ),
    interface: (
      linkType: number,
      {
        resolution,
        offset,
        snapLength = 0,
      }: { resolution?: number; offset?: bigint; snapLength?: number } = {},
    ) => {
      const options = [option(endian, 2, new TextEncoder().encode("lo"))];
      if (resolution !== undefined) options.push(option(endian, 9, Uint8Array.of(resolution)));
      if (offset !== undefined) {
        const value = new Uint8Array(8);
        new DataView(value.buffer).setBigInt64(0, offset, endian === "le");
        options.push(option(endian, 14, value));
      }
      options.push(option(endian, 0, new Uint8Array(0)));
      return close((totalLength) =>
        concat([
          encode(PcapngInterface, { type: 1, totalLength, linkType, snapLength }, { endian }),
          ...options,
        ]),
      );
    },
    /** `ticks` in units of the interface's resolution. */
    enhanced: (id: number, ticks: bigint, captured: Captured, comment?: string) =>
      close((totalLength) =>
        concat([
          encode(
            PcapngEnhancedPacket,
            {
              type: 6,
              totalLength,
              ...packet(id, Number(ticks >> 32n), Number(ticks & 0xffffffffn), captured),
            },
            { endian },
          ),
          padded(captured.data.slice(0, captured.cut)),
          comment === undefined
            ? new Uint8Array(0)
            : concat([
                option(endian, 1, new TextEncoder().encode(comment)),
                option(endian, 0, new Uint8Array(0)),
              ]),
        ]),
      ),
    obsolete: (id: number, ticks: bigint, captured: Captured) =>
      close((totalLength) =>
        concat([
          encode(
            PcapngObsoletePacket,
            {
              type: 2,
              totalLength,
              dropsCount: 0xffff,
              ...packet(id, Number(ticks >> 32n), Number(ticks & 0xffffffffn), captured),
            },
            { endian },
          ),
          padded(captured.data.slice(0, captured.cut)),
        ]),
      ),
    simple: ({ data, cut }: Captured) =>
      close((totalLength) =>
        concat([
          encode(PcapngSimplePacket, { type: 3, totalLength, originalLength: data.length }, { endian }),
          padded(data.slice(0, cut)),
        ]),
      ),
    other: (type: number, body: Uint8Array) =>
      close((totalLength) =>
        concat([encode(PcapngBlockHeader, { type, totalLength }, { endian }), padded(body)]),
      ),
  };
}
