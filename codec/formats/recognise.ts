import { hexText } from "../layout/index.ts";

/** What a file begins like, when it is not a migration stream; `scattered` ones hold no stream in one piece. */
const MAGICS: readonly (readonly [magic: string, name: string, scattered?: "scattered"])[] = [
  ["4c69627669727451656d756453617665", "a libvirt save image"],
  ["4c69627669727451656d756450617274", "a libvirt save image that was never finished"],
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

/** Names what the first bytes of a file look like, and says whether a stream in it would be in one piece. */
export function recognise(
  head: Uint8Array,
): { readonly name: string; readonly scattered: boolean } | undefined {
  const hex = hexText(head.subarray(0, 16));
  const found = MAGICS.find(([magic]) => hex.startsWith(magic));
  return found && { name: found[1], scattered: found[2] === "scattered" };
}
