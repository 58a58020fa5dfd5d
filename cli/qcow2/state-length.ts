import { answer } from "../../codec/formats/qcow2/random-access.ts";
import { vmstateReach } from "../../codec/formats/qcow2/vmstate-reach.ts";
import type { Qcow2Image, Qcow2Snapshot } from "../../codec/index.ts";
import { createStreamReader, type Finding, type StreamEvent } from "../../codec/index.ts";
import { type Feed, feedVmstate } from "./feed-vmstate.ts";

const MAPPED_RAM = "mapped-ram";
/** The configuration is in it, whatever else. */
const HEAD = 64 << 10;

/** What there is to read of a VM state. */
interface Extent {
  readonly length: number;
  /** It has holes. */
  readonly sparse: boolean;
}

/**
 * How much of a VM state is to be read. The snapshot table tells how many were written; a mapped-ram state has holes between its
 * pages and reaches further, so that its end is looked for.
 */
export async function stateLength(
  feed: Omit<Feed, "reader">,
  image: Qcow2Image,
  snapshot: Qcow2Snapshot,
): Promise<Extent> {
  const { vmStateSize } = snapshot;
  const plain = { length: vmStateSize, sparse: false };
  const { clusterSize } = feed.facts;
  const reach = answer(vmstateReach(image, snapshot), feed.file.read);
  if (reach <= Math.ceil(vmStateSize / clusterSize) * clusterSize) return plain;
  const head = await scout(feed, snapshot, Math.min(HEAD, vmStateSize));
  if (!head.mapped) return plain;
  const { end } = await scout(feed, snapshot, reach);
  return { length: Math.max(vmStateSize, end ?? reach), sparse: true };
}

/** Reads without keeping anything: whether the stream says that it is mapped-ram, and where it ends. */
async function scout(feed: Omit<Feed, "reader">, snapshot: Qcow2Snapshot, length: number) {
  let mapped = false;
  let rest: Finding | undefined;
  const event = (told: StreamEvent) => {
    if (told.kind === "configuration") mapped = told.capabilities.includes(MAPPED_RAM);
    if (told.kind === "finding" && told.finding.rule === "DATA_ENDS_WITH_STREAM") rest = told.finding;
  };
  const reader = createStreamReader({ event });
  await feedVmstate({ ...feed, reader, sparse: true, find: () => {}, progress: () => {} }, snapshot, length);
  reader.finish();
  return { mapped, end: rest?.offset };
}
