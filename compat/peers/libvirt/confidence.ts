import { lineOf } from "../../releases.ts";
import type { Confidence, LibvirtPeer, RestoreOutcome } from "./peer.ts";

/** The pairs that were run on damaged images, of the releases that are stated unless others are asked for. */
export const OBSERVED_PAIRS: readonly { readonly libvirt: string; readonly qemu: string }[] = [
  { libvirt: "7.0.0", qemu: "5.2.0" },
  { libvirt: "9.0.0", qemu: "7.2.22" },
  { libvirt: "11.3.0", qemu: "10.0.13" },
  { libvirt: "12.8.0", qemu: "11.1.3" },
];

/** Stages at which those pairs were seen to stop. */
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
  "xml",
  "cookie",
  "owner",
  "machine",
  "decompress",
  "load",
];

export function confidenceIn(restore: RestoreOutcome, { libvirt, qemu }: LibvirtPeer): Confidence {
  if (restore.outcome === "unknown") return "unknown";
  const pair = OBSERVED_PAIRS.find((other) => other.libvirt === libvirt);
  const ran = pair !== undefined && qemu !== undefined && lineOf(pair.qemu) === lineOf(qemu);
  const seen = restore.stage === undefined || OBSERVED_STAGES.includes(restore.stage);
  return ran && seen && !restore.partial ? "observed" : "modelled";
}
