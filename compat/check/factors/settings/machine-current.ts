import { chapterAt, type Fact, valueAt } from "../../../facts/fact.ts";
import { DEPRECATED_UP_TO } from "../../../facts/qemu/machines/deprecated-machines.ts";
import {
  DEPRECATED_BY_NAME,
  DEPRECATION_REASON,
  MACHINE_DEPRECATED,
} from "../../../facts/qemu/machines/deprecation-texts.ts";
import { compareVersions } from "../../../releases.ts";
import type { End } from "../../end.ts";
import type { Factor, Problem } from "../../factor.ts";
import { endHasMachine, machineOf } from "./machine-types.ts";
import { perVersion } from "./per-version.ts";
import { alsoWrong, shown } from "./settle.ts";

const VERSION = /^pc-(?:[a-z][\w]*-)?(\d+\.\d+(?:\.\d+)?)$/;

export const machineCurrent: Factor = {
  rule: "MACHINE_CURRENT",
  purpose:
    "Checks that no side has a machine type that its release calls deprecated; of both, the destination is told.",
  reference: "include/hw/boards.h, MACHINE_VER_IS_DEPRECATED; hw/i386/pc_piix.c, deprecation_reason",
  find({ source, destination }) {
    // The newer side calls more of them deprecated: once is enough.
    return problemsAt(destination) ?? problemsAt(source) ?? NONE;
  },
};

const NONE: readonly Problem[] = [];

type Found = Map<string, Problem | undefined>;

/** What a release calls deprecated; problems that were found are kept, as long as they are few. */
interface Deprecated {
  readonly upTo: string;
  readonly facts: readonly Fact<string>[];
  readonly found: Readonly<Record<End["role"], Found>>;
}
const MOST_FOUND = 1000;

const deprecatedOf = perVersion((version): Deprecated => {
  const found = { source: new Map(), destination: new Map() };
  for (const chapters of [DEPRECATED_UP_TO, DEPRECATED_BY_NAME]) {
    const [upTo, fact] = [valueAt(chapters, version, "later"), chapterAt(chapters, version, "later")];
    if (upTo !== undefined && fact) return { upTo, facts: [fact], found };
  }
  return { upTo: "", facts: [], found };
});

function problemsAt(end: End): readonly Problem[] | undefined {
  const deprecated = deprecatedOf(end.version);
  const machine = deprecated.upTo === "" ? undefined : machineOf(end);
  const problem = machine === undefined ? undefined : problemOf(end, machine, deprecated);
  return problem && endHasMachine(end) ? [problem] : undefined;
}

function problemOf(end: End, machine: string, deprecated: Deprecated): Problem | undefined {
  const found = deprecated.found[end.role];
  const known = found.get(machine);
  if (known !== undefined || found.has(machine)) return known;
  if (found.size >= MOST_FOUND) found.clear();
  const problem = isUpTo(machine, deprecated.upTo) ? problemWith(end, machine, deprecated) : undefined;
  found.set(machine, problem);
  return problem;
}

function isUpTo(machine: string, upTo: string): boolean {
  const [, version] = VERSION.exec(machine) ?? [];
  return version !== undefined && compareVersions(version, upTo) <= 0;
}

function problemWith(end: End, machine: string, { upTo, facts }: Deprecated): Problem {
  const text = end.say(MACHINE_DEPRECATED, machine, end.value(DEPRECATION_REASON) ?? "")?.text ?? "";
  const args = { machine: shown(machine), upTo, text };
  return alsoWrong(end, `start ${end.role}`, "note", { args, facts });
}
