import { reached, valueAt } from "../../../facts/fact.ts";
import { X86_MACHINES } from "../../../facts/qemu/machines/machines.ts";
import { PC } from "../../../facts/qemu/machines/pc-machines.ts";
import { ALIAS_PREFIXES, hasMachine } from "../../../peers/qemu-load/machine.ts";
import { compareVersions, lineOf, linesOfQemu } from "../../../releases.ts";
import type { End } from "../../end.ts";
import { keeping } from "../../keeping.ts";
import { perVersion } from "./per-version.ts";

const FAMILIES = X86_MACHINES.flatMap(({ value }) => value.families);
const PREFIXES = [...new Set(FAMILIES.map(({ prefix }) => prefix))];
const OLDEST = /^pc-(0\.1\d|1\.[0-3])$/;
const OTHERS: ReadonlySet<string> = new Set(X86_MACHINES.flatMap(({ value }) => value.others));

/** The machine type of an end under the name that goes over the wire: `q35` is the newest of its family. */
export function machineOf({ peer, version }: End): string | undefined {
  const { machine } = peer;
  const prefix = machine === undefined ? undefined : ALIAS_PREFIXES.get(machine);
  return prefix === undefined ? machine : prefix + lineOf(version);
}

/** Whether an end's release has its machine type, as far as that is known; what the end states counts more. */
export function endHasMachine(end: End): boolean | undefined {
  const { machine, states } = end.peer;
  const stated = machine === undefined ? undefined : states?.machines?.includes(machine);
  if (machine === undefined || stated !== undefined) return stated;
  return hasIt(machineOf(end) ?? machine, end.version);
}

/** Answers that were found before, by release and name; begun anew before they are too many. */
const answersOf = perVersion((): Map<string, boolean | undefined> => new Map());
const MOST_ANSWERS = 1000;

function hasIt(machine: string, version: string): boolean | undefined {
  const answers = answersOf(version);
  const known = answers.get(machine);
  if (known !== undefined || answers.has(machine)) return known;
  if (answers.size >= MOST_ANSWERS) answers.clear();
  const answer = lookUp(machine, version);
  answers.set(machine, answer);
  return answer;
}

function lookUp(machine: string, version: string): boolean | undefined {
  if (OTHERS.has(machine)) return hasOther(machine, version);
  const has = hasMachine(machine, version) ?? hasOldest(machine, version);
  return has === false && !isOfPc(machine, version) ? undefined : has;
}

/** Machine types without a version are told of some releases only; between two that agree they are as in those. */
function hasOther(machine: string, version: string): boolean | undefined {
  const before = X86_MACHINES.findLast(({ since }) => reached(since, version, "later"));
  const after = X86_MACHINES.find(({ since }) => !reached(since, version, "later"));
  const has = before?.value.others.includes(machine);
  const isExact = before !== undefined && before.since === lineOf(version);
  return isExact || after?.value.others.includes(machine) === has ? has : undefined;
}

/** `pc-1.3` and those before it, which have a name of their own. */
function hasOldest(machine: string, version: string): boolean | undefined {
  const [, number] = OLDEST.exec(machine) ?? [];
  if (number === undefined) return undefined;
  const oldest = valueAt(PC, version, "later")?.oldest;
  return oldest !== undefined && compareVersions(number, oldest) >= 0;
}

/** What is no PC may be a machine type of another architecture, unless it is newer than the release. */
function isOfPc(machine: string, version: string): boolean {
  if (PREFIXES.some((prefix) => machine.startsWith(prefix))) return true;
  return machine.includes("-") && hasMachine(machine, lineOf(version)) === false;
}

/** In which releases there is a machine type: `7.2 to 11.1`; empty where that is not known. */
export const releasesWith = keeping((machine) => {
  const lines = linesOfQemu().filter((line) => lookUp(machine, line) === true);
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return "";
  return first === last ? first : `${first} to ${last}`;
});

/** Machine types of the family of one, the newest first; none where it is of no family. */
export function newestFirst(machine: string): readonly string[] {
  const families = [...ALIAS_PREFIXES.values()];
  const named = families.find((each) => machine.startsWith(each));
  const prefix =
    ALIAS_PREFIXES.get(machine) ?? named ?? (OLDEST.test(machine) ? ALIAS_PREFIXES.get("pc") : undefined);
  return prefix === undefined
    ? []
    : linesOfQemu()
        .map((line) => prefix + line)
        .reverse();
}
