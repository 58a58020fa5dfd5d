import { hexText } from "../../codec/layout/index.ts";
import type { LibvirtPrediction } from "../peers/libvirt/peer.ts";
import { predictRestore } from "../peers/libvirt/predict.ts";
import { atLeast } from "../releases.ts";
import type { Outcome } from "./outcome.ts";
import type { Proof } from "./result.ts";
import { type SaveStage, saveImage } from "./save-image.ts";
import type { ChangeOf } from "./schema.ts";

export interface SaveObservation {
  readonly stage: SaveStage;
  readonly outcome: Outcome;
  readonly proof: Proof;
}

/** First release that reads the version of each header; what an older one says of a header says nothing of a change in it. */
const FIRST_READER: Readonly<Record<string, string>> = {
  SaveHeaderV1: "0.3.2",
  SaveHeaderV2: "0.7.1",
  SaveHeader: "0.7.1",
};

/** Where a release recognises that it has no finished image before it, or none that it knows. */
const UP_FRONT: readonly (string | undefined)[] = ["magic", "partial-magic", "version"];

/** What a released libvirt does with images whose headers are as proposed. */
export function observeSave(change: ChangeOf<"save-header">, libvirt: string): readonly SaveObservation[] {
  if (!atLeast(libvirt, FIRST_READER[change.table] ?? "0.3.2")) return [];
  const stages: readonly SaveStage[] = change.unfinished ? ["finished", "unfinished"] : ["finished"];
  return stages.map((stage) => {
    const before = saveImage(change, stage, "today");
    const after = saveImage(change, stage, "proposed");
    const today = predictRestore(before.facts, { libvirt });
    const proposed = predictRestore(after.facts, { libvirt });
    const fresh = difference(before.header, after.header);
    return { stage, outcome: outcomeOf(today, proposed), proof: proofOf(fresh, proposed) };
  });
}

function outcomeOf(today: LibvirtPrediction, proposed: LibvirtPrediction): Outcome {
  const { outcome, stage } = proposed.restore;
  if (outcome === today.restore.outcome && stage === today.restore.stage) return "ignored";
  if (outcome === "unknown" || today.restore.outcome === "unknown") return "unknown";
  if (outcome === "hangs") return "hangs";
  if (outcome === "daemon-aborts") return "aborts";
  if (outcome !== "fails") return "accepted";
  return UP_FRONT.includes(stage) ? "refused" : "misread";
}

interface Difference {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** From the first byte that is not today's to the last. */
function difference(today: Uint8Array, proposed: Uint8Array): Difference {
  const differs = (byte: number, i: number) => byte !== today[i];
  const offset = Math.max(0, proposed.findIndex(differs));
  return { offset, bytes: proposed.subarray(offset, proposed.findLastIndex(differs) + 1) };
}

function proofOf(fresh: Difference, { restore, managedStart }: LibvirtPrediction): Proof {
  const said = restore.error ?? restore.outcome;
  const managed =
    managedStart.outcome === "absent"
      ? ""
      : `\nas a managed save: ${managedStart.outcome}, the file is ${managedStart.file}`;
  const at = restore.stage === undefined ? "" : ` (at ${restore.stage})`;
  return {
    bytes: hexText(fresh.bytes),
    connection: 0,
    offset: fresh.offset,
    stop:
      restore.stage && UP_FRONT.includes(restore.stage)
        ? { connection: 0, offset: 0, path: "SaveHeader.magic" }
        : null,
    text: `virsh restore: ${said}${at}${managed}`,
    status: null,
    endStatus: null,
    exit: null,
    alive: restore.outcome !== "daemon-aborts",
    monitorDead: false,
    alternatives: [],
  };
}
