import { versionsOf } from "../releases.ts";
import type { Result } from "./result.ts";

/** Releases that take one change in one state alike. */
export interface ResultGroup {
  /** In the order of their versions. */
  readonly peers: readonly string[];
  /** The first of them stands for all. */
  readonly result: Result;
}

/** Puts together what differs in nothing but the release. */
export function groupResults(results: readonly Result[]): readonly ResultGroup[] {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const { change, side, state, gate, outcome, rule, proof } = result;
    const key = JSON.stringify([
      change,
      side,
      state,
      gate,
      outcome,
      rule?.id ?? null,
      proof && [proof.stop?.path, proof.text, proof.status, proof.endStatus, proof.exit],
    ]);
    const group = groups.get(key);
    if (group) group.push(result);
    else groups.set(key, [result]);
  }
  const states = [...new Set(results.map(stateOf))];
  const found = [...groups.values()].flatMap((group) => {
    const [result] = group;
    return result ? [{ peers: group.map(({ peer }) => peer), result }] : [];
  });
  return found.toSorted((a, b) => states.indexOf(stateOf(a.result)) - states.indexOf(stateOf(b.result)));
}

function stateOf({ change, gate, side, state }: Result): string {
  return JSON.stringify([change, gate, side, state]);
}

/** `qemu 2.5 to 8.1.5, 9.0`: runs of releases of one product, among all there are. */
export function spans(peers: readonly string[]): string {
  const product = peers[0]?.startsWith("libvirt-") ? "libvirt" : "qemu";
  const wanted = new Set(peers);
  const runs: string[][] = [];
  let open = false;
  for (const version of versionsOf(product)) {
    if (!wanted.has(`${product}-${version}`)) open = false;
    else if (open) runs.at(-1)?.push(version);
    else {
      runs.push([version]);
      open = true;
    }
  }
  const texts = runs.map((run) => (run.length === 1 ? run[0] : `${run[0]} to ${run.at(-1)}`));
  return `${product} ${texts.join(", ")}`;
}
