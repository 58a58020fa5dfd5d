import { compareVersions } from "../../releases.ts";

const X86 = /^(?:pc|q35|pc-.*|isapc|microvm|nitro|none|xenfv.*|xenpv|x-remote)$/;
const CORE_MEMORY: readonly (readonly [RegExp, string])[] = [
  [/^(?:pc|q35|pc-.*|isapc|xenfv.*)$/, "pc.ram"],
  [/^pseries/, "ppc_spapr.ram"],
  [/^s390-ccw-virtio/, "s390.ram"],
  [/^microvm/, "microvm.ram"],
];

/** Whether a machine type is one of x86; one that is not given counts as such. */
export function isX86(machine: string | undefined): boolean {
  return machine === undefined || X86.test(machine);
}

/** The RAM block of a machine type's memory. */
export function mainMemory(machine = "pc"): string | undefined {
  return CORE_MEMORY.find(([names]) => names.test(machine))?.[1];
}

/** Whether a machine type stands for QEMU `version` or older. */
export function isOfOrBefore(machine: string | undefined, version: string): boolean {
  const own = machine === undefined ? undefined : /(?:^|-)(\d+\.\d+)(?:\.\d+)?(?:-|$)/.exec(machine)?.[1];
  return own !== undefined && compareVersions(own, version) <= 0;
}

/** Machine types before 2.4 write and expect neither a configuration section nor footers. */
export function isBare(machine: string | undefined): boolean {
  return isOfOrBefore(machine, "2.3");
}

/** Machine types before 2.3 end without a description. */
export function isUndescribed(machine: string | undefined): boolean {
  return isOfOrBefore(machine, "2.2");
}
