import { hexText } from "../layout/index.ts";

/** `LibvirtQemudSave`, `LibvirtQemudPart`. */
const SAVE_MAGICS: readonly [string, string] = [
  "4c69627669727451656d756453617665",
  "4c69627669727451656d756450617274",
];
/** Of a shorter one nobody knows what it would have become. */
const SHORTEST_MAGIC = 4;
const DOMAIN = "3c646f6d61696e";
const SAVE_MAGIC_LENGTH = 16;
const SAVE_HEADER_LENGTH = 92;
const NEWEST_SAVE_VERSION = 2;

/** What a file begins like, when it is not a migration stream; `scattered` ones hold no stream in one piece. */
const MAGICS: readonly (readonly [magic: string, name: string, scattered?: "scattered"])[] = [
  [SAVE_MAGICS[0], "a libvirt save image"],
  [SAVE_MAGICS[1], "a libvirt save image that was never finished"],
  ["514649fb", "a qcow2 image", "scattered"],
  ["0a0d0d0a", "a pcapng capture", "scattered"],
  ["a1b2c3d4", "a pcap capture", "scattered"],
  ["d4c3b2a1", "a pcap capture", "scattered"],
  ["a1b23c4d", "a pcap capture", "scattered"],
  ["4d3cb2a1", "a pcap capture", "scattered"],
  ["11223344", "a multifd channel", "scattered"],
  ["28b52ffd", "zstd data"],
  ["425a68", "bzip2 data"],
  ["fd377a585a00", "xz data"],
  ["894c5a4f", "lzop data"],
  ["1f8b", "gzip data"],
  ["7f454c46", "an ELF file"],
];

/**
 * Whether a file is a libvirt save image: by its magic, or by a version and a domain XML where they belong, whatever the magic.
 * Undefined while too few bytes are there to tell.
 */
export function isSaveImage(head: Uint8Array): boolean | undefined {
  const hex = hexText(head.subarray(0, SAVE_MAGIC_LENGTH));
  if (SAVE_MAGICS.includes(hex)) return true;
  const needed = SAVE_HEADER_LENGTH + DOMAIN.length / 2;
  if (head.length >= SAVE_MAGIC_LENGTH + 4 && !isSaveVersion(head)) return false;
  if (head.length < needed) return undefined;
  return hexText(head.subarray(SAVE_HEADER_LENGTH, needed)) === DOMAIN;
}

/** Whether all bytes of a file, fewer than a magic has, are the beginning of one. */
export function isSaveBeginning(head: Uint8Array): boolean {
  const hex = hexText(head);
  return head.length >= SHORTEST_MAGIC && SAVE_MAGICS.some((magic) => magic.startsWith(hex));
}

function isSaveVersion(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset + SAVE_MAGIC_LENGTH, 4);
  return view.getUint32(0) <= NEWEST_SAVE_VERSION || view.getUint32(0, true) <= NEWEST_SAVE_VERSION;
}

/** What a save image, or the output of `virsh dump`, may be compressed with. */
export const COMPRESSIONS = ["gzip", "bzip2", "xz", "lzop", "zstd"] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** What the payload of a save image begins like. */
export type PayloadKind = "empty" | "qevm" | Compression | "unknown";

const COMPRESSED: Readonly<Record<Compression, readonly RegExp[]>> = {
  gzip: [/^1f8b/],
  bzip2: [/^425a68/],
  xz: [/^fd377a585a00/],
  lzop: [/^894c5a4f/],
  zstd: [/^28b52ffd/, /^5.2a4d18/],
};

/** What the bytes of a file are compressed with, by the first of them; a zstd file may begin with a skippable frame. */
export function compressionOf(head: Uint8Array): Compression | null {
  const hex = hexText(head.subarray(0, 16));
  return COMPRESSIONS.find((name) => COMPRESSED[name].some((magic) => magic.test(hex))) ?? null;
}

/** What a payload is, by its first bytes. */
export function payloadKindOf(first: Uint8Array): PayloadKind {
  if (first.length === 0) return "empty";
  if (hexText(first.subarray(0, 4)) === "5145564d") return "qevm";
  return compressionOf(first) ?? "unknown";
}

/** Names what the first bytes of a file look like, and says whether a stream in it would be in one piece. */
export function recognise(
  head: Uint8Array,
): { readonly name: string; readonly scattered: boolean } | undefined {
  const hex = hexText(head.subarray(0, 16));
  const found = MAGICS.find(([magic]) => hex.startsWith(magic));
  return found && { name: found[1], scattered: found[2] === "scattered" };
}
