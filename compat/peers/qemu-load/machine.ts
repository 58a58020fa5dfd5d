import { valueAt } from "../../facts/fact.ts";
import { BESIDE_THE_ROW, type Machines, X86_MACHINES } from "../../facts/qemu/machines/machines.ts";
import { PC_I440FX, PC_Q35 } from "../../facts/qemu/machines/pc-machines.ts";
import { compareVersions, findRelease, lineOf } from "../../releases.ts";

/** Machine types of a PC, and those of any architecture that have a version. */
const FAMILY = /^pc-/;
const VERSIONED = /^(.+-)(\d+\.\d+)$/;

/** What the names behind an alias begin with: `q35` is `pc-q35-` of the release. */
export const ALIAS_PREFIXES: ReadonlyMap<string, string> = new Map(
  X86_MACHINES.flatMap(({ value }) =>
    value.families.flatMap(({ alias, prefix }) => (alias === undefined ? [] : [[alias, prefix] as const])),
  ),
);

/** Whether QEMU of a release has a machine type; undefined where that is not known. */
export function hasMachine(machine: string, qemu: string): boolean | undefined {
  const line = lineOf(qemu);
  const exact = X86_MACHINES.find(({ since }) => since === line);
  if (exact && (FAMILY.test(machine) || !VERSIONED.test(machine))) return isAmong(machine, exact.value);
  const [, prefix = "", version] = VERSIONED.exec(machine) ?? [];
  if (version === undefined) return undefined;
  if (compareVersions(version, line) > 0) return false;
  const oldest = [PC_I440FX, PC_Q35]
    .map((chapters) => valueAt(chapters, qemu, "later"))
    .find((family) => family?.prefix === prefix)?.oldest;
  if (oldest === undefined) return undefined;
  return compareVersions(version, oldest) >= 0 && findRelease("qemu", version) !== undefined;
}

/** The name a machine type has in the stream: an alias stands for the newest of its family. */
export function canonicalMachine(machine: string, qemu: string): string | undefined {
  if (!ALIAS_PREFIXES.has(machine)) return machine;
  const table = X86_MACHINES.find(({ since }) => since === lineOf(qemu));
  const family = table?.value.families.find(({ alias }) => alias === machine);
  return family ? family.prefix + family.newest : undefined;
}

function isAmong(machine: string, { families, others }: Machines): boolean {
  if (others.includes(machine)) return true;
  return families.some(({ prefix, oldest, newest, alias }) => {
    if (machine === alias) return true;
    const version = machine.startsWith(prefix) ? machine.slice(prefix.length) : "";
    const known = /^\d+\.\d+$/.test(version) && findRelease("qemu", version) !== undefined;
    if (!known && !BESIDE_THE_ROW.includes(machine)) return false;
    return compareVersions(version, oldest) >= 0 && compareVersions(version, newest) <= 0;
  });
}
