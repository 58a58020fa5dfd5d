import { type CaptureState, unparsable } from "./capture-state.ts";
import { addFragment, type Fragments, type Whole } from "./fragments.ts";
import { readTcp } from "./tcp.ts";
import type { Address } from "./tcp-flow.ts";
import type { TcpState } from "./tcp-state.ts";

const TCP = 6;
const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
const AUTHENTICATION = 51;
const DESTINATION_OPTIONS = 60;

const MORE_FRAGMENTS = 0x2000;

/** What the network layer works with. */
export interface Network {
  readonly capture: CaptureState;
  readonly tcp: TcpState;
  readonly fragments: Fragments;
}

/** Takes in an IPv4 packet. Its length may be 0 where the network card was to cut it up: then it is all that was captured. */
export function readIpv4(network: Network): void {
  const { capture, tcp } = network;
  const { packet } = capture;
  const { view, at, end } = packet;
  if (end - at < 20) {
    unparsable(capture);
    return;
  }
  const first = view.getUint8(at);
  const headerLength = (first & 15) * 4;
  const totalLength = view.getUint16(at + 2);
  if (first >>> 4 !== 4 || headerLength < 20 || (totalLength > 0 && totalLength < headerLength)) {
    unparsable(capture);
    return;
  }
  if (!trim(capture, totalLength)) return;
  if (view.getUint8(at + 9) !== TCP) {
    capture.otherPackets++;
    return;
  }
  packet.at = at + headerLength;
  tcp.source.d = view.getInt32(at + 12);
  tcp.destination.d = view.getInt32(at + 16);
  const fragment = view.getUint16(at + 6);
  if ((fragment & 0x3fff) === 0) {
    readTcp4(tcp);
    return;
  }
  const key = `${view.getUint32(at + 12)} ${view.getUint32(at + 16)} ${view.getUint16(at + 4)}`;
  const more = (fragment & MORE_FRAGMENTS) !== 0;
  const whole = addFragment(capture, network.fragments, key, (fragment & 0x1fff) * 8, more);
  if (!whole) return;
  replace(capture, whole);
  readTcp4(tcp);
}

/** Cuts off what pads the packet behind its `length`. One that says it is longer than it was is damaged. */
function trim(capture: CaptureState, length: number): boolean {
  const { packet } = capture;
  const end = length > 0 ? packet.at + length : packet.wireEnd;
  if (end > packet.wireEnd) {
    unparsable(capture);
    return false;
  }
  packet.wireEnd = end;
  if (end < packet.end) packet.end = end;
  return true;
}

function readTcp4(tcp: TcpState): void {
  const { source, destination } = tcp;
  source.a = source.b = source.c = 0;
  destination.a = destination.b = destination.c = 0;
  readTcp(tcp, false);
}

/** Takes in an IPv6 packet. A payload length of 0 means a jumbogram: then it is all that was captured. */
export function readIpv6(network: Network): void {
  const { capture, tcp } = network;
  const { packet } = capture;
  const { view, at, end } = packet;
  if (end - at < 40 || view.getUint8(at) >>> 4 !== 6) {
    unparsable(capture);
    return;
  }
  const payloadLength = view.getUint16(at + 4);
  if (!trim(capture, payloadLength === 0 ? 0 : 40 + payloadLength)) return;
  packet.at = at + 40;
  readAddress(tcp.source, view, at + 8);
  readAddress(tcp.destination, view, at + 24);
  const protocol = skipExtensions(network, view.getUint8(at + 6));
  if (protocol === TCP) readTcp(tcp, true);
  else if (protocol >= 0) capture.otherPackets++;
}

function readAddress(address: Address, view: DataView, at: number): void {
  address.a = view.getInt32(at);
  address.b = view.getInt32(at + 4);
  address.c = view.getInt32(at + 8);
  address.d = view.getInt32(at + 12);
}

/** Steps over extension headers. Returns the protocol they lead to, or -1 when that is for another packet to tell. */
function skipExtensions(network: Network, protocol: number): number {
  const { capture } = network;
  const { packet } = capture;
  let next = protocol;
  while (isExtension(next)) {
    const { view, at, end } = packet;
    if (end - at < 8) {
      unparsable(capture);
      return -1;
    }
    const extension = next;
    next = view.getUint8(at);
    if (extension === FRAGMENT) {
      const fragment = view.getUint16(at + 2);
      packet.at = at + 8;
      if ((fragment & 0xfff9) === 0) continue;
      const whole = addFragment(
        capture,
        network.fragments,
        keyOf(network.tcp, view.getUint32(at + 4)),
        fragment & 0xfff8,
        (fragment & 1) !== 0,
      );
      if (!whole) return -1;
      replace(capture, whole);
    } else if (extension === AUTHENTICATION) packet.at = at + (view.getUint8(at + 1) + 2) * 4;
    else packet.at = at + (view.getUint8(at + 1) + 1) * 8;
  }
  return next;
}

function isExtension(protocol: number): boolean {
  return (
    protocol === HOP_BY_HOP ||
    protocol === ROUTING ||
    protocol === FRAGMENT ||
    protocol === AUTHENTICATION ||
    protocol === DESTINATION_OPTIONS
  );
}

function keyOf({ source, destination }: TcpState, identification: number): string {
  const words = [source.a, source.b, source.c, source.d, destination.a, destination.b, destination.c];
  return `${words.join(" ")} ${destination.d} ${identification}`;
}

/** Goes on with a datagram put together from fragments. */
function replace({ packet }: CaptureState, { data, length }: Whole): void {
  packet.bytes = data;
  packet.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  packet.at = 0;
  packet.end = data.length;
  packet.wireEnd = length;
}
