import { compareState, type Difference, versionDifference } from "./compare.ts";
import { byName, type Dump, type DumpDescription } from "./description.ts";
import type { VmstateFinding } from "./finding.ts";
import { isLeftOut } from "./packaged/layouts.ts";
import { pathOf } from "./path.ts";
import { shapeOfDump } from "./shape.ts";

/** What of a stream counts: the states that it has, and their subsections. */
export interface UsedStates {
  has(state: string): boolean;
  hasSubsection(subsection: string): boolean;
}

/** Whether what QEMU `from` sends QEMU `to` reads, by what both say of their devices. */
export function diffVmstate(from: Dump, to: Dump, used?: UsedStates): readonly VmstateFinding[] {
  const findings: VmstateFinding[] = [];
  if (from.machine !== null && to.machine !== null && from.machine !== to.machine)
    findings.push({
      rule: "DUMP_MACHINE_SAME",
      level: "warning",
      path: "",
      args: { from: from.machine, to: to.machine },
    });
  const named = byName(to);
  for (const [type, description] of from.devices) {
    if (used && !used.has(description.name)) continue;
    const find = (rule: string, level: VmstateFinding["level"], args: VmstateFinding["args"] = {}) =>
      findings.push({ rule, level, path: `${type}: ${description.name}`, args });
    if (!description.fields) continue;
    const own = to.devices.get(type);
    const others = named.get(description.name) ?? [];
    if (own && own.name !== description.name)
      find("STATE_NAME_KEPT", "error", { from: description.name, to: own.name });
    else if (!own && others.length === 0)
      find("DEVICE_KNOWN", used && !isLeftOut(description.name) ? "error" : "note");
    else
      findings.push(
        ...best(type, description, own ? [own] : others.map((each) => each.description), from, to, used),
      );
  }
  return findings;
}

/** Of several descriptions of one name that which fits best is the one meant. */
function best(
  type: string,
  description: DumpDescription,
  candidates: readonly DumpDescription[],
  from: Dump,
  to: Dump,
  used: UsedStates | undefined,
): readonly VmstateFinding[] {
  const results = candidates.map((each) => compareDevice(type, description, each, from, to, used));
  const weight = (findings: readonly VmstateFinding[]) =>
    findings.reduce(
      (sum, { level }) => sum + (level === "error" ? 10_000 : level === "warning" ? 100 : 1),
      0,
    );
  return results.toSorted((a, b) => weight(a) - weight(b))[0] ?? [];
}

function compareDevice(
  type: string,
  sent: DumpDescription,
  read: DumpDescription,
  from: Dump,
  to: Dump,
  used: UsedStates | undefined,
): readonly VmstateFinding[] {
  const start = `${type}: ${sent.name}`;
  if (!read.fields) return [{ rule: "DEVICE_MIGRATABLE", level: "error", path: start, args: {} }];
  const shape = shapeOfDump(sent, from.countsTold);
  const other = shapeOfDump(read, to.countsTold, Math.min(sent.version, read.version));
  const version = versionDifference(shape, other);
  if (version) return [{ rule: version.rule, level: version.level, path: start, args: version.args }];
  const isSent = (subsection: string) => used?.hasSubsection(subsection) === true;
  return compareState(shape, other, { sent: false, isSent }).map((difference) => findingOf(type, difference));
}

function findingOf(type: string, { rule, level, trail, args }: Difference): VmstateFinding {
  return { rule, level, path: `${type}: ${pathOf(trail)}`, args };
}
