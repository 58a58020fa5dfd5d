import type { DomainXml } from "../../../codec/formats/libvirt/domain-xml.ts";
import { say } from "../../facts/error-text.ts";
import { MACHINE_HELP, MACHINE_UNSUPPORTED } from "../../facts/qemu/machines/start.ts";
import { canonicalMachine, hasMachine } from "../qemu-load/machine.ts";
import type { Failure } from "./failure.ts";
import type { LibvirtPeer } from "./peer.ts";
import type { LibvirtRules } from "./rules.ts";

/** Architectures that emulators run, for those that were looked at. */
const EMULATORS: Readonly<Record<string, readonly string[]>> = {
  "qemu-system-x86_64": ["x86_64", "i686"],
  "qemu-system-i386": ["i686"],
};

/** What an emulator is for is in its name. Releases that do not look it up fail in words that were not studied. */
export function checkEmulator(
  { arch, emulator, virtType }: DomainXml,
  { machineCheck }: LibvirtRules,
): Failure | undefined {
  const runs = EMULATORS[emulator?.split("/").at(-1) ?? ""];
  if (runs === undefined) return undefined;
  const wrong =
    arch !== null && !runs.includes(arch)
      ? `arch '${arch}'`
      : virtType !== "kvm" && virtType !== "qemu"
        ? `virt type '${virtType}'`
        : undefined;
  if (wrong === undefined) return undefined;
  const error = `unsupported configuration: Emulator '${emulator}' does not support ${wrong}`;
  return { stage: "machine", outcome: "fails", ...(machineCheck ? { error } : {}) };
}

/** The emulator does not have the machine type. */
export function checkMachine(
  { arch, machine, emulator, virtType }: DomainXml,
  { qemu }: LibvirtPeer,
  rules: LibvirtRules,
): Failure | undefined {
  if (qemu === undefined || machine === null || arch !== "x86_64") return undefined;
  if (hasMachine(machine, qemu) !== false) return undefined;
  if (rules.machineCheck) {
    const binary = emulator ?? `/usr/bin/qemu-system-${arch}`;
    return {
      stage: "machine",
      outcome: "fails",
      error: `unsupported configuration: Emulator '${binary}' does not support machine type '${machine}'`,
      ...(emulator === null ? { partial: true } : {}),
    };
  }
  if (rules.monitorClosed === undefined) return { stage: "machine", outcome: "fails" };
  const binary = programOf(emulator, arch);
  const options = `${machine},accel=${virtType === "kvm" ? "kvm" : "tcg"},usb=off,dump-guest-core=off`;
  const lines = [MACHINE_UNSUPPORTED, MACHINE_HELP].map((text) => say(text, qemu, machine)?.text ?? "");
  const said = `${binary}: -machine ${options}: ${lines.join("\n")}`;
  return { stage: "machine", outcome: "fails", error: `internal error: ${rules.monitorClosed}${said}` };
}

/** libvirt makes up for a machine type that is not given. */
export function machineOf({ machine, arch }: DomainXml, qemu: string): string | undefined {
  if (machine !== null) return canonicalMachine(machine, qemu);
  return arch === "x86_64" ? canonicalMachine("pc", qemu) : undefined;
}

/** QEMU's name for itself. */
export function programOf(emulator: string | null, arch: string | null): string {
  return emulator?.split("/").at(-1) ?? `qemu-system-${arch ?? "x86_64"}`;
}
