import { OBSERVED_PAIRS } from "./confidence.ts";
import type { LibvirtPeer } from "./peer.ts";

/** A release that stands for those up to the next one here: what they do with images is the same. */
export interface LibvirtGeneration extends LibvirtPeer {
  /** What begins with it. */
  readonly brings: string;
}

const BRINGS: readonly (readonly [libvirt: string, brings: string])[] = [
  ["0.3.2", "the first images: version 1, raw, signed numbers"],
  ["0.7.1", "version 2 and compression, which no restore of this release undoes"],
  ["0.7.2", "compressed images can be restored"],
  ["0.8.0", "managed save: removed and booted fresh after any failure"],
  ["0.9.1", "byte order by trial; a managed save is kept when its restore fails"],
  ["0.9.5", "the partial magic; such a managed save is removed and booted fresh"],
  ["0.9.9", "a managed save shorter than its header is removed too"],
  ["3.5.0", "the save cookie"],
  ["5.9.0", "a cookie offset beyond the data aborts the daemon"],
  ["6.0.0", "a managed save that is removed fails the first start"],
  ["6.3.0", "that is mended; 64 KiB of padding to edit in"],
  ["7.0.0", "observed with QEMU 5.2"],
  ["8.1.0", "machine types are looked up before QEMU starts"],
  ["9.0.0", "observed with QEMU 7.2"],
  ["11.3.0", "any wrong magic removes a managed save, and so does another domain's image"],
  ["12.1.0", "raw images go through a pipe: an empty stream hangs"],
  ["12.8.0", "cookie offsets are checked; another domain's image is kept"],
];

/** The releases that are stated unless others are asked for, oldest first. */
export const LIBVIRT_GENERATIONS: readonly LibvirtGeneration[] = BRINGS.map(([libvirt, brings]) => ({
  libvirt,
  ...OBSERVED_PAIRS.find((pair) => pair.libvirt === libvirt),
  brings,
}));
