import { bytes, flags8, struct, u8, u16, u32 } from "../layout/index.ts";

const LINK = "Link layers";
const INTERNET = "Internet protocols";

export const ETHERTYPE_IPV4 = 0x0800;
export const ETHERTYPE_IPV6 = 0x86dd;

const Ethertype = {
  0x0800: { name: "IPV4", doc: "IPv4." },
  0x86dd: { name: "IPV6", doc: "IPv6." },
  0x8100: { name: "VLAN", doc: "An 802.1Q tag follows." },
  0x88a8: { name: "SERVICE_VLAN", doc: "An 802.1ad tag follows." },
} as const;

const protocol = u16("Ethernet type of what follows.", { values: Ethertype, format: "hex" });

export const EthernetHeader = struct({
  name: "EthernetHeader",
  endian: "be",
  doc: "Begins an Ethernet frame (LINKTYPE 1).",
  source: `${LINK}, IEEE 802.3`,
  fields: {
    destination: bytes("Address.", { length: 6 }),
    source: bytes("Address.", { length: 6 }),
    protocol,
  },
});

export const VlanTag = struct({
  name: "VlanTag",
  endian: "be",
  doc: "Follows the Ethernet type 0x8100 or 0x88a8; tags may be nested.",
  source: `${LINK}, IEEE 802.1Q`,
  fields: { control: u16("Priority, and the number of the VLAN in the low 12 bits."), protocol },
});

export const CookedHeader = struct({
  name: "CookedHeader",
  endian: "be",
  doc: "Stands for the link layer in a capture on all interfaces of Linux (LINKTYPE 113).",
  source: `${LINK}, LINKTYPE_LINUX_SLL`,
  fields: {
    packetType: u16("To us, broadcast, multicast, to others, or from us."),
    hardwareType: u16("ARPHRD_ of the interface."),
    addressLength: u16("Bytes of address that count."),
    address: bytes("Link layer address of the sender.", { length: 8 }),
    protocol,
  },
});

export const CookedHeader2 = struct({
  name: "CookedHeader2",
  endian: "be",
  doc: "Stands for the link layer in a capture on all interfaces of Linux, version 2 (LINKTYPE 276).",
  source: `${LINK}, LINKTYPE_LINUX_SLL2`,
  fields: {
    protocol,
    reserved: u16("0."),
    interfaceIndex: u32("Interface that saw the packet."),
    hardwareType: u16("ARPHRD_ of the interface."),
    packetType: u8("To us, broadcast, multicast, to others, or from us."),
    addressLength: u8("Bytes of address that count."),
    address: bytes("Link layer address of the sender.", { length: 8 }),
  },
});

export const Ipv4Header = struct({
  name: "Ipv4Header",
  endian: "be",
  doc: "Begins an IPv4 packet. Options follow where the header is longer than 20 bytes.",
  source: `${INTERNET}, RFC 791`,
  fields: {
    versionAndLength: u8("4 in the upper half, words of header in the lower.", { format: "hex" }),
    service: u8("Type of service."),
    totalLength: u16("Bytes with the header; 0 in packets that the network card was to cut up."),
    identification: u16("The same in all fragments of a datagram."),
    fragment: u16("DF 0x4000, MF 0x2000, and the offset of the fragment in units of 8 bytes.", {
      format: "hex",
    }),
    timeToLive: u8("Hops left."),
    protocol: u8("6 is TCP."),
    checksum: u16("Of the header; not looked at.", { format: "hex" }),
    source: bytes("Address.", { length: 4 }),
    destination: bytes("Address.", { length: 4 }),
  },
});

export const Ipv6Header = struct({
  name: "Ipv6Header",
  endian: "be",
  doc: "Begins an IPv6 packet.",
  source: `${INTERNET}, RFC 8200`,
  fields: {
    versionAndFlow: u32("6 in the upper four bits, then traffic class and flow label.", { format: "hex" }),
    payloadLength: u16("Bytes behind this header; 0 in jumbograms."),
    nextHeader: u8("What follows; 6 is TCP."),
    hopLimit: u8("Hops left."),
    source: bytes("Address.", { length: 16 }),
    destination: bytes("Address.", { length: 16 }),
  },
});

export const Ipv6FragmentHeader = struct({
  name: "Ipv6FragmentHeader",
  endian: "be",
  doc: "Extension header 44: the packet holds a part of a datagram.",
  source: `${INTERNET}, RFC 8200`,
  fields: {
    nextHeader: u8("What the datagram begins with."),
    reserved: u8("0."),
    fragment: u16("Offset in bytes; the lowest bit says that more follow.", { format: "hex" }),
    identification: u32("The same in all fragments of a datagram."),
  },
});

export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const ACK = 16;

export const TcpHeader = struct({
  name: "TcpHeader",
  endian: "be",
  doc: "Begins a TCP segment. Options follow where the header is longer than 20 bytes.",
  source: `${INTERNET}, RFC 9293`,
  fields: {
    sourcePort: u16("Port."),
    destinationPort: u16("Port."),
    sequence: u32("Number of the first byte, or of SYN."),
    acknowledgement: u32("Number of the next byte the sender waits for."),
    headerLength: u8("Words of header in the upper half.", { format: "hex" }),
    flags: flags8("Control bits.", {
      bits: {
        1: { name: "FIN", doc: "The sender has no more." },
        2: { name: "SYN", doc: "The sender begins." },
        4: { name: "RST", doc: "The connection is no more." },
        8: { name: "PSH", doc: "Hand it on at once." },
        16: { name: "ACK", doc: "acknowledgement counts." },
        32: { name: "URG", doc: "urgent counts." },
        64: { name: "ECE", doc: "ECN echo." },
        128: { name: "CWR", doc: "Congestion window reduced." },
      },
    }),
    window: u16("Bytes the sender can take, before scaling."),
    checksum: u16("Not looked at: network cards fill it in behind the capture.", { format: "hex" }),
    urgent: u16("Not looked at."),
  },
});
