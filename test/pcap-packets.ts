import { concat } from "./streams.ts";

const FILE_HEADER = 24;
const RECORD = 16;
const LINK = 14;

function isLittle(data: Uint8Array): boolean {
  return data[0] !== 0xa1;
}

/** The packets of a pcap of any byte order, each with its record header. */
export function packetsOf(data: Uint8Array): Uint8Array[] {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const packets: Uint8Array[] = [];
  for (let at = FILE_HEADER; at + RECORD <= data.length; ) {
    const end = at + RECORD + view.getUint32(at + 8, isLittle(data));
    packets.push(data.subarray(at, end));
    at = end;
  }
  return packets;
}

/** The same capture with other packets. */
export function withPackets(data: Uint8Array, packets: readonly Uint8Array[]): Uint8Array {
  return concat(data.subarray(0, FILE_HEADER), ...packets);
}

/** Keeps the TCP packets of an Ethernet capture whose source port is wanted. */
export function filterPackets(data: Uint8Array, wanted: (sourcePort: number) => boolean): Uint8Array {
  const port = (packet: Uint8Array) => {
    const ip = RECORD + LINK;
    const tcp = ip + 4 * ((packet[ip] ?? 0) & 15);
    return (packet[tcp] ?? 0) * 256 + (packet[tcp + 1] ?? 0);
  };
  return withPackets(
    data,
    packetsOf(data).filter((packet) => wanted(port(packet))),
  );
}

/** Cuts each packet as a snap length would. */
export function shorten(data: Uint8Array, snapLength: number): Uint8Array {
  const cut = packetsOf(data).map((packet) => {
    const short = packet.slice(0, RECORD + snapLength);
    new DataView(short.buffer).setUint32(8, short.length - RECORD, isLittle(data));
    return short;
  });
  return withPackets(data, cut);
}
