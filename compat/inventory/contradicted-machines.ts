import type { VerdictFinding } from "../check/verdict.ts";
import { type Fact, valueAt } from "../facts/fact.ts";
import { type OldestOfFamily, PC_I440FX, PC_Q35 } from "../facts/qemu/machines/pc-machines.ts";
import { canonicalMachine, hasMachine } from "../peers/qemu-load/machine.ts";
import { atLeast, lineOf, linesOfQemu } from "../releases.ts";
import { inventoryFinding } from "./finding.ts";
import { listed } from "./names.ts";
import { printableName } from "./printable-name.ts";

const FAMILIES: readonly (readonly Fact<OldestOfFamily>[])[] = [PC_I440FX, PC_Q35];

/** The versioned machine types of a release's PCs, oldest first. */
function machinesOf(qemu: string): readonly string[] {
  return FAMILIES.flatMap((chapters) => {
    const family = valueAt(chapters, qemu, "later");
    if (!family) return [];
    const lines = linesOfQemu().filter((line) => atLeast(line, family.oldest) && atLeast(lineOf(qemu), line));
    return lines.map((line) => `${family.prefix}${line}`);
  });
}

/** Where the machine types that a peer lists are others than those of its release; PCs only. */
export function machineFindings(qemu: string, names: readonly string[] | undefined): VerdictFinding[] {
  if (!names?.some((name) => /^pc-(i440fx|q35)-/.test(name))) return [];
  const has = new Set(names);
  const missing = machinesOf(qemu).filter((name) => !has.has(name));
  const extra = [...has].filter((name) => {
    return hasMachine(name, qemu) === false && canonicalMachine(name, qemu) === name;
  });
  return [
    ...(missing.length > 0 ? [finding("INVENTORY_MACHINE_MISSING", qemu, missing)] : []),
    ...(extra.length > 0 ? [finding("INVENTORY_MACHINE_EXTRA", qemu, extra)] : []),
  ];
}

function finding(
  rule: "INVENTORY_MACHINE_MISSING" | "INVENTORY_MACHINE_EXTRA",
  qemu: string,
  names: readonly string[],
): VerdictFinding {
  const facts = FAMILIES.flatMap((chapters) => chapters.filter(({ since }) => since === lineOf(qemu)));
  return inventoryFinding(rule, "warning", { names: listed(names.map(printableName)), qemu }, facts);
}
