import type { LibvirtPrediction, SaveImageFacts } from "../../compat/index.ts";

/** Which hosts to state the policy of. */
export interface PolicyOptions {
  /** Release of libvirt; without it, one of each generation. */
  readonly libvirt?: string;
  /** Release of QEMU beside that libvirt. */
  readonly qemu?: string;
  /** Name and UUID of a domain that the host has defined. */
  readonly domain?: string;
  readonly uuid?: string;
}

/** What releases of libvirt would do with a file. Loads the model of them only now. */
export async function predictions(
  facts: SaveImageFacts,
  path: string,
  { libvirt, qemu, domain, uuid }: PolicyOptions,
): Promise<readonly LibvirtPrediction[]> {
  const { LIBVIRT_GENERATIONS, predictRestore } = await import("../../compat/index.ts");
  const hosts = libvirt === undefined ? LIBVIRT_GENERATIONS : [{ libvirt, ...(qemu ? { qemu } : {}) }];
  const defined = {
    ...(domain === undefined ? {} : { name: domain }),
    ...(uuid === undefined ? {} : { uuid }),
  };
  const guest = Object.keys(defined).length > 0 ? { domain: defined } : {};
  const place = path === "-" ? {} : { path };
  return hosts.map((host) => predictRestore(facts, { ...host, ...place, ...guest }));
}

/** Whether a release ends with the saved guest, in every way to it that it has. */
export function restores({ restore, managedStart: { outcome } }: LibvirtPrediction): boolean {
  const restored = restore.outcome === "runs" || restore.outcome === "paused";
  return restored && (outcome === "restored" || outcome === "paused" || outcome === "absent");
}

/** Whether a release does harm: loses the file, its own life or an operator's patience, or says what is not so. */
export function isDangerous({ dumpxml, restore, managedStart }: LibvirtPrediction): boolean {
  const used = managedStart.outcome === "restored" || managedStart.outcome === "paused";
  const outcomes: readonly string[] = [dumpxml.outcome, restore.outcome, managedStart.outcome];
  return (managedStart.file === "removed" && !used) || outcomes.some((outcome) => HARMFUL.has(outcome));
}

const HARMFUL: ReadonlySet<string> = new Set(["boots-fresh", "daemon-aborts", "hangs", "nothing-runs"]);
