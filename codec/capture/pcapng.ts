import { reserved, struct, u16, u32 } from "../layout/index.ts";

const PCAPNG = "pcapng file format, draft-ietf-opsawg-pcapng";

export const SECTION_HEADER = 0x0a0d0d0a;
export const INTERFACE_DESCRIPTION = 1;
export const OBSOLETE_PACKET = 2;
export const SIMPLE_PACKET = 3;
export const ENHANCED_PACKET = 6;

const BlockType = {
  0x0a0d0d0a: { name: "SECTION_HEADER", doc: "Begins a section, with a byte order of its own." },
  1: { name: "INTERFACE_DESCRIPTION", doc: "Describes the next interface of the section." },
  2: { name: "OBSOLETE_PACKET", doc: "A packet, as written before the enhanced kind." },
  3: { name: "SIMPLE_PACKET", doc: "A packet without a time." },
  4: { name: "NAME_RESOLUTION", doc: "Names of addresses." },
  5: { name: "INTERFACE_STATISTICS", doc: "Counts of an interface." },
  6: { name: "ENHANCED_PACKET", doc: "A packet." },
  9: { name: "SYSTEMD_JOURNAL", doc: "An entry of the journal." },
  10: { name: "DECRYPTION_SECRETS", doc: "Keys of a TLS session." },
} as const;

const type = u32("What the block is.", { values: BlockType, format: "hex" });
const totalLength = u32("Bytes of the block; repeated at its end.");

export const PcapngBlockHeader = struct({
  name: "PcapngBlockHeader",
  endian: "le",
  doc: "Begins each block, in the byte order of the section.",
  source: `${PCAPNG}, General Block Structure`,
  fields: { type, totalLength },
});

export const PcapngSectionHeader = struct({
  name: "PcapngSectionHeader",
  endian: "le",
  doc: "Begins a section. Options follow.",
  source: `${PCAPNG}, Section Header Block`,
  fields: {
    type,
    totalLength,
    byteOrderMagic: u32("0x1a2b3c4d in the byte order of the section.", { format: "hex" }),
    versionMajor: u16("1."),
    versionMinor: u16("0 or 2."),
    sectionLengthLow: u32("Bytes of the section, or all ones where the writer could not know.", {
      format: "hex",
    }),
    sectionLengthHigh: u32("Its other half. Which half comes first depends on the byte order.", {
      format: "hex",
    }),
  },
});

export const PcapngInterface = struct({
  name: "PcapngInterface",
  endian: "le",
  doc: "Describes an interface; they are numbered from 0 in each section. Options follow.",
  source: `${PCAPNG}, Interface Description Block`,
  fields: {
    type,
    totalLength,
    linkType: u16("LINKTYPE_ of its packets."),
    reserved: reserved("0.", { length: 2 }),
    snapLength: u32("Most bytes kept of a packet; 0 is all.", { unit: "bytes" }),
  },
});

const packet = {
  timeHigh: u32("Upper half of the time, in units of the interface's if_tsresol."),
  timeLow: u32("Lower half."),
  capturedLength: u32("Bytes of the packet that follow, before padding to 32 bits."),
  originalLength: u32("Bytes the packet had on the wire."),
};

export const PcapngEnhancedPacket = struct({
  name: "PcapngEnhancedPacket",
  endian: "le",
  doc: "Precedes a packet. Options follow it.",
  source: `${PCAPNG}, Enhanced Packet Block`,
  fields: { type, totalLength, interfaceId: u32("Which interface of the section."), ...packet },
});

export const PcapngObsoletePacket = struct({
  name: "PcapngObsoletePacket",
  endian: "le",
  doc: "Precedes a packet, in the way that the enhanced one replaced.",
  source: `${PCAPNG}, Packet Block (obsolete)`,
  fields: {
    type,
    totalLength,
    interfaceId: u16("Which interface of the section."),
    dropsCount: u16("Packets dropped since the one before; 0xffff where not known."),
    ...packet,
  },
});

export const PcapngSimplePacket = struct({
  name: "PcapngSimplePacket",
  endian: "le",
  doc: "Precedes a packet of the first interface, cut off at its snap length.",
  source: `${PCAPNG}, Simple Packet Block`,
  fields: { type, totalLength, originalLength: u32("Bytes the packet had on the wire.") },
});

export const PcapngOption = struct({
  name: "PcapngOption",
  endian: "le",
  doc: "Precedes the value of an option, which is padded to 32 bits.",
  source: `${PCAPNG}, Options`,
  fields: { code: u16("Meaning depends on the block; 0 ends the list."), length: u16("Bytes of the value.") },
});

export const PcapngBlockTrailer = struct({
  name: "PcapngBlockTrailer",
  endian: "le",
  doc: "Ends each block.",
  source: `${PCAPNG}, General Block Structure`,
  fields: { totalLength },
});
