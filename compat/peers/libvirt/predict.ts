import type { Lean } from "../../facts/fact.ts";
import { findRelease } from "../../releases.ts";
import { confidenceIn, OBSERVED_PAIRS } from "./confidence.ts";
import { parseDomain } from "./domain.ts";
import type { Failure } from "./failure.ts";
import type { SaveImageFacts } from "./image-facts.ts";
import { ALREADY_ACTIVE, managedStart } from "./managed-start.ts";
import { type OpenedImage, openImage } from "./open.ts";
import { conflicts, disowned } from "./owner.ts";
import type {
  DumpxmlOutcome,
  LibvirtPeer,
  LibvirtPrediction,
  LibvirtRemark,
  ManagedStartOutcome,
  RestoreOutcome,
} from "./peer.ts";
import { type LibvirtRules, rulesOf } from "./rules.ts";
import { startImage } from "./start.ts";

const UNNAMED = "<save dir>/<domain>.save";

type Outcomes = Pick<LibvirtPrediction, "dumpxml" | "restore" | "managedStart">;

/**
 * What a libvirt release does with an image: `virsh save-image-dumpxml`, `virsh restore`, and `virsh start` where the image
 * is a managed save. Where it is not known on which side of a change the release is, and that matters, it says so.
 */
export function predictRestore(facts: SaveImageFacts, host: LibvirtPeer): LibvirtPrediction {
  const peer = withQemu(host);
  const { libvirt, qemu } = peer;
  const remarks: LibvirtRemark[] = [];
  if (qemu === undefined || !findRelease("qemu", qemu)) remarks.push("qemu-unknown");
  if (!findRelease("libvirt", libvirt)) {
    remarks.push("release-unknown");
    return { libvirt, qemu: qemu ?? null, confidence: "unknown", ...NOTHING_KNOWN, remarks };
  }
  const early = outcomes(facts, peer, "earlier");
  const late = outcomes(facts, peer, "later");
  const agreed: Outcomes = {
    dumpxml: agree(early.dumpxml, late.dumpxml, NOTHING_KNOWN.dumpxml),
    restore: agree(early.restore, late.restore, NOTHING_KNOWN.restore),
    managedStart: agree(early.managedStart, late.managedStart, NOTHING_KNOWN.managedStart),
  };
  if (JSON.stringify(early) !== JSON.stringify(late)) remarks.push("window-of-doubt");
  remarks.push(...remarksOn(agreed.managedStart));
  const confidence = confidenceIn(agreed.restore, peer);
  return { libvirt, qemu: qemu ?? null, confidence, ...agreed, remarks };
}

/** A release that was run stands for itself with the QEMU that it was run with, unless told otherwise. */
function withQemu(host: LibvirtPeer): LibvirtPeer {
  const pair = OBSERVED_PAIRS.find(({ libvirt }) => libvirt === host.libvirt);
  return pair && host.qemu === undefined ? { ...host, qemu: pair.qemu } : host;
}

const NOTHING_KNOWN: Outcomes = {
  dumpxml: { outcome: "unknown" },
  restore: { outcome: "unknown" },
  managedStart: { outcome: "unknown", file: "unknown" },
};

/** Where two readings of the facts differ in no more than words, the words are not known. */
function agree<T extends { readonly outcome: string; readonly error?: string; readonly file?: string }>(
  early: T,
  late: T,
  unknown: T,
): T {
  if (early.outcome !== late.outcome || early.file !== late.file) return unknown;
  if (early.error === late.error) return late;
  const { error: _, ...rest } = late;
  return rest as T;
}

function outcomes(facts: SaveImageFacts, peer: LibvirtPeer, lean: Lean): Outcomes {
  const rules = rulesOf(peer.libvirt, lean);
  const told = outcomesOf(facts, peer, rules);
  const starts = told.managedStart.outcome !== "absent" && !peer.domain?.active;
  return starts ? told : { ...told, managedStart: rules.discards ? ALREADY_ACTIVE : told.managedStart };
}

function outcomesOf(facts: SaveImageFacts, peer: LibvirtPeer, rules: LibvirtRules): Outcomes {
  const opened = openImage(facts, rules, peer.endian ?? "le");
  if ("stage" in opened) return stopped(opened, peer, rules);
  if (opened.xml === null) return stopped({ stage: "xml", outcome: "unknown" }, peer, rules);
  const domain = parseDomain(opened.xml, rules);
  if ("stage" in domain) return stopped(domain, peer, rules);
  const runs = startImage(facts, opened, domain, peer, rules);
  const restored = conflicts(domain, peer, rules) ?? runs;
  const managed = disowned(domain, peer, rules) ?? runs;
  return {
    dumpxml: { outcome: rules.dumpxml ? "ok" : "absent" },
    restore: restoreOf(restored, opened),
    managedStart: managedStart(managed, opened.wasRunning !== 0, peer.path ?? UNNAMED, rules),
  };
}

/** Stopped by what every way to an image begins with. */
function stopped(failure: Failure, peer: LibvirtPeer, rules: LibvirtRules): Outcomes {
  const { stage: _, ...shown } = failure;
  const dumpxml = rules.dumpxml ? (shown as DumpxmlOutcome) : ({ outcome: "absent" } as const);
  return {
    dumpxml,
    restore: failure,
    managedStart: managedStart(failure, false, peer.path ?? UNNAMED, rules),
  };
}

function restoreOf(failure: Failure | undefined, { wasRunning }: OpenedImage): RestoreOutcome {
  return failure ?? { outcome: wasRunning === 0 ? "paused" : "runs" };
}

function remarksOn({ outcome, file }: ManagedStartOutcome): LibvirtRemark[] {
  const remarks: LibvirtRemark[] = [];
  const used = outcome === "restored" || outcome === "paused";
  if (file === "removed" && !used) remarks.push("managed-save-deleted");
  if (outcome === "boots-fresh") remarks.push("guest-boots-fresh");
  if (outcome === "fails" && file === "removed") remarks.push("start-fails-once");
  if (outcome === "nothing-runs") remarks.push("reported-as-started");
  return remarks;
}
