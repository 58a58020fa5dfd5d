import { judge } from "../check/judge.ts";
import type { Scenario, ScenarioPeer } from "../check/scenario.ts";
import type { Verdict } from "../check/verdict.ts";
import type { VmClass } from "./classes.ts";

/** What the move of a VM comes to, from one QEMU to another. */
export type Mover = (vm: VmClass, from: ScenarioPeer, to: ScenarioPeer) => Verdict;

/** Judges each move once. */
export function createMover(): Mover {
  const known = new Map<VmClass, Map<string, Verdict>>();
  return (vm, from, to) => {
    const moves = known.get(vm) ?? new Map<string, Verdict>();
    known.set(vm, moves);
    const key = `${JSON.stringify(from)} ${JSON.stringify(to)}`;
    const verdict = moves.get(key) ?? judge(scenarioOf(vm, from, to));
    moves.set(key, verdict);
    return verdict;
  };
}

function scenarioOf({ peer, destination, mode }: VmClass, from: ScenarioPeer, to: ScenarioPeer): Scenario {
  const { qemu: _, ...set } = peer;
  const transport = mode === "save-and-restore" ? ({ transport: "file" } as const) : {};
  return { source: { ...from, ...set }, destination: { ...to, ...destination }, mode, ...transport };
}
