import { checkPair } from "../check/check.ts";
import { type End, endOf, type Pair, pairOf } from "../check/end.ts";
import type { Scenario, ScenarioPeer } from "../check/scenario.ts";
import type { Verdict } from "../check/verdict.ts";
import { wasRun } from "../observations/find.ts";
import { observe } from "../observations/observe.ts";
import { commonMachine } from "./common-machine.ts";
import type { FeatureSetup } from "./features.ts";
import { classOfRelease } from "./release-class.ts";

/** A row and a column of a matrix. */
export interface MatrixEnd {
  readonly name: string;
  readonly peer: ScenarioPeer;
}

export interface MatrixRequest {
  readonly ends: readonly MatrixEnd[];
  /** Under one machine type; without it the newest that both ends of a cell have. */
  readonly machine?: string;
  readonly setup: FeatureSetup;
  /** Whether recorded runs count more than the models. */
  readonly observations: boolean;
}

/** What all cells of one kind come to. */
export interface MatrixVerdict {
  /** Two ends that stand for all ends of such cells: no fact tells the others apart from them. */
  readonly scenario: Scenario;
  readonly verdict: Verdict;
}

export interface Matrix {
  readonly names: readonly string[];
  readonly verdicts: readonly MatrixVerdict[];
  /** For each source, for each destination, the place of its verdict. */
  readonly cells: readonly (readonly number[])[];
}

/** Every end as a source to every end as a destination. Ends that nothing tells apart are judged once. */
export function matrixOf({ ends, machine, setup, observations }: MatrixRequest): Matrix {
  const verdicts: MatrixVerdict[] = [];
  const { classes, count } = classesOf(ends);
  const places: (number | undefined)[] = new Array(count * count);
  const runs = ends.map(({ peer }) => observations && wasRun(peer.qemu));
  const judged = (scenario: Scenario, verdict: Verdict) => verdicts.push({ scenario, verdict }) - 1;
  const pairOfEnds = preparing(machine, setup);
  const made = (pair: Pair) => judged(pair.scenario, checkPair(pair));
  const cells = ends.map((source, from) =>
    ends.map((destination, to) => {
      const key = (classes[from] ?? 0) * count + (classes[to] ?? 0);
      const place = places[key] ?? made(pairOfEnds(source.peer, destination.peer));
      places[key] = place;
      const modelled = verdicts[place]?.verdict;
      if (!modelled || !runs[from] || !runs[to]) return place;
      const { scenario } = pairOfEnds(source.peer, destination.peer);
      const seen = observe(scenario, modelled);
      return seen === modelled ? place : judged(scenario, seen);
    }),
  );
  return { names: ends.map(({ name }) => name), verdicts, cells };
}

/** A number for each end, the same for ends that are judged alike. */
function classesOf(ends: readonly MatrixEnd[]): {
  readonly classes: readonly number[];
  readonly count: number;
} {
  const numbers = new Map<string, number>();
  const classes = ends.map(({ peer: { qemu, ...rest } }) => {
    const name = `${classOfRelease(qemu)}${Object.keys(rest).length === 0 ? "" : JSON.stringify(rest)}`;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  return { classes, count: numbers.size };
}

/** Makes pairs; the ends of many of them are the same, and are made once. */
function preparing(
  given: string | undefined,
  { source, destination, mode, transport }: FeatureSetup,
): (from: ScenarioPeer, to: ScenarioPeer) => Pair {
  const [sources, destinations] = [
    preparingEnds("source", source),
    preparingEnds("destination", destination),
  ];
  const done = {
    ...(mode === undefined ? {} : { mode }),
    ...(transport === undefined ? {} : { transport }),
  };
  return (from, to) => {
    const machine = given ?? commonMachine(from, to);
    const [there, here] = [sources(from, machine), destinations(to, machine)];
    const scenario: Scenario = { source: there.peer, destination: here.peer, ...done };
    return pairOf(scenario, there.end, here.end);
  };
}

interface Prepared {
  readonly peer: ScenarioPeer;
  readonly end: End;
}

function preparingEnds(
  role: End["role"],
  setup: FeatureSetup["source"],
): (peer: ScenarioPeer, machine: string) => Prepared {
  const made = new Map<ScenarioPeer, Map<string, Prepared>>();
  return (peer, machine) => {
    const ofPeer = made.get(peer) ?? new Map<string, Prepared>();
    made.set(peer, ofPeer);
    const known = ofPeer.get(machine);
    if (known) return known;
    const withMachine = withSetup(peer, setup, machine);
    const prepared = { peer: withMachine, end: endOf(role, withMachine) };
    ofPeer.set(machine, prepared);
    return prepared;
  };
}

function withSetup(peer: ScenarioPeer, setup: FeatureSetup["source"], machine: string): ScenarioPeer {
  return {
    ...peer,
    machine,
    capabilities: { ...peer.capabilities, ...setup.capabilities },
    parameters: { ...peer.parameters, ...setup.parameters },
  };
}
