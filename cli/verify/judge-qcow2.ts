import { createSummariser, type Finding, type FindingRule, type Qcow2Snapshot } from "../../codec/index.ts";
import { onStream, type Remark } from "../findings.ts";
import { closeInput } from "../io.ts";
import type { Source } from "../jobs.ts";
import type { Output } from "../output.ts";
import { startProgress } from "../progress.ts";
import { type OpenedQcow2, openQcow2 } from "../qcow2/read-qcow2.ts";
import { openStream } from "../read-stream.ts";
import { isUnjudged, type Verdict, verdictOfErrors, verdictOfStream } from "../verdict.ts";
import type { Judgement } from "./judgement.ts";

/** Nothing is wrong with such an image; it only has no VM state, or none that can be looked into. */
const CLOSED: ReadonlySet<FindingRule> = new Set([
  "QCOW2_DATA_INTERNAL",
  "QCOW2_FEATURES_SUPPORTED",
  "QCOW2_HAS_VMSTATE",
  "QCOW2_NOT_ENCRYPTED",
  "QCOW2_VERSION_SUPPORTED",
]);

/** Judges each snapshot of a qcow2 that has a VM state. */
export async function* judgeQcow2(source: Source, output: Output): AsyncGenerator<Judgement> {
  const input = source.open();
  const progress = startProgress(input, output);
  try {
    const image = await openQcow2(input);
    try {
      const states = image.readable ? image.snapshots.filter(({ vmStateSize }) => vmStateSize > 0) : [];
      if (states.length === 0) yield withoutState(image);
      for (const snapshot of states) yield await judgeSnapshot(image, snapshot, progress.update);
    } finally {
      image.close();
    }
  } finally {
    progress.stop();
    closeInput(input);
  }
}

function withoutState({ name, size, findings, facts }: OpenedQcow2): Judgement {
  const isOpen = findings.some(({ rule, level }) => level === "error" && !CLOSED.has(rule));
  return {
    name,
    container: facts ? "qcow2" : null,
    verdict: facts && isOpen ? verdictOfErrors(findings) : "unrecognised",
    remarks: findings.map(about),
    untold: {},
    size,
    ...(isUnjudged(findings) ? { unjudged: true } : {}),
  };
}

async function judgeSnapshot(
  image: OpenedQcow2,
  snapshot: Qcow2Snapshot,
  progress: (bytes: number) => void,
): Promise<Judgement> {
  const { id, name, date, vmClock, vmStateSize: size } = snapshot;
  const summariser = createSummariser();
  const stream = openStream({ event: (event) => summariser.event(event) }, { offset: 0 });
  const delivery = await image.feed(snapshot, stream.reader, progress);
  const { container, findings, end } = stream.result();
  const around = [...image.findings, ...delivery.findings];
  const { machine } = summariser.summary();
  return {
    name: `${image.name} snapshot ${id} (${name})`,
    container: "qcow2",
    verdict: worst(verdictOfErrors(around), verdictOfStream({ container, findings, end })),
    remarks: [
      ...around.map(about),
      ...onStream(findings).map((remark) => ({ ...remark, label: "VM state" })),
    ],
    untold: end.untold,
    size,
    ...(isUnjudged(around) ? { unjudged: true } : {}),
    snapshot: { id, name, date, vmClock: String(vmClock), size, machine },
  };
}

const WORST: readonly Verdict[] = ["damaged", "partial", "unrecognised", "whole"];

function worst(a: Verdict, b: Verdict): Verdict {
  return WORST.indexOf(a) < WORST.indexOf(b) ? a : b;
}

/** Of the file, whose offsets count from its beginning. */
function about(finding: Finding): Remark {
  return { finding, channel: null };
}
