import { lineOf } from "../../releases.ts";
import type { Confidence, LibvirtPeer, RestoreOutcome } from "./peer.ts";

/** The pairs that were run on damaged images, of the releases that are stated unless others are asked for. */
export const OBSERVED_PAIRS: readonly { readonly libvirt: string; readonly qemu: string }[] = [
  { libvirt: "7.0.0", qemu: "5.2.0" },
  { libvirt: "9.0.0", qemu: "7.2.22" },
  { libvirt: "11.3.0", qemu: "10.0.13" },
  { libvirt: "12.8.0", qemu: "11.1.3" },
];

/**
 * Checks of the header and of lengths, which depend on nothing but these bytes: the recorded runs that ended at one of them
 * stand for every image that does. Later ones depend on the guest and the host, which were not recorded with this image.
 */
const OBSERVED_STAGES = [
  "header-read",
  "partial-magic",
  "magic",
  "version",
  "format",
  "length",
  "cookie-offset",
  "xml-read",
  "cookie-read",
];

export function confidenceIn(restore: RestoreOutcome, { libvirt, qemu }: LibvirtPeer): Confidence {
  if (restore.outcome === "unknown") return "unknown";
  const pair = OBSERVED_PAIRS.find((other) => other.libvirt === libvirt);
  const ran = pair !== undefined && qemu !== undefined && lineOf(pair.qemu) === lineOf(qemu);
  const seen = restore.stage !== undefined && OBSERVED_STAGES.includes(restore.stage);
  return ran && seen && !restore.partial ? "observed" : "modelled";
}
