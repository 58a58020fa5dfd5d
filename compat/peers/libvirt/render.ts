import type { LibvirtPrediction, ManagedStartOutcome, RestoreOutcome } from "./peer.ts";

/** A prediction in the sentences in which the recordings tell what happened. */
export interface RenderedPrediction {
  readonly dumpxml: string;
  readonly restore: string;
  readonly managed_start: string;
}

const NOT_KNOWN = "(text not known)";
const CRASH = "DAEMON CRASH: ";
const LOGGED = "Ignoring incomplete managed state";

/** Writes a prediction as the recordings write what they saw. */
export function renderPrediction({ dumpxml, restore, managedStart }: LibvirtPrediction): RenderedPrediction {
  return {
    dumpxml: dumpxml.outcome === "ok" ? "ok" : renderFailure(dumpxml),
    restore: renderRestore(restore),
    managed_start: renderManagedStart(managedStart),
  };
}

function renderRestore({ outcome, error }: RestoreOutcome): string {
  switch (outcome) {
    case "runs":
      return "ok: running (restored)";
    case "paused":
      return "ok: paused (migrating)";
    case "hangs":
      return "HANG (no result within 40 s, domain left paused (starting up))";
    default:
      return renderFailure({ outcome, ...(error === undefined ? {} : { error }) });
  }
}

function renderManagedStart({ outcome, file, error, log }: ManagedStartOutcome): string {
  switch (outcome) {
    case "restored":
      return started("running (restored)", file);
    case "paused":
      return started("paused (migrating)", file);
    case "boots-fresh":
      return `${started("running (booted)", file)}${log?.startsWith(LOGGED) ? `; logged "${LOGGED}"` : ""}`;
    case "nothing-runs":
      return started("shut off (destroyed)", file);
    case "hangs":
      return "HANG";
    case "fails":
    case "daemon-aborts": {
      const said = `fails: ${error ?? NOT_KNOWN}; file ${file}`;
      return outcome === "fails" ? said : CRASH + said;
    }
    default:
      return outcome;
  }
}

function started(state: string, file: string): string {
  return `virsh says started; state: ${state}; file ${file}`;
}

function renderFailure({ outcome, error }: { readonly outcome: string; readonly error?: string }): string {
  if (outcome === "fails") return error ?? NOT_KNOWN;
  return outcome === "daemon-aborts" ? CRASH + (error ?? NOT_KNOWN) : outcome;
}
