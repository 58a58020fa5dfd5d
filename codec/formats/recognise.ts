/** What a file begins like, when it is not a migration stream. Longest magics first. */
const MAGICS: readonly (readonly [magic: string, name: string])[] = [
  ["4c69627669727451656d756453617665", "a libvirt save image"],
  ["4c69627669727451656d756450617274", "a libvirt save image that was never finished"],
  ["514649fb", "a qcow2 image"],
  ["0a0d0d0a", "a pcapng capture"],
  ["a1b2c3d4", "a pcap capture"],
  ["d4c3b2a1", "a pcap capture"],
  ["a1b23c4d", "a pcap capture"],
  ["4d3cb2a1", "a pcap capture"],
  ["11223344", "a multifd channel"],
  ["28b52ffd", "zstd data"],
  ["425a68", "bzip2 data"],
  ["fd377a585a00", "xz data"],
  ["894c5a4f", "lzop data"],
  ["1f8b", "gzip data"],
  ["7f454c46", "an ELF file"],
];

/** Names what the first bytes of a file look like, or undefined. */
export function recognise(head: Uint8Array): string | undefined {
  let hex = "";
  for (const byte of head.subarray(0, 16)) hex += byte.toString(16).padStart(2, "0");
  return MAGICS.find(([magic]) => hex.startsWith(magic))?.[1];
}
