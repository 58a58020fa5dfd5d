import { type Endian, type Infer, read } from "../../layout/index.ts";
import { SAVE_FORMATS } from "./save-events.ts";
import { SAVE_HEADER_SIZE, SAVE_VERSION, SaveHeader } from "./save-header.ts";

type Header = Infer<typeof SaveHeader>;

/** The five numbers that libvirt swaps, in order of their offsets. */
const NUMBERS = ["version", "dataLength", "wasRunning", "format", "cookieOffset"] as const;
export type SaveNumber = (typeof NUMBERS)[number];

/** What the text around the stream never takes, unless somebody made it up. */
export const LIKELY_DATA_LENGTH = 16 << 20;

/** How libvirt on a host of one byte order reads a header. */
export interface LibvirtReading {
  /** Byte order in which the numbers come out. */
  readonly endian: Endian;
  readonly swapped: boolean;
  /** The version as it comes out, unsigned. */
  readonly version: number;
  /** The version is one that it goes on with. */
  readonly accepted: boolean;
}

/** libvirt's rule: as the host has them; if version is more than 2, all five swapped, once. Before 0.9.1 never swapped, and signed. */
export function libvirtReading(
  header: Uint8Array,
  host: Endian,
  era: "swaps" | "signed" = "swaps",
): LibvirtReading {
  const native = versionAs(header, host);
  if (era === "signed") {
    const accepted = native > 0x7fff_ffff || native <= SAVE_VERSION;
    return { endian: host, swapped: false, version: native, accepted };
  }
  if (native <= SAVE_VERSION) return { endian: host, swapped: false, version: native, accepted: true };
  const endian = other(host);
  const version = versionAs(header, endian);
  return { endian, swapped: true, version, accepted: version <= SAVE_VERSION };
}

/** The byte order of a header. */
export interface ByteOrder {
  readonly endian: Endian;
  /** The version makes sense in it. */
  readonly known: boolean;
  /** Numbers that make sense in the other byte order only: then libvirt does not read what was meant. */
  readonly foreign: readonly SaveNumber[];
}

/** The byte order in which version is known; little where it is in neither, as on most hosts. */
export function byteOrderOf(header: Uint8Array, room = Number.POSITIVE_INFINITY): ByteOrder {
  const little = versionAs(header, "le") <= SAVE_VERSION;
  const big = versionAs(header, "be") <= SAVE_VERSION;
  const endian = little || !big ? "le" : "be";
  const chosen = likely(readHeader(header, endian), room);
  const swapped = likely(readHeader(header, other(endian)), room);
  // Where the version is known in neither, or in both (0), it says nothing of the other numbers.
  const foreign = NUMBERS.filter((name) => name !== "version" && !chosen[name] && swapped[name]);
  return { endian, known: little || big, foreign };
}

/** The numbers of a header. `header` holds at least its 92 bytes. */
export function readHeader(header: Uint8Array, endian: Endian): Header {
  return read(SaveHeader, header.subarray(0, SAVE_HEADER_SIZE), { endian }).value;
}

function likely(header: Header, room: number): Readonly<Record<SaveNumber, boolean>> {
  const { version, dataLength, wasRunning, format, cookieOffset } = header;
  return {
    version: version <= SAVE_VERSION,
    dataLength: dataLength > 0 && dataLength <= LIKELY_DATA_LENGTH && dataLength <= room,
    wasRunning: wasRunning <= 1,
    format: format < SAVE_FORMATS.length,
    cookieOffset: cookieOffset <= LIKELY_DATA_LENGTH,
  };
}

function versionAs(header: Uint8Array, endian: Endian): number {
  return readHeader(header, endian).version;
}

function other(endian: Endian): Endian {
  return endian === "le" ? "be" : "le";
}
