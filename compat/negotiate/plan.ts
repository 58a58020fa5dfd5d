import type { Scenario, Transport } from "../check/scenario.ts";
import type { End, GateSetting } from "../gate.ts";
import { commandsFor } from "./answer.ts";
import type { Ends, MigrationFeature } from "./feature.ts";
import { settingsOn, withNeeds } from "./scenario.ts";

/** A QMP command, on which end, and when where it is not at once. */
export interface QmpStep {
  readonly end: End;
  readonly execute: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly when: string | null;
}

const PLACES: Readonly<Record<Transport, string>> = {
  tcp: "tcp:DESTINATION:PORT",
  unix: "unix:/PATH/TO/SOCKET",
  file: "file:/PATH/TO/FILE",
  exec: "exec:COMMAND",
  fd: "fd:NAME",
};

/** The QMP commands of both ends in the order in which they are given; the destination was started with `-incoming defer`. */
export function planFor(
  ends: Ends,
  wanted: readonly MigrationFeature[],
  scenario: Scenario,
): readonly QmpStep[] {
  const features = withNeeds(wanted);
  const uri = placeOf(scenario);
  const settings = (end: End) =>
    commandsFor(end, settingsOn(ends[end], end, features, ends.source)).map(stepOf);
  const incoming: QmpStep = {
    end: "destination",
    execute: "migrate-incoming",
    arguments: { uri },
    when: null,
  };
  const out: QmpStep = { end: "source", execute: "migrate", arguments: { uri }, when: null };
  const pauses = features.some(({ id }) => id === "pause-before-switchover");
  const resume = pauses ? [CONTINUE] : [];
  if (scenario.mode === "save-and-restore") {
    const saved = { ...incoming, when: "once query-migrate of the source says completed" };
    return [...settings("source"), out, ...resume, ...settings("destination"), saved];
  }
  const mode = scenario.mode ?? "precopy";
  return [
    ...settings("destination"),
    incoming,
    ...settings("source"),
    out,
    ...(mode === "precopy" ? [] : POSTCOPY),
    ...resume,
    ...(mode === "postcopy-recovery" ? recovery(uri) : []),
  ];
}

function placeOf({ transport, mode }: Scenario): string {
  return PLACES[transport ?? (mode === "save-and-restore" ? "file" : "tcp")];
}

function stepOf({ end, execute, arguments: given }: GateSetting): QmpStep {
  return { end, execute, arguments: given, when: null };
}

const CONTINUE: QmpStep = {
  end: "source",
  execute: "migrate-continue",
  arguments: { state: "pre-switchover" },
  when: "once its status is pre-switchover",
};

const POSTCOPY: readonly QmpStep[] = [
  { end: "source", execute: "migrate-start-postcopy", arguments: {}, when: "while its status is active" },
];

function recovery(uri: string): readonly QmpStep[] {
  const when = "once both are postcopy-paused";
  return [
    { end: "destination", execute: "migrate-recover", arguments: { uri }, when },
    { end: "source", execute: "migrate", arguments: { uri, resume: true }, when },
  ];
}
