import { type Infer, struct, u16, u32 } from "../layout/index.ts";

const PCAP = "pcap file format, draft-ietf-opsawg-pcap";

/** Every number of a pcap file is in the byte order of the machine that wrote it; the magic tells which. */
const Magic = {
  0xa1b2c3d4: { name: "MICROSECONDS", doc: "Fractions of a second are microseconds." },
  0xa1b23c4d: { name: "NANOSECONDS", doc: "Fractions of a second are nanoseconds." },
  0xa1b2cd34: { name: "MODIFIED", doc: "Microseconds; records have eight more bytes of header." },
} as const;

export const MICROSECONDS = 0xa1b2c3d4;
export const NANOSECONDS = 0xa1b23c4d;
export const MODIFIED = 0xa1b2cd34;

export const PcapFileHeader = struct({
  name: "PcapFileHeader",
  endian: "le",
  doc: "Begins a pcap file, in the writer's byte order.",
  source: `${PCAP}, File Header`,
  fields: {
    magic: u32("Tells byte order and resolution.", { values: Magic, format: "hex" }),
    versionMajor: u16("2."),
    versionMinor: u16("4."),
    thisZone: u32("Not used; 0."),
    significantFigures: u32("Not used; 0."),
    snapLength: u32("Most bytes kept of a packet.", { unit: "bytes" }),
    linkType: u32("LINKTYPE_ of all packets in the low 16 bits; the top bits may give the length of an FCS."),
  },
});

export const PcapRecordHeader = struct({
  name: "PcapRecordHeader",
  endian: "le",
  doc: "Precedes each packet.",
  source: `${PCAP}, Packet Record`,
  fields: {
    seconds: u32("Since 1970.", { unit: "s" }),
    fraction: u32("Microseconds or nanoseconds, as the magic says."),
    capturedLength: u32("Bytes that follow."),
    originalLength: u32("Bytes the packet had on the wire."),
  },
});
export type PcapRecordHeader = Infer<typeof PcapRecordHeader>;

/** Follows the record header in files of the modified kind. */
export const PcapModifiedPart = struct({
  name: "PcapModifiedPart",
  endian: "le",
  doc: "Follows the record header in files of the modified kind, and is not used.",
  source: "pcap file format, libpcap sf-pcap.c, struct pcap_sf_patched_pkthdr",
  fields: {
    interfaceIndex: u32("Interface that saw the packet."),
    protocol: u16("Ethernet packet type."),
    packetType: u16("Packet type in one byte, and a byte of padding.", { format: "hex" }),
  },
});

/** Bytes of a record header; those of the modified kind have eight more. */
export const RECORD_HEADER = 16;
export const MODIFIED_RECORD_HEADER = 24;

/** libpcap keeps no more of a packet. */
export const LONGEST_PACKET = 262_144;
