import type { HostClass, VmClass } from "../../compat/fleet/classes.ts";
import type { FleetReport } from "../../compat/fleet/fleet.ts";
import type { Pin, Route } from "../../compat/fleet/upgrade.ts";
import { glyph, legend } from "../matrix/glyph.ts";
import { type Output, type Paint, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { columns, fold, plural } from "../text.ts";

const MOST_NAMES = 3;

/** A fleet's report for people. */
export function fleetText(report: FleetReport, output: Output): string {
  const paint = painter(output);
  const { hosts, vms } = report;
  const names = new Map<HostClass | VmClass, string>([
    ...hosts.map((each, i) => [each, letters(i)] as const),
    ...vms.map((each, i) => [each, String(i + 1)] as const),
  ]);
  const name = (each: HostClass | VmClass) => names.get(each) ?? "";
  const all = (of: readonly { readonly length: number }[]) => of.reduce((sum, { length }) => sum + length, 0);
  const lines = [
    `${plural(all(hosts.map((each) => each.hosts)), "host")} of ${plural(hosts.length, "kind")}, ${plural(all(vms.map((each) => each.vms)), "VM")} of ${plural(vms.length, "kind")}`,
    "",
    paint("bold", "hosts"),
    ...indented(
      columns(
        hosts.map((each) => hostRow(each, name(each))),
        new Set([1]),
      ),
    ),
    ...movesLines(report, name, paint),
    ...pinnedLines(report, name, paint),
    ...upgradeLines(report, name, paint),
  ];
  return `${lines.join("\n")}\n`;
}

function hostRow({ peer, upgrade, hosts }: HostClass, name: string): string[] {
  return [
    name,
    String(hosts.length),
    `qemu-${peer.qemu}`,
    upgrade ? `to become ${upgrade}` : "stays",
    someOf(hosts),
  ];
}

function movesLines({ hosts, vms, moves }: FleetReport, name: Namer, paint: Paint): string[] {
  if (vms.length === 0) return [];
  const rows = vms.map((vm) => {
    const { peer, features } = vm;
    const what = printable([peer.machine ?? "any machine type", ...features].join(", "));
    return [name(vm), String(vm.vms.length), `qemu-${peer.qemu} on ${name(vm.on)}`, what, someOf(vm.vms)];
  });
  const widths = columns(rows, new Set([0, 1]));
  const letters = lettersOf(moves, paint);
  const letter = (vm: VmClass, to: HostClass) => letters.get(vm)?.get(to) ?? " ";
  const cells = vms.map((vm) =>
    hosts.map((to) => letter(vm, to).concat(" ".repeat(name(to).length - 1))).join(" "),
  );
  const width = widths.reduce((most, { length }) => Math.max(most, length), 0);
  return [
    "",
    paint("bold", "moves now"),
    `  ${" ".repeat(width)}  to ${hosts.map(name).join(" ")}`,
    ...widths.map((line, i) => `  ${line.padEnd(width)}     ${cells[i]}`.trimEnd()),
    ...(moves.length === 0 ? [] : [`  ${legend(moves.map(({ verdict }) => verdict))}`]),
  ];
}

function lettersOf(moves: FleetReport["moves"], paint: Paint): ReadonlyMap<VmClass, Map<HostClass, string>> {
  const letters = new Map<VmClass, Map<HostClass, string>>();
  for (const { vm, to, verdict } of moves) {
    const own = letters.get(vm) ?? new Map<HostClass, string>();
    letters.set(vm, own.set(to, glyph(verdict, paint)));
  }
  return letters;
}

function pinnedLines({ pinned, moves }: FleetReport, name: Namer, paint: Paint): string[] {
  if (pinned.length === 0) return [];
  const byVm = new Map(pinned.map((vm) => [vm, [] as FleetReport["moves"][number][]]));
  for (const each of moves) byVm.get(each.vm)?.push(each);
  const lines = pinned.flatMap((vm) => {
    const tried = byVm.get(vm) ?? [];
    const why = tried.flatMap(({ to, verdict }) => reasonLines(`to ${name(to)}: `, verdict));
    const none = tried.length === 0 ? ["there is no other host"] : [];
    return [`VMs ${name(vm)} (${someOf(vm.vms)}) on ${name(vm.on)}`, ...indented([...none, ...why])];
  });
  return ["", paint("red", "pinned now: no host takes them"), ...indented(lines)];
}

function upgradeLines({ upgrade: { steps, stuck } }: FleetReport, name: Namer, paint: Paint): string[] {
  if (steps.length + stuck.length === 0) return [];
  const done = steps.flatMap(({ hosts, routes }, i) => [
    `${i + 1}. ${name(hosts)}: ${plural(hosts.hosts.length, "host")} from ${hosts.peer.qemu} to ${hosts.upgrade}`,
    ...indented(
      routes.map((each) => routeLine(each, name)),
      "   ",
    ),
  ]);
  const left = stuck.flatMap(({ hosts, pins }) => [
    paint(
      "red",
      `${name(hosts)}: ${plural(hosts.hosts.length, "host")} of ${hosts.peer.qemu} cannot be upgraded while these VMs run`,
    ),
    ...indented(
      pins.flatMap((pin) => pinLines(pin, name)),
      "   ",
    ),
  ]);
  return [
    "",
    paint("bold", "upgrade, in this order; room for the VMs is not looked at"),
    ...indented([...done, ...left]),
  ];
}

function routeLine({ vm, through }: Route, name: Namer): string {
  return `VMs ${name(vm)} (${vm.vms.length}) → ${through.map(({ qemu }) => `qemu-${qemu}`).join(" → ")}`;
}

function pinLines({ vm, verdict }: Pin, name: Namer): string[] {
  const why = verdict ? reasonLines("", verdict) : ["there is no other host to take them"];
  return [`VMs ${name(vm)} (${someOf(vm.vms)})`, ...indented(why)];
}

type Verdict = FleetReport["moves"][number]["verdict"];

function reasonLines(prefix: string, { outcome, findings: [finding] }: Verdict): string[] {
  const why = finding ? `: ${finding.message} [${finding.rule}]` : "";
  const remedy = finding?.remedy ? [`→ ${finding.remedy}`] : [];
  return [`${prefix}${outcome}${why}`, ...remedy].flatMap((line) => fold(line.split(" "), " ", 8));
}

function someOf(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? `, … ${names.length - MOST_NAMES} more` : "";
  return `${names.slice(0, MOST_NAMES).map(printable).join(", ")}${more}`;
}

type Namer = (each: HostClass | VmClass) => string;

function indented(lines: readonly string[], by = "  "): string[] {
  return lines.map((line) => by + line);
}

/** A, B … Z, AA, AB … */
function letters(number: number): string {
  const last = String.fromCharCode(65 + (number % 26));
  return number < 26 ? last : letters(Math.floor(number / 26) - 1) + last;
}
