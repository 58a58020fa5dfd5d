import type { Failure, Stage } from "./failure.ts";
import type { ManagedStartOutcome } from "./peer.ts";
import type { LibvirtRules } from "./rules.ts";

/** `virsh` asks first whether the domain runs, whatever the image. */
export const ALREADY_ACTIVE: ManagedStartOutcome = {
  outcome: "fails",
  file: "kept",
  stage: "owner",
  error: "Domain is already active",
};

/** What `virsh start` of a domain with this managed save does, when `failure` is what its restore would meet. */
export function managedStart(
  failure: Failure | undefined,
  wasRunning: boolean,
  path: string,
  rules: LibvirtRules,
): ManagedStartOutcome {
  if (rules.discards === undefined) return { outcome: "absent", file: "kept" };
  if (!failure) return { outcome: wasRunning ? "restored" : "paused", file: "removed" };
  const { stage, outcome } = failure;
  if (outcome === "unknown") return { outcome, file: "unknown", stage };
  const { error, partial } = failure;
  const said = { ...(error === undefined ? {} : { error }), ...(partial ? { partial } : {}) };
  if (outcome !== "fails") return { outcome, file: "kept", stage, ...said };
  if (rules.discards === "any-failure") return { outcome: "boots-fresh", file: "removed", stage };
  if (discarded(stage, rules)) {
    if (rules.discardFailsStart)
      return {
        outcome: "fails",
        file: "removed",
        stage,
        error: "An error occurred, but the cause is unknown",
      };
    const log = `Ignoring incomplete managed state ${path}`;
    return { outcome: "boots-fresh", file: "removed", stage, log };
  }
  if (stage === "owner" && rules.ownerRefusalLost) return { outcome: "nothing-runs", file: "removed", stage };
  return {
    outcome,
    file: "kept",
    stage,
    ...said,
    log: `Unable to restore from managed state ${path}. Maybe the file is corrupted?`,
  };
}

/** The image is thrown away for what it failed at. */
function discarded(stage: Stage, { discards }: LibvirtRules): boolean {
  if (stage === "partial-magic") return discards !== "nothing";
  if (stage === "header-read") return discards === "partial-or-short" || discards === "not-complete";
  return stage === "magic" && discards === "not-complete";
}
