import type { ScenarioPeer } from "../check/scenario.ts";
import { commonMachine } from "../matrix/common-machine.ts";
import { compareVersions } from "../releases.ts";

const VERSIONED = /^pc-q35-(.*\d)$/;

export interface ChosenMachine {
  readonly machine: string | undefined;
  /** Nobody named it. */
  readonly chosen: boolean;
}

/** The machine type of the guest: as asked for, as a peer tells, or the newest that both have. */
export function machineFor(request: {
  readonly source: ScenarioPeer;
  readonly destination: ScenarioPeer;
  readonly machine?: string;
}): ChosenMachine {
  const { source, destination } = request;
  const named = request.machine ?? source.machine ?? destination.machine;
  if (named !== undefined) return { machine: named, chosen: false };
  const [here, there] = [source.states?.machines, destination.states?.machines];
  if (!here && !there) return { machine: commonMachine(source, destination), chosen: true };
  const common = (here ?? there ?? []).filter((name) => !there || there.includes(name));
  const best = common
    .filter((name) => VERSIONED.test(name))
    .sort(byVersion)
    .at(-1);
  const usual = commonMachine(source, destination);
  if (common.includes(usual)) return { machine: usual, chosen: true };
  return { machine: best ?? (common.length > 0 ? undefined : usual), chosen: true };
}

function byVersion(a: string, b: string): number {
  const numbers = (name: string) => (VERSIONED.exec(name)?.[1] ?? "").replace(/^\D+/, "");
  return compareVersions(numbers(a), numbers(b));
}
