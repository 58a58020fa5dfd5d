import { BESIDE_THE_ROW, type Machines, X86_MACHINES } from "../../facts/qemu/machines.ts";
import { compareVersions, findRelease, lineOf } from "../../releases.ts";

/** Whether `qemu-system-x86_64` of a release has a machine type. */
export function hasMachine(machine: string, qemu: string): boolean | undefined {
  const line = lineOf(qemu);
  const exact = X86_MACHINES.find(({ since }) => since === line);
  if (exact) return isAmong(machine, exact.value);
  const older = X86_MACHINES.findLast(({ since }) => isBefore(since, line));
  const newer = X86_MACHINES.find(({ since }) => !isBefore(since, line));
  const version = /^pc-(?:i440fx-|q35-)?(\d+\.\d+)/.exec(machine)?.[1];
  if (version !== undefined && compareVersions(version, line) > 0) return false;
  if (!newer || !isAmong(machine, newer.value)) return undefined;
  const isNew = version !== undefined && older !== undefined && isBefore(older.since, version);
  return isNew || (older !== undefined && isAmong(machine, older.value)) ? true : undefined;
}

/** The name a machine type has in the stream: an alias stands for the newest of its family. */
export function canonicalMachine(machine: string, qemu: string): string | undefined {
  const families = X86_MACHINES.flatMap(({ value }) => value.families);
  if (!families.some(({ alias }) => alias === machine)) return machine;
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

function isBefore(since: unknown, line: string): boolean {
  return typeof since === "string" && compareVersions(since, line) < 0;
}
