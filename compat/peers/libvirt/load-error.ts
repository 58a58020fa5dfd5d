import type { Finding, StreamSummary } from "../../../codec/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { EXIT_ON_ERROR } from "../../facts/qemu/stream/load.ts";
import { type LoadFailure, loadErrorOf, predictHeader, predictLoad } from "../qemu-load/load.ts";
import { type Failure, failsSomehow } from "./failure.ts";
import type { LibvirtRules } from "./rules.ts";

/** What QEMU is given; without a summary it is not known to be a stream. */
export interface FedStream {
  readonly bytes: number;
  readonly first?: Uint8Array;
  readonly summary?: StreamSummary;
  readonly findings?: readonly Finding[];
}

/** The QEMU behind libvirt. */
export interface FedQemu {
  /** Undefined where it is not known, or no release. */
  readonly qemu: string | undefined;
  readonly machine: string | undefined;
  readonly mappedRam: boolean;
  readonly ramBytes?: number;
  /** The program's name for itself, and the domain's name. */
  readonly program: string;
  readonly name: string;
}

/** What becomes of a restore when QEMU gets these bytes; undefined when it loads them. */
export function loadFailure(stream: FedStream, peer: FedQemu, rules: LibvirtRules): Failure | undefined {
  const { first = new Uint8Array(), bytes, summary, findings = [] } = stream;
  const { qemu } = peer;
  if (!summary) {
    const failure = predictHeader({ first, bytes }, { ...peer, qemu: qemu ?? NEWEST });
    return failure ? told(failure, peer, rules) : { stage: "load", outcome: "unknown" };
  }
  const outcomes = (qemu === undefined ? ANY : [qemu]).map((one) =>
    predictLoad({ bytes, first, summary, findings }, { ...peer, qemu: one }),
  );
  const [load] = outcomes;
  if (!load || outcomes.some(({ outcome }) => outcome !== load.outcome))
    return { stage: "load", outcome: "unknown" };
  if (load.outcome === "loads") return undefined;
  if (load.outcome === "unknown") return { stage: "load", outcome: "unknown" };
  return load.outcome === "fails-somehow" ? failsSomehow("load") : told(load, peer, rules);
}

/** Of an unknown release only that can be said which is true of the oldest and of the newest. */
const NEWEST = "11.1";
const ANY = ["2.5", NEWEST];

function told(failure: LoadFailure, peer: FedQemu, rules: LibvirtRules): Failure {
  const { qemu, program, name } = peer;
  if (qemu === undefined) return { stage: "load", outcome: "fails" };
  const error = loadErrorOf(failure, qemu);
  if (rules.staysOnError && valueAt(EXIT_ON_ERROR, qemu, "later")) {
    const partial = failure.partial && error.includes("…");
    return {
      stage: "load",
      outcome: "fails",
      error: `operation failed: job 'start' failed: ${error}`,
      ...(partial ? { partial } : {}),
    };
  }
  if (rules.monitorClosed === undefined) return { stage: "load", outcome: "fails" };
  const lines = [...failure.printed, error].map((line) => (line === "…" ? line : `${program}: ${line}`));
  return {
    stage: "load",
    outcome: "fails",
    error: `internal error: ${rules.monitorClosed.replace("%s", name)}${lines.join("\n")}`,
    ...(failure.partial ? { partial: true } : {}),
  };
}
