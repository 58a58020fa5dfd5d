import {
  CookedHeader,
  CookedHeader2,
  EthernetHeader,
  Ipv4Header,
  Ipv6FragmentHeader,
  Ipv6Header,
  TcpHeader,
  VlanTag,
} from "../codec/capture/protocol-headers.ts";
import { concat, type Endian, encode } from "../codec/layout/index.ts";

// Packets built from the tables, so that the readers' own scanners are held to them.

export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const ACK = 16;

/** A TCP segment and the addresses it travels between; `from` and `to` are whole addresses. */
export interface Segment {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  readonly data?: Uint8Array;
  /** Bytes of TCP options. */
  readonly options?: number;
}

const NONE = new Uint8Array(0);

export function tcp(segment: Segment): Uint8Array<ArrayBuffer> {
  const { sourcePort, destinationPort, sequence, acknowledgement, flags, data = NONE, options = 0 } = segment;
  const header = encode(TcpHeader, {
    sourcePort,
    destinationPort,
    sequence: sequence >>> 0,
    acknowledgement: acknowledgement >>> 0,
    headerLength: ((20 + options) / 4) << 4,
    flags,
    window: 512,
    checksum: 0,
    urgent: 0,
  });
  return concat([header, new Uint8Array(options).fill(1), data]);
}

export interface Ipv4Options {
  /** Bytes of IP options. */
  readonly options?: number;
  readonly protocol?: number;
  readonly identification?: number;
  readonly fragmentOffset?: number;
  readonly more?: boolean;
  readonly totalLength?: number;
}

export function ipv4(
  from: readonly number[],
  to: readonly number[],
  payload: Uint8Array,
  how: Ipv4Options = {},
): Uint8Array<ArrayBuffer> {
  const { options = 0, protocol = 6, identification = 7, fragmentOffset = 0, more = false } = how;
  const header = encode(Ipv4Header, {
    versionAndLength: 0x40 + (20 + options) / 4,
    service: 0,
    totalLength: how.totalLength ?? 20 + options + payload.length,
    identification,
    fragment: (more ? 0x2000 : 0) + fragmentOffset / 8,
    timeToLive: 64,
    protocol,
    checksum: 0,
    source: Uint8Array.from(from),
    destination: Uint8Array.from(to),
  });
  return concat([header, new Uint8Array(options).fill(1), payload]);
}

/** Extension headers are given with their types, outermost first; the next header field of each is filled in. */
export function ipv6(
  from: readonly number[],
  to: readonly number[],
  payload: Uint8Array,
  extensions: readonly (readonly [type: number, bytes: Uint8Array])[] = [],
  payloadLength?: number,
  protocol = 6,
): Uint8Array<ArrayBuffer> {
  const parts = extensions.map(([, bytes], i) => bytes.with(0, extensions[i + 1]?.[0] ?? protocol));
  const body = concat([...parts, payload]);
  const header = encode(Ipv6Header, {
    versionAndFlow: 0x60000000,
    payloadLength: payloadLength ?? body.length,
    nextHeader: extensions[0]?.[0] ?? protocol,
    hopLimit: 64,
    source: Uint8Array.from(from),
    destination: Uint8Array.from(to),
  });
  return concat([header, body]);
}

export function ipv6Fragment(offset: number, more: boolean, identification = 9): Uint8Array {
  const fragment = offset + (more ? 1 : 0);
  return encode(Ipv6FragmentHeader, { nextHeader: 0, reserved: 0, fragment, identification });
}

/** A segment as the network layer carries it. */
export function ip(segment: Segment): Uint8Array<ArrayBuffer> {
  const { from, to } = segment;
  return from.length === 4 ? ipv4(from, to, tcp(segment)) : ipv6(from, to, tcp(segment));
}

const typeOf = (packet: Uint8Array) => ((packet[0] ?? 0) >>> 4 === 6 ? 0x86dd : 0x0800);
const MAC = new Uint8Array(6).fill(2);

/** An Ethernet frame, padded to 60 bytes; `tags` are the Ethernet types of its VLAN tags, outermost first. */
export function ethernet(
  packet: Uint8Array,
  tags: readonly number[] = [],
  type = typeOf(packet),
): Uint8Array {
  const types = [...tags, type];
  const first = encode(EthernetHeader, { destination: MAC, source: MAC, protocol: types[0] ?? 0 });
  const rest = tags.map((_, i) => encode(VlanTag, { control: 5 + i, protocol: types[i + 1] ?? 0 }));
  const frame = concat([first, ...rest, packet]);
  return frame.length < 60 ? concat([frame, new Uint8Array(60 - frame.length).fill(0xee)]) : frame;
}

const address = new Uint8Array(8);

export function cooked(packet: Uint8Array): Uint8Array {
  const header = { packetType: 0, hardwareType: 772, addressLength: 6, address, protocol: typeOf(packet) };
  return concat([encode(CookedHeader, header), packet]);
}

export function cooked2(packet: Uint8Array): Uint8Array {
  const header = encode(CookedHeader2, {
    protocol: typeOf(packet),
    reserved: 0,
    interfaceIndex: 1,
    hardwareType: 772,
    packetType: 0,
    addressLength: 6,
    address,
  });
  return concat([header, packet]);
}

/** BSD loopback: the address family in the byte order of the machine, then the packet. */
export function loopback(packet: Uint8Array, endian: Endian, family6 = 30): Uint8Array {
  const header = new Uint8Array(4);
  const family = typeOf(packet) === 0x86dd ? family6 : 2;
  new DataView(header.buffer).setUint32(0, family, endian === "le");
  return concat([header, packet]);
}
