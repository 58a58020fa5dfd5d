import { type CaptureState, report, unparsable } from "./capture-state.ts";
import { type Network, readIpv4, readIpv6 } from "./ip.ts";
import { ETHERTYPE_IPV4, ETHERTYPE_IPV6 } from "./protocol-headers.ts";

const NULL = 0;
const ETHERNET = 1;
const RAW_BSD = 12;
const RAW_OPENBSD = 14;
const RAW = 101;
const LOOP = 108;
const COOKED = 113;
const RAW_IPV4 = 228;
const RAW_IPV6 = 229;
const COOKED_2 = 276;

/** Takes in the packet as it was captured on an interface of this LINKTYPE. */
export function readLink(network: Network, linkType: number): void {
  const { capture } = network;
  const { packet } = capture;
  const { view, at, end } = packet;
  switch (linkType) {
    case ETHERNET:
      readEthertype(network, 12);
      break;
    case COOKED:
      readEthertype(network, 14);
      break;
    case COOKED_2:
      if (end - at < 20) unparsable(capture);
      else {
        packet.at = at + 20;
        readNetwork(network, view.getUint16(at));
      }
      break;
    case RAW:
    case RAW_BSD:
    case RAW_OPENBSD:
      if (end - at < 1) unparsable(capture);
      else if (view.getUint8(at) >>> 4 === 6) readIpv6(network);
      else readIpv4(network);
      break;
    case RAW_IPV4:
      readIpv4(network);
      break;
    case RAW_IPV6:
      readIpv6(network);
      break;
    case NULL:
    case LOOP:
      readFamily(network);
      break;
    default:
      capture.otherPackets++;
      reportStrangeLink(capture, linkType);
  }
}

/** The link layer ends with an Ethernet type `before` bytes on. */
function readEthertype(network: Network, before: number): void {
  const { packet } = network.capture;
  const { view, at, end } = packet;
  if (end - at < before + 2) {
    unparsable(network.capture);
    return;
  }
  packet.at = at + before + 2;
  readNetwork(network, view.getUint16(at + before));
}

const isVlan = (type: number) => type === 0x8100 || type === 0x88a8 || type === 0x9100;

function readNetwork(network: Network, ethertype: number): void {
  const { capture } = network;
  const { packet } = capture;
  let type = ethertype;
  while (isVlan(type)) {
    if (packet.end - packet.at < 4) {
      unparsable(capture);
      return;
    }
    type = packet.view.getUint16(packet.at + 2);
    packet.at += 4;
  }
  if (type === ETHERTYPE_IPV4) readIpv4(network);
  else if (type === ETHERTYPE_IPV6) readIpv6(network);
  else capture.otherPackets++;
}

/** AF_ numbers differ between systems, and stand in the byte order of the one that captured. */
function readFamily(network: Network): void {
  const { capture } = network;
  const { packet } = capture;
  const { view, at, end } = packet;
  if (end - at < 4) {
    unparsable(capture);
    return;
  }
  packet.at = at + 4;
  const big = view.getUint32(at);
  const family = big < 2 ** 16 ? big : view.getUint32(at, true);
  if (family === 2) readIpv4(network);
  else if (family === 24 || family === 28 || family === 30 || family === 10) readIpv6(network);
  else capture.otherPackets++;
}

function reportStrangeLink(capture: CaptureState, linkType: number): void {
  if (capture.strangeLinks.has(linkType)) return;
  capture.strangeLinks.add(linkType);
  const { packets, packet } = capture;
  const subject = `packet ${packets}`;
  const args = { linkType };
  report(capture, { rule: "CAPTURE_LINK_TYPE_READ", level: "error", subject, offset: packet.offset, args });
}
