import type { VerdictFinding } from "../check/verdict.ts";
import { chapterAt } from "../facts/fact.ts";
import { inventoryFinding } from "./finding.ts";
import { CAPABILITIES, capabilitiesOf, chaptersOf, firstWith, goneSince } from "./implied.ts";
import { listed } from "./names.ts";
import { printableName } from "./printable-name.ts";

/** Where the capabilities that a peer lists are others than those of its release. */
export function capabilityFindings(qemu: string, names: readonly string[] | undefined): VerdictFinding[] {
  if (!names) return [];
  const has = new Set(names);
  const implied = capabilitiesOf(qemu);
  const missing = [...implied.keys()].filter((name) => !has.has(name));
  const extra = [...has].filter((name) => !implied.has(name));
  const facts = missing.flatMap((name) => chapterAt(chaptersOf(CAPABILITIES, name), qemu, "later") ?? []);
  return [
    ...(missing.length > 0
      ? [inventoryFinding("INVENTORY_CAPABILITY_MISSING", "warning", { names: listed(missing), qemu }, facts)]
      : []),
    ...(extra.length > 0 ? [extraFinding(qemu, extra)] : []),
  ];
}

function extraFinding(qemu: string, extra: readonly string[]): VerdictFinding {
  const facts = extra.flatMap((name) => chaptersOf(CAPABILITIES, name).slice(0, 1));
  const told = extra.flatMap((name) => {
    const gone = goneSince(CAPABILITIES, name, qemu);
    const first = firstWith(CAPABILITIES, name);
    if (gone !== undefined) return [`${name} is gone since ${gone}`];
    return first === undefined ? [] : [`${name} came with ${first}`];
  });
  const since = told.length > 0 ? ` (${listed(told)})` : "";
  const names = listed(extra.map(printableName));
  return inventoryFinding("INVENTORY_CAPABILITY_EXTRA", "warning", { names, qemu, since }, facts);
}
